import cobijo.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_core'),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=80, unique=True, verbose_name='user name')),
                ('email', models.EmailField(blank=True, default='', max_length=254, verbose_name='e-mail')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('language', models.CharField(default='es', max_length=8)),
                ('is_active', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('session_round', models.PositiveIntegerField(default=0)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=160)),
                ('country', models.CharField(blank=True, default='', max_length=2)),
                ('contact', models.CharField(blank=True, default='', max_length=240)),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('actor', models.UUIDField()),
                ('role', models.CharField(blank=True, choices=[('registrar', 'registrar'), ('site_manager', 'site manager'), ('gatekeeper', 'gatekeeper'), ('case_worker', 'case worker'), ('child_protection', 'child-protection officer'), ('health_worker', 'health worker'), ('distribution_officer', 'distribution officer'), ('hub_officer', 'hub officer'), ('analyst', 'analyst'), ('administrator', 'administrator'), ('auditor', 'auditor')], default='', max_length=24)),
                ('what', models.CharField(choices=[('open', 'opened'), ('search', 'searched'), ('list', 'listed'), ('print', 'printed'), ('export', 'exported')], max_length=8)),
                ('model', models.CharField(max_length=80)),
                ('record', models.UUIDField(null=True)),
                ('unit', models.UUIDField(null=True)),
                ('people', models.PositiveIntegerField(default=0)),
                ('reason', models.CharField(blank=True, default='', max_length=32)),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='reading_at'), models.Index(fields=['actor', 'at'], name='reading_actor'), models.Index(fields=['record', 'at'], name='reading_record')],
            },
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=80)),
                ('prefix', models.CharField(max_length=12, unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('permissions', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('response', 'response'), ('area', 'area'), ('organisation', 'organisation'), ('site', 'site')], max_length=12)),
                ('name', models.CharField(max_length=160)),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='core.area')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='accounts.unit')),
            ],
        ),
        migrations.AddField(
            model_name='account',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='accounts.unit'),
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40)),
                ('about', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['account', 'seen_at', 'at'], name='notice_of_account')],
            },
        ),
        migrations.CreateModel(
            name='Reach',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('above', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reaches', to='accounts.unit')),
                ('below', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reached_by', to='accounts.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('above', 'below'), name='one_reach')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('registrar', 'registrar'), ('site_manager', 'site manager'), ('gatekeeper', 'gatekeeper'), ('case_worker', 'case worker'), ('child_protection', 'child-protection officer'), ('health_worker', 'health worker'), ('distribution_officer', 'distribution officer'), ('hub_officer', 'hub officer'), ('analyst', 'analyst'), ('administrator', 'administrator'), ('auditor', 'auditor')], max_length=24)),
                ('giving', models.BooleanField(default=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('given_by', models.UUIDField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='grant_ends_after_start'), models.UniqueConstraint(condition=models.Q(('ends_at', None)), fields=('account', 'role', 'unit', 'giving'), name='one_open_grant')],
            },
        ),
    ]
