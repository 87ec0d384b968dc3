from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0008_night_shelters'),
    ]

    operations = [
        migrations.AddField(
            model_name='response',
            name='export_alone',
            field=models.PositiveSmallIntegerField(default=20),
        ),
    ]
