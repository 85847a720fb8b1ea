"""What is known now? The register and the streets, kept in memory until the next Edit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Count

from wastecal.core import collation, register, versions
from wastecal.core.register import Register
from wastecal.core.rows import Zone
from wastecal.models import TABLES, Edit
from wastecal.models import Address as AddressRow
from wastecal.search import StreetIndex

_REGISTERED = ("municipality", "containers", "zones", "shifts", "rules", "overrides", "notices")


@dataclass(frozen=True, slots=True)
class Street:
    """A street with addresses; `slug` is `locality/street`."""

    slug: str
    locality: str
    name: str
    addresses: int


def by_locality(streets: Iterable[Street]) -> tuple[tuple[str, str, int], ...]:
    """(slug, name, number of streets) of each locality, in the order of the streets."""
    found = groupby(streets, key=lambda row: (row.slug.partition("/")[0], row.locality))
    return tuple((slug, name, len(list(rows))) for (slug, name), rows in found)


def in_locality(streets: Iterable[Street], locality: str) -> tuple[Street, ...]:
    """The streets of the locality with this slug, in their order."""
    return tuple(row for row in streets if row.slug.partition("/")[0] == locality)


class Known:
    """All that answers need but the addresses, read once for each newest Edit.

    The Edits are read last: where none is newer than expected, all tables are of one state.
    """

    def __init__(self) -> None:
        tables = {name: _rows(name) for name in _REGISTERED}
        self.register: Register = register.build(tables, (edit.to_core() for edit in Edit.objects.all()))

    @cached_property
    def streets(self) -> tuple[Street, ...]:
        """All streets with live addresses, in the order of the alphabet."""
        found = (
            AddressRow.objects.filter(ended_edit=None)
            .values_list("street_slug", "locality", "street")
            .annotate(count=Count("pk"))
            .order_by()
        )
        streets = (Street(slug, locality, name, count) for slug, locality, name, count in found)
        return tuple(
            sorted(streets, key=lambda row: (*map(collation.key, (row.locality, row.name)), row.slug))
        )

    @cached_property
    def zones(self) -> tuple[Zone, ...]:
        """The live zones, in the order of their codes."""
        return tuple(sorted(versions.live(self.register.zones), key=lambda row: collation.key(row.code)))

    @cached_property
    def index(self) -> StreetIndex:
        return StreetIndex((street.locality, street.name) for street in self.streets)


_kept: dict[str, tuple[tuple[int, datetime], Known]] = {}


def known() -> Known | None:
    """What is known as of the newest Edit; None before the first one."""
    newest = Edit.objects.order_by("-number").values_list("number", "at").first()
    if newest is None:
        return None
    if _kept.get("now", (None,))[0] != newest:
        fresh = Known()
        if fresh.register.edit != newest[0]:
            return known()  # an Edit came between its tables: they may not belong together
        _kept["now"] = (newest, fresh)
    return _kept["now"][1]


def forget() -> None:
    """Read everything anew at the next question; for tests, whose databases come and go."""
    _kept.clear()


def _rows(name: str) -> tuple[Any, ...]:
    model = TABLES[name]
    return tuple(model.values_of(model._default_manager.order_by("pk")))
