from typing import Any

from django.db import migrations, models

from wastecal.core import buildings

BATCH = 1000


def number_buildings(apps: Any, _schema_editor: Any) -> None:
    """Every version of every address gets the number that its slug gives."""
    address = apps.get_model("wastecal", "Address")
    batch = []
    for row in address.objects.only("pk", "slug").iterator(chunk_size=BATCH):
        row.building = buildings.number(row.slug)
        batch.append(row)
        if len(batch) == BATCH:
            address.objects.bulk_update(batch, ["building"])
            batch = []
    address.objects.bulk_update(batch, ["building"])


class Migration(migrations.Migration):
    dependencies = [("wastecal", "0003_snapshot")]

    operations = [
        migrations.AddField("address", "building", models.BigIntegerField(default=0), preserve_default=False),
        migrations.RunPython(number_buildings, migrations.RunPython.noop),
        migrations.AlterField("address", "building", models.BigIntegerField(db_index=True)),
    ]
