from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assistance', '0001_assistance'),
    ]

    operations = [
        migrations.AddField(
            model_name='storeslip',
            name='party',
            field=models.CharField(blank=True, choices=[('organisation', 'organisation or donor'), ('office', 'municipality or other office'), ('site', 'another site'), ('community', 'neighbours and families from outside'), ('households', 'households of this site'), ('kitchen', 'kitchen'), ('committee', 'committee'), ('health', 'health post')], default='', max_length=12),
        ),
    ]
