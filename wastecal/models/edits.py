"""Who wrote what, and when? The one counter of public writes, and rows that have versions."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, ClassVar, Self

from django.db import models

from wastecal.core import rows


class Edit(models.Model):
    """One numbered write. `author` is for the municipality's eyes only and is never published."""

    number = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField()
    summary = models.TextField(blank=True)
    author = models.TextField(blank=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.summary}"

    def to_core(self) -> rows.Edit:
        return rows.Edit(self.number, self.at, self.summary)


class Row(models.Model):
    """A version of a row: made by one Edit, ended by another, in between never changed."""

    core: ClassVar[type[Any]]

    edit = models.ForeignKey(Edit, models.PROTECT, related_name="+")
    ended_edit = models.ForeignKey(Edit, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def of(cls, row: Any) -> Self:
        """The unsaved database row of a core value."""
        return cls(**{_column(name): getattr(row, name) for name in cls._names()})

    def to_core(self) -> Any:
        return type(self).core(**{name: getattr(self, _column(name)) for name in self._names()})

    @classmethod
    def values_of(cls, found: "models.QuerySet[Any]") -> Iterator[Any]:
        """The core values of a query, without making a model instance of each row."""
        names = cls._names()
        for values in found.values_list(*map(_column, names)).iterator(chunk_size=2000):
            yield cls.core(**dict(zip(names, values, strict=True)))

    @classmethod
    def keyed(cls, found: "models.QuerySet[Any]") -> Iterator[tuple[Any, Any]]:
        """(primary key, core value) of each row of a query."""
        names = cls._names()
        for pk, *values in found.values_list("pk", *map(_column, names)).iterator(chunk_size=2000):
            yield pk, cls.core(**dict(zip(names, values, strict=True)))

    @classmethod
    def begin(cls, values: Iterable[Any]) -> None:
        cls._default_manager.bulk_create((cls.of(value) for value in values), batch_size=1000)

    @classmethod
    def _names(cls) -> tuple[str, ...]:
        return tuple(field.name for field in fields(cls.core))


def _column(name: str) -> str:
    return f"{name}_id" if name in ("edit", "ended_edit") else name
