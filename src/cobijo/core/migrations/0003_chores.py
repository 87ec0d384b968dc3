from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_imports'),
    ]

    operations = [
        migrations.CreateModel(
            name='Chore',
            fields=[
                ('name', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('mark', models.PositiveBigIntegerField(default=0)),
            ],
        ),
    ]
