import cobijo.core.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0006_numbers_that_travel'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ground',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('roofed', 'roofed'), ('earth', 'open, earth'), ('paved', 'open, paved'), ('plot', 'open plot')], max_length=8)),
                ('name', models.CharField(max_length=80)),
                ('length_cm', models.PositiveIntegerField()),
                ('width_cm', models.PositiveIntegerField()),
                ('inventoried_on', models.DateField()),
                ('voided_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SiteAct',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('opening', 'act of opening'), ('closing', 'act of closing')], max_length=8)),
                ('number', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('owner', models.CharField(blank=True, default='', max_length=240)),
                ('give_back_on', models.DateField(null=True)),
                ('keys', models.CharField(blank=True, default='', max_length=240)),
                ('state_of_building', models.CharField(blank=True, default='', max_length=480)),
                ('meters', models.JSONField(default=list)),
                ('furniture', models.JSONField(default=list)),
                ('handed_by_post', models.CharField(blank=True, default='', max_length=80)),
                ('received_by_post', models.CharField(blank=True, default='', max_length=80)),
                ('remarks', models.CharField(blank=True, default='', max_length=480)),
                ('why', models.CharField(blank=True, choices=[('risk_over', 'the risk is over'), ('school', 'classes begin again'), ('numbers', 'few people are left'), ('unsafe', 'the building became unsafe'), ('other', 'something else')], default='', max_length=12)),
                ('why_words', models.CharField(blank=True, default='', max_length=240)),
            ],
        ),
        migrations.AlterField(
            model_name='statuschange',
            name='status',
            field=models.CharField(choices=[('listed', 'inventoried'), ('planned', 'planned'), ('open', 'open'), ('closed', 'closed')], max_length=8),
        ),
        migrations.AddField(
            model_name='ground',
            name='site',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grounds', to='sites.site'),
        ),
        migrations.AddField(
            model_name='siteact',
            name='site',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='sites.site'),
        ),
        migrations.AddConstraint(
            model_name='ground',
            constraint=models.CheckConstraint(condition=models.Q(('length_cm__gt', 0), ('width_cm__gt', 0)), name='ground_has_an_area'),
        ),
        migrations.AddConstraint(
            model_name='ground',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('site', 'name'), name='one_ground_a_name'),
        ),
        migrations.AddConstraint(
            model_name='siteact',
            constraint=models.UniqueConstraint(fields=('site', 'kind', 'number'), name='one_act_a_number'),
        ),
    ]
