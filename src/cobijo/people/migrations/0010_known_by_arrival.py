from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_merged_are_few"),
    ]

    operations = [
        migrations.AlterField(
            model_name="personscope",
            name="why",
            field=models.CharField(
                choices=[
                    ("registered", "registered here"),
                    ("stay", "stays here"),
                    ("expected", "expected here"),
                    ("household", "household of someone here"),
                    ("arrival", "arrived through here"),
                ],
                max_length=12,
            ),
        ),
    ]
