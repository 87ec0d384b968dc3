from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_rights_and_time_limits'),
    ]

    operations = [
        migrations.CreateModel(
            name='NameFresh',
            fields=[
                ('pk', models.CompositePrimaryKey('token', 'entry', blank=True, editable=False, primary_key=True, serialize=False)),
                ('token', models.IntegerField()),
                ('entry', models.IntegerField()),
            ],
            options={
                'verbose_name_plural': 'fresh tokens',
            },
        ),
        migrations.CreateModel(
            name='NamePosting',
            fields=[
                ('pk', models.CompositePrimaryKey('token', 'block', blank=True, editable=False, primary_key=True, serialize=False)),
                ('token', models.IntegerField()),
                ('block', models.IntegerField()),
                ('entries', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='NameToken',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('word', models.CharField(max_length=41)),
                ('keys', models.BinaryField(default=bytes)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('word',), name='one_token_a_word')],
            },
        ),
        migrations.AlterField(
            model_name='searchentry',
            name='id',
            field=models.AutoField(primary_key=True, serialize=False),
        ),
        migrations.AddField(
            model_name='searchentry',
            name='tokens',
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name='searchentry',
            name='changes',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(condition=models.Q(('changes__gt', 0)), fields=['id'], name='to_be_looked_for'),
        ),
    ]
