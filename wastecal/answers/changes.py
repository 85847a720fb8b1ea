"""What did an Edit do, and for whom may answers have changed by it? In a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from wastecal.core import scopes
from wastecal.core.rows import Edit
from wastecal.models import TABLES

NAMED = 100
"""Scopes of more rows than these are not told: then answers may have changed for anyone."""

_SCOPE = {"rules": "scope", "overrides": "scope", "notices": "scope"}
_ADDRESS = {"addresses": "slug", "zone_moves": "address"}
_ZONE = {"zones": "code"}
_COLUMNS = {**_SCOPE, **_ADDRESS, **_ZONE}
"""By which column of a table one knows for whom its rows count; other tables count for everyone."""


@dataclass(frozen=True, slots=True)
class Changed:
    """How many rows of a table were made and ended."""

    table: str
    begun: int
    ended: int


@dataclass(frozen=True, slots=True)
class Change:
    """An Edit with what it did; `scopes` is None where answers may have changed for everyone."""

    edit: Edit
    tables: tuple[Changed, ...]
    scopes: tuple[str, ...] | None


def of(edits: Sequence[Edit]) -> tuple[Change, ...]:
    numbers = [edit.number for edit in edits]
    counted = {
        table: (_count(table, "edit", numbers), _count(table, "ended_edit", numbers)) for table in TABLES
    }
    tables = {
        number: tuple(
            Changed(table, begun.get(number, 0), ended.get(number, 0))
            for table, (begun, ended) in counted.items()
            if number in begun or number in ended
        )
        for number in numbers
    }
    told = {number for number in numbers if _can_be_told(tables[number])}
    named = _scopes(told)
    return tuple(
        Change(edit, tables[edit.number], _told(named[edit.number]) if edit.number in told else None)
        for edit in edits
    )


def _count(table: str, column: str, numbers: Sequence[int]) -> Mapping[int, int]:
    found = TABLES[table]._default_manager.filter(**{f"{column}__in": numbers}).order_by()
    return dict(found.values_list(column).annotate(count=Count("pk")))


def _can_be_told(tables: Iterable[Changed]) -> bool:
    rows = list(tables)
    few = sum(row.begun + row.ended for row in rows) <= NAMED
    return few and all(row.table in _COLUMNS for row in rows)


def _scopes(numbers: Iterable[int]) -> Mapping[int, set[str]]:
    wanted, found = list(numbers), defaultdict[int, set[str]](set)
    for table, name in _COLUMNS.items():
        for column in ("edit", "ended_edit"):
            rows = TABLES[table]._default_manager.filter(**{f"{column}__in": wanted})
            for number, value in rows.values_list(column, name):
                found[number].add(_scope(table, value))
    return found


def _scope(table: str, value: str) -> str:
    if table in _ADDRESS:
        return scopes.address(value)
    return scopes.zone(value) if table in _ZONE else value


def _told(found: set[str]) -> tuple[str, ...] | None:
    return None if scopes.EVERYONE in found else tuple(sorted(found))
