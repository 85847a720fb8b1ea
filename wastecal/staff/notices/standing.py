"""Which notices stand? The rows that one act has made together are one notice for several scopes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from wastecal.core.rows import Notice
from wastecal.models import Notice as NoticeRow


@dataclass(frozen=True, slots=True)
class Standing:
    """One notice, with its rows: they differ in their scopes and keys alone."""

    rows: tuple[Notice, ...]

    @property
    def key(self) -> str:
        return self.rows[0].key

    @property
    def first(self) -> date:
        return self.rows[0].shown_from

    @property
    def last(self) -> date:
        return self.rows[0].shown_until - timedelta(days=1)


def everything() -> tuple[Standing, ...]:
    """Every notice that nobody has taken back, past ones too, by their first days."""
    rows = NoticeRow.values_of(NoticeRow.objects.filter(ended_edit=None).order_by("pk"))
    return tuple(sorted(together(rows), key=lambda found: (found.first, found.last, found.rows[0].edit)))


def together(rows: Iterable[Notice]) -> list[Standing]:
    """The rows grouped into notices, in order."""
    groups: dict[object, list[Notice]] = {}
    for row in rows:
        groups.setdefault((row.edit, row.text, row.shown_from, row.shown_until), []).append(row)
    return [Standing(tuple(group)) for group in groups.values()]


def rows_of(key: str) -> dict[int, Notice]:
    """By primary key the rows of the notice to which this one belongs; none where it has ended."""
    live = NoticeRow.objects.filter(ended_edit=None).order_by("pk")
    wanted = next(NoticeRow.values_of(live.filter(key=key)), None)
    if wanted is None:
        return {}
    alike = live.filter(edit=wanted.edit, shown_from=wanted.shown_from, shown_until=wanted.shown_until)
    return {pk: row for pk, row in NoticeRow.keyed(alike) if row.text == wanted.text}


def row_of(key: str) -> Notice | None:
    """The row with this key, also where it has ended."""
    return next(NoticeRow.values_of(NoticeRow.objects.filter(key=key)), None)
