
import cobijo.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0004_columns_refused'),
        ('people', '0010_known_by_arrival'),
        ('sites', '0009_lists_of_people'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Centre',
            fields=[
                ('site', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='sites.site')),
                ('stations', models.JSONField(default=list)),
                ('child_hours', models.PositiveSmallIntegerField(default=72)),
                ('call_after_days', models.PositiveSmallIntegerField(default=30)),
            ],
        ),
        migrations.CreateModel(
            name='Movement',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('flight', 'flight'), ('bus', 'bus'), ('walking', 'on foot'), ('boat', 'boat'), ('other', 'other')], max_length=8)),
                ('direction', models.CharField(choices=[('arrival', 'arrival'), ('departure', 'departure')], max_length=10)),
                ('state', models.CharField(choices=[('announced', 'announced'), ('arrived', 'arrived'), ('closed', 'closed'), ('cancelled', 'cancelled')], default='announced', max_length=10)),
                ('country', models.CharField(blank=True, default='', max_length=2)),
                ('place', models.CharField(blank=True, default='', max_length=240)),
                ('organisation', models.CharField(blank=True, default='', max_length=120)),
                ('reference', models.CharField(blank=True, default='', max_length=40)),
                ('expected_at', models.DateTimeField()),
                ('at', models.DateTimeField(null=True)),
                ('seats', models.PositiveIntegerField(null=True)),
                ('persons', models.PositiveIntegerField(null=True)),
                ('why', models.CharField(blank=True, default='', max_length=240)),
                ('emptied_at', models.DateTimeField(null=True)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sites.site')),
            ],
        ),
        migrations.CreateModel(
            name='Traveller',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('subject', models.UUIDField(db_index=True, null=True)),
                ('line', models.PositiveSmallIntegerField(null=True)),
                ('seat', models.CharField(blank=True, default='', max_length=8)),
                ('group', models.PositiveSmallIntegerField(null=True)),
                ('sealed', models.BinaryField(default=b'')),
                ('mark', models.CharField(blank=True, default='', max_length=64)),
                ('state', models.CharField(choices=[('expected', 'expected'), ('here', 'here'), ('absent', 'did not come'), ('gone', 'gone on')], default='expected', max_length=8)),
                ('travels_with', models.CharField(blank=True, choices=[('', 'not said'), ('alone', 'alone'), ('both', 'both parents'), ('one_with', "one parent, with the other's notarised permission"), ('one_without', "one parent, without the other's notarised permission"), ('other_adult', 'another adult')], default='', max_length=12)),
                ('private', models.CharField(blank=True, choices=[('', 'not asked'), ('asked', 'wants to speak in private'), ('cleared', 'spoken with, may travel'), ('stays', 'spoken with, does not travel now')], default='', max_length=8)),
                ('received_at', models.DateTimeField(null=True)),
                ('gone_at', models.DateTimeField(null=True)),
                ('way', models.CharField(blank=True, choices=[('', 'not gone'), ('transport', 'by onward transport'), ('own', 'on their own'), ('family', 'fetched by family'), ('lodged', 'lodged elsewhere'), ('handed_over', 'by act of the authority'), ('no_word', 'left without word')], default='', max_length=12)),
                ('voided_at', models.DateTimeField(null=True)),
                ('movement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='travellers', to='movements.movement')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='StationVisit',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('station', models.CharField(max_length=16)),
                ('called_at', models.DateTimeField(null=True)),
                ('began_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('done', 'done'), ('declined', 'did not want it'), ('referred', 'referred elsewhere'), ('later', 'comes again later')], default='', max_length=10)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('traveller', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='movements.traveller')),
            ],
        ),
        migrations.CreateModel(
            name='ReturnRecord',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('country', models.CharField(blank=True, default='', max_length=2)),
                ('authority', models.CharField(blank=True, default='', max_length=120)),
                ('apprehended_on', models.DateField(null=True)),
                ('departed_on', models.DateField(null=True)),
                ('days_detained', models.PositiveIntegerField(null=True)),
                ('years_abroad', models.PositiveSmallIntegerField(null=True)),
                ('times_returned', models.PositiveSmallIntegerField(null=True)),
                ('family_left', models.JSONField(default=dict)),
                ('documents', models.JSONField(default=list)),
                ('belongings_kept', models.CharField(blank=True, default='', max_length=240)),
                ('sealed_treatment', models.BinaryField(default=b'')),
                ('sealed_fear', models.BinaryField(default=b'')),
                ('destination', models.CharField(blank=True, default='', max_length=240)),
                ('met_by', models.CharField(blank=True, default='', max_length=120)),
                ('contact_phone', models.CharField(blank=True, default='', max_length=40)),
                ('needs_night', models.BooleanField(null=True)),
                ('destination_area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.area')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('traveller', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='returned', to='movements.traveller')),
            ],
        ),
        migrations.CreateModel(
            name='Passenger',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('seat', models.PositiveSmallIntegerField()),
                ('number', models.PositiveBigIntegerField(unique=True)),
                ('destination', models.CharField(blank=True, default='', max_length=240)),
                ('state', models.CharField(choices=[('booked', 'has a seat'), ('aboard', 'aboard'), ('no_show', 'did not board'), ('left', 'gone')], default='booked', max_length=8)),
                ('at', models.DateTimeField(null=True)),
                ('movement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passengers', to='movements.movement')),
                ('traveller', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='movements.traveller')),
            ],
        ),
        migrations.CreateModel(
            name='FollowCall',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('due_on', models.DateField()),
                ('phone', models.CharField(max_length=40)),
                ('answered_by', models.CharField(blank=True, default='', max_length=120)),
                ('hour', models.CharField(blank=True, default='', max_length=60)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('outcome', models.CharField(blank=True, choices=[('spoke', 'spoken with'), ('unreached', 'not reached'), ('declined', 'does not want to be called again'), ('wrong', 'the number is not theirs')], default='', max_length=10)),
                ('settled_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('traveller', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='movements.traveller')),
            ],
        ),
        migrations.AddIndex(
            model_name='movement',
            index=models.Index(fields=['site', 'expected_at'], name='movement_expected'),
        ),
        migrations.AddIndex(
            model_name='traveller',
            index=models.Index(fields=['movement', 'state'], name='traveller_state'),
        ),
        migrations.AddIndex(
            model_name='traveller',
            index=models.Index(fields=['movement', 'mark'], name='traveller_mark'),
        ),
        migrations.AddConstraint(
            model_name='traveller',
            constraint=models.UniqueConstraint(condition=models.Q(('line__isnull', False), ('voided_at', None)), fields=('movement', 'line'), name='one_traveller_a_line'),
        ),
        migrations.AddConstraint(
            model_name='traveller',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['here', 'gone']), ('voided_at', None)), fields=('movement', 'person'), name='one_traveller_a_person'),
        ),
        migrations.AddConstraint(
            model_name='stationvisit',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('traveller',), name='one_station_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='passenger',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'no_show'), _negated=True), fields=('movement', 'seat'), name='one_passenger_a_seat'),
        ),
        migrations.AddConstraint(
            model_name='passenger',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['booked', 'aboard'])), fields=('traveller',), name='one_open_seat'),
        ),
        migrations.AddIndex(
            model_name='followcall',
            index=models.Index(condition=models.Q(('settled_at', None)), fields=['due_on'], name='call_due'),
        ),
    ]
