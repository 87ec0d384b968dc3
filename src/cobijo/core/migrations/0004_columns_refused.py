from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_chores"),
    ]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="refused",
            field=models.JSONField(default=list),
        ),
    ]
