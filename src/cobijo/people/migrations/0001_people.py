import cobijo.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_accounts'),
        ('core', '__first__'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField(unique=True)),
                ('registered_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(null=True)),
                ('registered_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField(null=True, unique=True)),
                ('given_names', models.CharField(blank=True, default='', max_length=120)),
                ('first_surname', models.CharField(blank=True, default='', max_length=120)),
                ('second_surname', models.CharField(blank=True, default='', max_length=120)),
                ('married_name', models.CharField(blank=True, default='', max_length=120)),
                ('nicknames', models.CharField(blank=True, default='', max_length=120)),
                ('newborn_unnamed', models.BooleanField(default=False)),
                ('birth_date', models.DateField(null=True)),
                ('birth_precision', models.CharField(choices=[('day', 'day, month and year'), ('month', 'month and year'), ('year', 'year'), ('age', 'estimated age'), ('unknown', 'unknown')], default='unknown', max_length=8)),
                ('birth_said_on', models.DateField(null=True)),
                ('sex', models.CharField(choices=[('female', 'female'), ('male', 'male'), ('other', 'other'), ('unknown', 'unknown')], default='unknown', max_length=8)),
                ('nationalities', models.JSONField(default=list)),
                ('languages', models.JSONField(default=list)),
                ('self_identified', models.CharField(blank=True, default='', max_length=120)),
                ('origin_place', models.CharField(blank=True, default='', max_length=240)),
                ('wants_private', models.BooleanField(default=False)),
                ('registered_at', models.DateTimeField()),
                ('anonymous', models.BooleanField(default=False)),
                ('voided_at', models.DateTimeField(null=True)),
                ('void_reason', models.CharField(blank=True, choices=[('mistake', 'entered by mistake'), ('twice', 'registered twice')], default='', max_length=8)),
                ('origin_area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='core.area')),
                ('registered_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('written_at', models.DateTimeField()),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('code', models.CharField(choices=[('pregnant', 'pregnant'), ('nursing', 'nursing'), ('infant', 'infant under one year'), ('walks', 'walks with difficulty'), ('medicine', 'needs medicine or a device'), ('old_alone', 'old and alone'), ('child_alone', 'child alone'), ('interpreter', 'needs an interpreter')], max_length=12)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('kinship', models.CharField(choices=[('head', 'head of household'), ('spouse', 'spouse or partner'), ('child', 'daughter or son'), ('relative', 'other relative'), ('unrelated', 'not related'), ('caregiver', 'caregiver')], max_length=12)),
                ('presence', models.CharField(choices=[('here', 'here'), ('later', 'comes later'), ('elsewhere', 'elsewhere'), ('missing', 'whereabouts unknown')], max_length=12)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('country', models.CharField(max_length=2)),
                ('kind', models.CharField(max_length=24)),
                ('number', models.CharField(blank=True, default='', max_length=40)),
                ('sealed', models.BinaryField(null=True)),
                ('flags', models.JSONField(default=list)),
                ('seen', models.BooleanField(default=False)),
                ('recorded_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=24)),
                ('state', models.CharField(choices=[('given', 'given'), ('refused', 'refused'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('language', models.CharField(max_length=35)),
                ('child_assents', models.BooleanField(null=True)),
                ('at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('caregiver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='BreakGlass',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('sealed_reason', models.BinaryField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('justified', models.BooleanField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name_plural': 'openings by break-glass',
            },
        ),
        migrations.CreateModel(
            name='PersonScope',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('why', models.CharField(choices=[('registered', 'registered here'), ('stay', 'stays here'), ('expected', 'expected here'), ('household', 'household of someone here')], max_length=12)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='scopes', to='people.person')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Phone',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('number', models.CharField(blank=True, default='', max_length=20)),
                ('as_written', models.CharField(max_length=40)),
                ('answered_by', models.CharField(blank=True, default='', max_length=120)),
                ('safe_to_call', models.BooleanField(null=True)),
                ('voided_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phones', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Protection',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('sealed_reason', models.BinaryField()),
                ('asked_by_person', models.BooleanField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='protections', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='NamedWorker',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('protection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='workers', to='people.protection')),
            ],
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='search_entry', to='people.person')),
            ],
            options={
                'verbose_name_plural': 'search entries',
            },
        ),
        migrations.CreateModel(
            name='SearchKey',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('n', 'Name'), ('c', 'Code'), ('d', 'Document'), ('t', 'Phone')], max_length=1)),
                ('key', models.BinaryField(max_length=480)),
                ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='people.searchentry')),
            ],
        ),
        migrations.CreateModel(
            name='LegalBasis',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('shelter', 'shelter'), ('assistance', 'assistance'), ('tracing', 'tracing'), ('protection', 'protection'), ('reporting', 'reporting'), ('security', 'security')], max_length=24)),
                ('basis', models.CharField(choices=[('consent', 'consent'), ('vital_interest', 'vital interest'), ('legal_duty', 'legal duty'), ('public_interest', 'public interest')], max_length=16)),
                ('said_aloud', models.JSONField(default=dict)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_at', None)), fields=('unit', 'purpose'), name='one_basis_a_purpose')],
            },
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('birth_date', None), ('birth_precision', 'unknown')), models.Q(('birth_date__isnull', False), models.Q(('birth_precision', 'unknown'), _negated=True)), _connector='OR'), name='birth_has_precision'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('anonymous', True), ('number__isnull', False), _connector='OR'), name='person_has_code'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_at', None)), fields=('person', 'code'), name='one_open_need'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_at', None)), fields=('person',), name='one_open_membership'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_at', None), ('kinship', 'head')), fields=('household',), name='one_head'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='membership_ends_after_start'),
        ),
        migrations.AddIndex(
            model_name='personscope',
            index=models.Index(fields=['unit', 'ends_at', 'person'], name='scope_unit'),
        ),
        migrations.AddIndex(
            model_name='personscope',
            index=models.Index(fields=['person', 'unit', 'ends_at'], name='scope_person'),
        ),
        migrations.AddConstraint(
            model_name='protection',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_at', None)), fields=('person',), name='one_open_protection'),
        ),
        migrations.AddConstraint(
            model_name='namedworker',
            constraint=models.UniqueConstraint(fields=('protection', 'account'), name='a_worker_is_named_once'),
        ),
        migrations.AddIndex(
            model_name='searchkey',
            index=models.Index(fields=['kind', 'key', 'entry'], name='search_by_key'),
        ),
        migrations.AddIndex(
            model_name='searchkey',
            index=models.Index(fields=['entry', 'kind', 'key'], name='search_by_entry'),
        ),
    ]
