"""Which addresses come next, when one goes through all of them? In canonical order, street by street."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from wastecal import models
from wastecal.answers.remembered import Street, known
from wastecal.core import collation, directory
from wastecal.core.rows import Address

STREETS = 200
"""How many streets are read at once, at most: each is a part of the query."""


def after(last: Address | None, size: int) -> tuple[tuple[Address, ...], bool]:
    """The first `size` live addresses that stand after `last` (which need not be there any more), and
    whether more follow. No database sorts them, so they stand alike in every one."""
    now = known()
    streets = now.streets if now else ()
    start = bisect_left(streets, _key(last.locality, last.street), key=_of_street) if last else 0
    rows: list[Address] = []
    while start < len(streets) and len(rows) <= size:
        stop = _enough(streets, start, size + 1 - len(rows))
        rows += [row for row in _on(streets[start:stop]) if last is None or _stands_after(row, last)]
        start = stop
    return tuple(rows[:size]), len(rows) > size


def _enough(streets: Sequence[Street], start: int, wanted: int) -> int:
    """Where to stop so that the streets from `start` on have so many addresses."""
    stop = start
    while stop < len(streets) and stop - start < STREETS and wanted > 0:
        wanted -= streets[stop].addresses
        stop += 1
    # Two slugs may share one name: their addresses stand among each other.
    while stop < len(streets) and _of_street(streets[stop]) == _of_street(streets[stop - 1]):
        stop += 1
    return stop


def _on(streets: Sequence[Street]) -> list[Address]:
    wanted = Q()
    for locality, name in dict.fromkeys((street.locality, street.name) for street in streets):
        wanted |= Q(locality=locality, street=name)
    found = models.Address.values_of(models.Address.objects.filter(wanted, ended_edit=None))
    return sorted(found, key=directory.address_order)


def _stands_after(row: Address, last: Address) -> bool:
    return directory.address_order(row) > directory.address_order(last)


def _of_street(street: Street) -> Any:
    return _key(street.locality, street.name)


def _key(locality: str, street: str) -> Any:
    return collation.key(locality), collation.key(street)
