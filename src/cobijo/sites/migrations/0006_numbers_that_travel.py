import cobijo.core.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0005_committees'),
    ]

    operations = [
        migrations.CreateModel(
            name='TransferNumber',
            fields=[
                ('id', models.UUIDField(default=cobijo.core.ids.uuid7, primary_key=True, serialize=False)),
            ],
        ),
        migrations.AddField(
            model_name='transfernumber',
            name='arrived',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sites.unnamed'),
        ),
        migrations.AddField(
            model_name='transfernumber',
            name='counted',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sites.unnamed'),
        ),
        migrations.AddField(
            model_name='transfernumber',
            name='transfer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='numbers', to='sites.transfer'),
        ),
        migrations.AddConstraint(
            model_name='transfernumber',
            constraint=models.UniqueConstraint(fields=('transfer', 'counted'), name='one_number_a_transfer'),
        ),
    ]
