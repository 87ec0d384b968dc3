import cobijo.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_accounts'),
        ('people', '0002_cards_and_photos'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='diet',
            field=models.CharField(blank=True, default='', max_length=240),
        ),
        migrations.AddField(
            model_name='person',
            name='feeding',
            field=models.CharField(blank=True, choices=[('', 'not said'), ('breast', 'breast'), ('formula', 'formula'), ('both', 'breast and formula')], default='', max_length=8),
        ),
        migrations.AlterField(
            model_name='membership',
            name='kinship',
            field=models.CharField(choices=[('head', 'head of household'), ('spouse', 'spouse or partner'), ('child', 'daughter or son'), ('stepchild', 'stepdaughter or stepson'), ('grandchild', 'grandchild'), ('parent', 'mother or father'), ('in_law', 'mother-in-law or father-in-law'), ('sibling', 'sister or brother'), ('relative', 'other relative'), ('unrelated', 'not related'), ('foster', 'child in their care'), ('caregiver', 'caregiver')], max_length=12),
        ),
        migrations.CreateModel(
            name='PaperBatch',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField(unique=True)),
                ('language', models.CharField(choices=[('es', 'Spanish'), ('en', 'English')], max_length=8)),
                ('printed', models.PositiveSmallIntegerField()),
                ('printed_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(null=True)),
                ('card_batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.cardbatch')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'verbose_name_plural': 'batches of forms',
            },
        ),
        migrations.CreateModel(
            name='Collector',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('card', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.card')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collectors', to='people.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ends_at', None)), fields=['household'], name='collectors_now')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='collector_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='HouseholdSaid',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('size_said', models.PositiveSmallIntegerField(null=True)),
                ('here_said', models.PositiveSmallIntegerField(null=True)),
                ('animals', models.PositiveSmallIntegerField(null=True)),
                ('animals_said', models.CharField(blank=True, default='', max_length=240)),
                ('informed_by', models.CharField(blank=True, choices=[('', 'not noted'), ('head', 'head of household'), ('spouse', 'spouse or partner'), ('other', 'another person who knows them')], default='', max_length=8)),
                ('filled_by', models.CharField(blank=True, default='', max_length=120)),
                ('explained_in', models.CharField(blank=True, default='', max_length=35)),
                ('said_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(null=True)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='said', to='people.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name_plural': 'what households said',
                'constraints': [models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('household',), name='one_word_a_household_counts')],
            },
        ),
        migrations.CreateModel(
            name='PaperForm',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField(unique=True)),
                ('filled_at', models.DateTimeField(null=True)),
                ('typed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('end_reason', models.CharField(blank=True, choices=[('spoiled', 'spoiled'), ('lost', 'lost'), ('blank', 'left blank')], default='', max_length=8)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forms', to='people.paperbatch')),
                ('card', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='paper_form', to='people.card')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='paper_forms', to='people.household')),
                ('typed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('filled_at', None), ('household', None), ('typed_at', None)), models.Q(('filled_at__isnull', False), ('household__isnull', False), ('typed_at__isnull', False)), _connector='OR'), name='typed_form_has_household'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_at', None)), models.Q(('ended_at__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='ended_form_has_reason'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('household', None), _connector='OR'), name='form_is_typed_or_put_away')],
            },
        ),
    ]
