"""What must never be published? Suspensions, notes, evidence with what was found, and reports: outside
the Edit counter, with times of their own, and in no data directory."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Self

from django.db import models

from wastecal.core import evidence


class Suspension(models.Model):
    """Collection stopped at an address for a while: public, it would say that the house is empty.

    The rows are their own log: none is changed but to say when, and by whom, it was lifted.
    """

    address = models.TextField(db_index=True)
    starts = models.DateField()
    stops = models.DateField(null=True, blank=True)
    cause = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.TextField(blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.address} {self.starts}"


class Note(models.Model):
    """Staff's words on an address or on the cause of an agreement."""

    scope = models.TextField(db_index=True)
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.scope


class Evidence(models.Model):
    """A dated observation of a collection; `sending` holds together what was sent at once."""

    date = models.DateField()
    locality = models.TextField()
    street = models.TextField()
    number = models.TextField(blank=True)
    container = models.TextField(blank=True)
    kind = models.TextField()
    source = models.TextField()
    sending = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "evidence"
        indexes = (models.Index(fields=("locality", "street"), name="evidence_street"),)

    def __str__(self) -> str:
        return f"{self.date} {self.street} {self.container} {self.kind}"

    @classmethod
    def of(cls, row: evidence.Evidence) -> Self:
        return cls(**{name: getattr(row, name) for name in _FIELDS})

    @classmethod
    def values_of(cls, found: "models.QuerySet[Evidence]") -> Iterator[evidence.Evidence]:
        """The core values of a query, without making a model instance of each row."""
        rows = found.values_list(*_FIELDS).iterator(chunk_size=2000)
        for date, locality, street, number, container, kind, source, sending in rows:
            yield evidence.Evidence(
                date, locality, street, number, container, _KINDS[kind], _SOURCES[source], sending
            )

    @classmethod
    def keep(cls, rows: Iterable[Self]) -> None:
        """Saves the rows, however many, and of those alike in every field only the first there was."""
        source = iter(rows)
        while batch := list(islice(source, _BATCH)):
            cls._default_manager.bulk_create(batch)
        firsts = cls._default_manager.values(*_FIELDS).annotate(first=models.Min("pk")).order_by()
        cls._default_manager.exclude(pk__in=firsts.values("first")).delete()


class Finding(models.Model):
    """What the evidence up to the record `mark` says of all streets or zones (`by`), as inference/packed.py
    writes it down.

    `register` is a digest of all else that it follows from, `edit` and `day` what it was held against.
    `wanted_on` is when somebody last began an act that stands on it. Nothing is lost with a row: it is found
    anew.
    """

    by = models.TextField()
    mark = models.PositiveBigIntegerField()
    register = models.TextField()
    edit = models.PositiveIntegerField()
    day = models.DateField()
    made_at = models.DateTimeField()
    wanted_on = models.DateField(null=True, blank=True)
    body = models.BinaryField()

    class Meta:
        ordering = ("-mark", "-pk")

    def __str__(self) -> str:
        return f"{self.by} {self.mark} {self.made_at}"


class Doubt(models.Model):
    """A rule that was shown as uncertain by itself, by Edit `edit`: so that nobody's way back is gone again
    until there is evidence on those streets that is newer than the key `newest`."""

    scope = models.TextField()
    container = models.TextField()
    edit = models.PositiveIntegerField()
    newest = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("scope", "container"), name="doubt_place"),)

    def __str__(self) -> str:
        return f"{self.edit} {self.scope} {self.container}"


class Rejection(models.Model):
    """A rule that the evidence speaks for and staff hold for wrong: every so many weeks (`interval`), on
    the days whose ordinal leaves the remainder `phase`, in a `part` of a street or the whole scope.

    It stands until there is evidence on those streets that is newer than the key `newest`.
    """

    scope = models.TextField(db_index=True)
    part = models.TextField(blank=True)
    container = models.TextField()
    interval = models.PositiveIntegerField()
    phase = models.PositiveIntegerField()
    why = models.TextField()
    newest = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    made_by = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.scope} {self.container} {self.why}"


class Report(models.Model):
    """What a resident says is wrong: by the slug of an address we know, else as it was typed.

    Who sent it is not among the columns, and must not become one.
    """

    kind = models.TextField()
    address = models.TextField(blank=True)
    typed = models.TextField(blank=True)
    day = models.DateField(null=True, blank=True)
    container = models.TextField(blank=True)
    text = models.TextField(blank=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.address or self.typed}"


_BATCH = 1000
_KINDS = {kind.value: kind for kind in evidence.Kind}
_SOURCES = {source.value: source for source in evidence.Source}
_FIELDS = ("date", "locality", "street", "number", "container", "kind", "source", "sending")
