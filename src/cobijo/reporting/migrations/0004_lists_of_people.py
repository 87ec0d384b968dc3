import cobijo.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0003_evening_sheets'),
        ('sites', '0001_sites'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PeopleExport',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField(unique=True)),
                ('what', models.CharField(choices=[('residents', 'who stays here'), ('households', 'households, with their way out'), ('distribution', 'households for a distribution, to be signed')], max_length=16)),
                ('purpose', models.CharField(choices=[('shelter', 'shelter'), ('assistance', 'assistance'), ('tracing', 'search for family'), ('protection', 'protection')], max_length=24)),
                ('sealed_reason', models.BinaryField()),
                ('people', models.PositiveIntegerField()),
                ('needs_second', models.BooleanField()),
                ('asked_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('refused_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sites.site')),
            ],
            options={
                'verbose_name_plural': 'lists of people',
            },
        ),
        migrations.CreateModel(
            name='ExportCopy',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('people', models.PositiveIntegerField()),
                ('taken_at', models.DateTimeField()),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('export', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='reporting.peopleexport')),
            ],
            options={
                'verbose_name_plural': 'copies of lists',
            },
        ),
        migrations.AddIndex(
            model_name='peopleexport',
            index=models.Index(fields=['site', 'asked_at'], name='people_export_site'),
        ),
        migrations.AddConstraint(
            model_name='peopleexport',
            constraint=models.CheckConstraint(condition=models.Q(('approved_at', None), ('refused_at', None), _connector='OR'), name='people_export_is_decided_once'),
        ),
        migrations.AddConstraint(
            model_name='peopleexport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('decided_by', None), ('refused_at', None)), models.Q(('decided_by__isnull', False), models.Q(('approved_at__isnull', False), ('refused_at__isnull', False), _connector='OR')), _connector='OR'), name='people_export_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='exportcopy',
            constraint=models.UniqueConstraint(fields=('export', 'number'), name='one_copy_a_number'),
        ),
    ]
