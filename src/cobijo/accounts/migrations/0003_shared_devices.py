import cobijo.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_scanning_is_read'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='is_volunteer',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('enrolled_by', models.UUIDField()),
                ('enrolled_at', models.DateTimeField()),
                ('last_heard_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_by', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Pin',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('encoded', models.CharField(max_length=200)),
                ('set_at', models.DateTimeField()),
                ('failures', models.PositiveIntegerField(default=0)),
                ('locked_until', models.DateTimeField(null=True)),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='pin', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Badge',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField(unique=True)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('printed_at', models.DateTimeField()),
                ('linked_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('end_reason', models.CharField(blank=True, choices=[('lost', 'lost'), ('left', 'its bearer has left'), ('replaced', 'replaced or damaged')], default='', max_length=8)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='badges', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('account__isnull', False), ('ended_at', None)), fields=('account',), name='one_live_badge_an_account'), models.CheckConstraint(condition=models.Q(models.Q(('account', None), ('linked_at', None)), models.Q(('account__isnull', False), ('linked_at__isnull', False)), _connector='OR'), name='linked_badge_has_bearer'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_at', None)), models.Q(('ended_at__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='ended_badge_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Pledge',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('conduct_version', models.PositiveIntegerField()),
                ('language', models.CharField(max_length=8)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pledges', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'conduct_version'), name='one_pledge_a_version')],
            },
        ),
    ]
