import django.db.models.deletion
from django.db import migrations, models


def forwards(apps, schema_editor):
    """Whoever waits goes on waiting."""
    entries = apps.get_model("people", "SearchEntry").objects.filter(changes__gt=0).order_by("pk")
    rows = apps.get_model("people", "NewOrChanged").objects
    some = []
    for entry in entries.values_list("pk", flat=True).iterator():
        some.append(rows.model(entry_id=entry))
        if len(some) == 1_000:
            rows.bulk_create(some)
            some = []
    rows.bulk_create(some)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.connection.check_constraints()  # none may be pending when the table is changed


def backwards(apps, schema_editor):
    waiting = apps.get_model("people", "NewOrChanged").objects.values("entry")
    apps.get_model("people", "SearchEntry").objects.exclude(pk__in=waiting).update(changes=0)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_pairs_and_merges'),
    ]

    operations = [
        migrations.CreateModel(
            name='NewOrChanged',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.searchentry')),
            ],
        ),
        migrations.RunPython(forwards, backwards),
        migrations.RemoveIndex(
            model_name='searchentry',
            name='to_be_looked_for',
        ),
        migrations.RemoveField(
            model_name='searchentry',
            name='changes',
        ),
    ]
