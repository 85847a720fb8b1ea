"""What is collected, when, and what has staff said about it?"""

from django.db import models

from wastecal.core import overrides, recurrence, rows, shifts
from wastecal.models.edits import Row
from wastecal.models.fields import CodecField


def _one_in_force(table: str) -> models.UniqueConstraint:
    """Of the versions with one key at most one is in force."""
    return models.UniqueConstraint(
        fields=("key",), condition=models.Q(ended_edit=None), name=f"one_{table}_in_force"
    )


class Container(Row):
    core = rows.Container

    code = models.TextField()
    name = CodecField("texts")
    fractions = CodecField("phrases_by_language")
    default_rrule = models.TextField(blank=True)
    kinds = CodecField("address_kinds")
    optional = models.BooleanField()
    colour = models.TextField(blank=True)
    icon = models.TextField(blank=True)
    order = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.code


class Shift(Row):
    """One entry of the holiday policy; the order of the primary keys is that of the policy."""

    core = shifts.Shift

    holiday = CodecField("holiday")
    move = models.TextField()
    years = CodecField("years")
    containers = CodecField("codes")
    zones = CodecField("codes")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.holiday}: {self.move}"


class Rule(Row):
    core = recurrence.Rule

    scope = models.TextField(db_index=True)
    container = models.TextField()
    anchor = models.DateField(null=True, blank=True)
    rrule = models.TextField(blank=True)
    dates = CodecField("dates")
    season = CodecField("season")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    provenance = CodecField("provenance")
    probability = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.scope} {self.container} {self.rrule}"


class Override(Row):
    core = overrides.Override

    key = models.TextField()
    kind = CodecField("override_kind")
    scope = models.TextField(db_index=True)
    containers = CodecField("codes")
    date = models.DateField(null=True, blank=True)
    new_date = models.DateField(null=True, blank=True)
    new_date_until = models.DateField(null=True, blank=True)
    reason = CodecField("texts")

    class Meta:
        constraints = (_one_in_force("override"),)

    def __str__(self) -> str:
        return f"{self.key} {self.kind} {self.date}"


class Notice(Row):
    core = rows.Notice

    key = models.TextField()
    scope = models.TextField(db_index=True)
    text = CodecField("texts")
    shown_from = models.DateField()
    shown_until = models.DateField()

    class Meta:
        constraints = (_one_in_force("notice"),)

    def __str__(self) -> str:
        return self.key
