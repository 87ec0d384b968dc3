import cobijo.core.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0007_premises_and_acts'),
    ]

    operations = [
        migrations.CreateModel(
            name='GuestCell',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('sex', models.CharField(max_length=8)),
                ('band', models.CharField(max_length=16)),
                ('persons', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='GuestTally',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('night', models.DateField()),
                ('counted_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='site',
            name='closes_at',
            field=models.TimeField(null=True),
        ),
        migrations.AddField(
            model_name='site',
            name='opens_at',
            field=models.TimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closes_at', None), ('opens_at', None)), models.Q(('closes_at__isnull', False), ('opens_at__isnull', False)), _connector='OR'), name='site_hours_are_both'),
        ),
        migrations.AddField(
            model_name='guesttally',
            name='site',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='sites.site'),
        ),
        migrations.AddField(
            model_name='guestcell',
            name='tally',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cells', to='sites.guesttally'),
        ),
        migrations.AddIndex(
            model_name='guesttally',
            index=models.Index(condition=models.Q(('voided_at', None)), fields=['site', 'night', 'counted_at'], name='tally_of_night'),
        ),
        migrations.AddConstraint(
            model_name='guestcell',
            constraint=models.UniqueConstraint(fields=('tally', 'sex', 'band'), name='one_cell_of_a_tally'),
        ),
        migrations.AddConstraint(
            model_name='guestcell',
            constraint=models.CheckConstraint(condition=models.Q(('persons__gt', 0)), name='guests_are_some'),
        ),
    ]
