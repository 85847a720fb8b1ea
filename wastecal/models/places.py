"""Where does one live, and to which zone does that belong?"""

from typing import Any, Self

from django.db import models

from wastecal.core import addresses, buildings, rows
from wastecal.models.edits import Row
from wastecal.models.fields import CodecField


class Municipality(Row):
    core = rows.Municipality

    name = models.TextField()
    uid_domain = models.TextField()
    created = CodecField("moment")
    code = models.TextField(blank=True)
    timezone = models.TextField()
    languages = CodecField("codes")
    site_url = models.TextField(blank=True)
    contact_name = models.TextField(blank=True)
    contact_phone = models.TextField(blank=True)
    contact_url = models.TextField(blank=True)
    put_out_by = models.TextField(blank=True)
    holidays_decided_until = models.DateField(null=True, blank=True)
    certain_from = models.FloatField()
    shown_from = models.FloatField()

    class Meta:
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        return self.name


class Zone(Row):
    core = rows.Zone

    code = models.TextField()
    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class Address(Row):
    """An address; `natural` is the slug of its name, `street_slug` that of its street, `building` the
    number by which the old portal's clients ask for it."""

    core = rows.Address

    street = models.TextField()
    number = models.TextField(blank=True)
    letter = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    locality = models.TextField()
    slug = models.TextField(db_index=True)
    kind = models.TextField(blank=True)
    zone = models.TextField(blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    also = CodecField("slugs", default="")
    natural = models.TextField(db_index=True)
    street_slug = models.TextField(db_index=True)
    building = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name_plural = "addresses"
        indexes = (models.Index(fields=("also",), condition=~models.Q(also=""), name="address_also"),)

    def __str__(self) -> str:
        return addresses.label(self.street, self.number, self.letter, self.postcode, self.locality)

    @classmethod
    def of(cls, row: Any) -> Self:
        made = super().of(row)
        made.natural = addresses.slug(row.locality, row.street, row.number, row.letter)
        made.street_slug = made.natural.rpartition("/")[0]
        made.building = buildings.number(row.slug)
        return made


class ZoneMove(Row):
    core = rows.ZoneMove

    address = models.TextField(db_index=True)
    zone = models.TextField()
    valid_from = models.DateField()

    def __str__(self) -> str:
        return f"{self.address} → {self.zone} {self.valid_from}"
