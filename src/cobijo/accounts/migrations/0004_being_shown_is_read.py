from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_shared_devices'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reading',
            name='what',
            field=models.CharField(choices=[('open', 'opened'), ('search', 'searched'), ('list', 'listed'), ('scan', 'scanned'), ('print', 'printed'), ('export', 'exported'), ('shown', 'was shown a card or document of')], max_length=8),
        ),
    ]
