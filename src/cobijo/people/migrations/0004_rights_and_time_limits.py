import cobijo.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_accounts'),
        ('people', '0003_paper_and_what_is_said'),
    ]

    operations = [
        migrations.CreateModel(
            name='GivenCopy',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=8)),
                ('given_by', models.UUIDField()),
                ('given_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name_plural': 'copies handed over',
            },
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('category', models.CharField(choices=[('health', 'health: needs at the door, diet, infant feeding'), ('contact', 'contact: telephones'), ('identity', 'the whole person')], max_length=12)),
                ('days', models.PositiveSmallIntegerField()),
                ('on', models.BooleanField()),
                ('set_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('unit', 'category'), name='one_retention_rule_a_category')],
            },
        ),
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('previewed_at', models.DateTimeField()),
                ('previewed', models.JSONField()),
                ('ran_at', models.DateTimeField(null=True)),
                ('done', models.JSONField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'previewed_at'], name='retention_run')],
            },
        ),
        migrations.CreateModel(
            name='RightsRequest',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField(unique=True)),
                ('kind', models.CharField(choices=[('copy', 'a copy of their data'), ('correction', 'a correction'), ('erasure', 'to be erased'), ('withdrawal', 'to take back their consent')], max_length=12)),
                ('asked_on', models.DateField()),
                ('asked_by', models.CharField(choices=[('person', 'the person'), ('caregiver', 'who cares for the child or the person'), ('representative', 'somebody in their name, with a paper that says so')], max_length=16)),
                ('language', models.CharField(max_length=8)),
                ('sealed_words', models.BinaryField(default=b'')),
                ('due_on', models.DateField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('granted', 'granted'), ('partly', 'granted in part'), ('refused', 'refused')], default='', max_length=8)),
                ('ground', models.CharField(blank=True, choices=[('not_theirs', 'whoever asks could not show that it is theirs to ask'), ('still_here', 'the person still stays here and needs it for bed and food'), ('legal_duty', 'a law demands that it is kept for a while'), ('of_others', 'it would harm somebody else'), ('correct', 'it was looked at and is correct')], default='', max_length=12)),
                ('sealed_reply', models.BinaryField(default=b'')),
                ('carried_out_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='people.person')),
                ('received_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'verbose_name_plural': 'requests about their data',
                'indexes': [models.Index(condition=models.Q(('answered_at', None)), fields=['unit', 'due_on'], name='request_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('outcome', '')), models.Q(('answered_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='answered_request_has_outcome'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'granted']), models.Q(('ground', ''), _negated=True), _connector='OR'), name='refused_request_has_ground')],
            },
        ),
    ]
