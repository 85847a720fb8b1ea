"""Which addresses cannot differ in what is said of them? Their numbers, without reading them all.

What decides is the zone, zone moves, the kind, and what was said for the street or the address itself.
The database counts those that only zone, kind and street decide; the others are read one by one. The
same was said at many addresses ("as agreed: every week"): they are alike, wherever they lie.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count

from wastecal import models
from wastecal.core import scopes, versions
from wastecal.core.overrides import strength
from wastecal.core.places import Place
from wastecal.core.register import Register
from wastecal.core.rows import Address, ZoneMove
from wastecal.preview.states import Outcome

_TABLES = ("rules", "overrides", "notices")
_BATCH = 500
Moves = tuple[ZoneMove, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Addresses that are alike: as one place before and after, None where there is none.

    `touched` tells whether the write can bear on them, `renamed` whether their own row becomes
    another one.
    """

    before: Place | None
    after: Place | None
    addresses: int
    touched: bool
    renamed: bool = False

    @property
    def zones(self) -> frozenset[str]:
        """Every zone they belong to, before and after; empty text for none."""
        places = [place for place in (self.before, self.after) if place]
        return frozenset(zone for place in places for zone in (place.zone, *(to for _, to in place.moves)))


def groups(outcome: Outcome) -> list[Group]:
    """All live addresses, and those that would be, in groups."""
    return _Grouping(outcome).groups()


@dataclass
class _Grouping:
    outcome: Outcome
    said: dict[str, Any] = field(default_factory=dict)

    def groups(self) -> list[Group]:
        singled = self._singled()
        counted = _counted()
        found: dict[Any, Group] = {}
        for before, after in self._read(singled):
            if before:
                counted[before.zone, before.kind, before.street] -= 1
            self._add(found, before, after, 1)
        for (zone, kind, street), number in counted.items():
            if number > 0:
                who = _Who("", zone, kind, street, ())
                self._add(found, who, who, number)
        return list(found.values())

    def _add(self, found: dict[Any, Group], before: "_Who | None", after: "_Who | None", number: int) -> None:
        key = self._likeness(before), self._likeness(after)
        if key in found:
            found[key] = replace(found[key], addresses=found[key].addresses + number)
            return
        places = [self._place(who) if who else None for who in (before, after)]
        changed = before != after
        renamed = changed and (before is None or after is None or before.row != after.row)
        touched = changed or any(self._is_touched(place) for place in places if place)
        found[key] = Group(places[0], places[1], number, touched, renamed)

    def _is_touched(self, place: Place) -> bool:
        wanted = self.outcome.scopes
        return wanted is None or not wanted.isdisjoint(place.scopes_ever)

    def _likeness(self, who: "_Who | None") -> Any:
        if who is None:
            return None
        own = self._words(scopes.address(who.slug)) if who.slug else ()
        return who.zone, who.kind, who.moves, self._words(scopes.street(who.street)), own, who.row

    def _words(self, scope: str) -> Any:
        """What is said for a scope before and after, but for the scope itself."""
        if scope not in self.said:
            self.said[scope] = tuple(
                tuple(_alike(row) for name in _TABLES for row in _in_force(register, name, scope))
                for register in (self.outcome.before, self.outcome.after)
            )
        return self.said[scope]

    def _place(self, who: "_Who") -> Place:
        zones = (who.zone, *(move.zone for move in who.moves))
        return Place(
            slug=who.slug,
            address=who.row or Address("", "", "", "", "", who.slug, who.kind, who.zone),
            street=who.street,
            zone=who.zone,
            moves=tuple((move.valid_from, move.zone) for move in who.moves),
            scopes_ever=(
                scopes.EVERYONE,
                *(scopes.zone(zone) for zone in dict.fromkeys(zones) if zone),
                scopes.street(who.street),
                *([scopes.address(who.slug)] if who.slug else []),
            ),
            newest=0,
        )

    def _singled(self) -> set[str]:
        """The slugs of the addresses of which anything is said that is not said of all their street."""
        prefix = scopes.address("")
        registers = (self.outcome.before, self.outcome.after)
        found = {
            scope.removeprefix(prefix)
            for register in registers
            for name in _TABLES
            for scope, rows in getattr(register, name).items()
            if scope.startswith(prefix) and versions.live(rows)
        }
        moved = models.ZoneMove.objects.filter(ended_edit=None).values_list("address", flat=True)
        for rows in (self.outcome.begun, self.outcome.ended):
            found |= {row.slug for row in rows.get("addresses", ())}
            found |= {row.address for row in rows.get("zone_moves", ())}
        return found | set(moved)

    def _read(self, slugs: Iterable[str]) -> Iterator[tuple["_Who | None", "_Who | None"]]:
        wanted = sorted(slugs)
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            live = models.Address.objects.filter(slug__in=batch, ended_edit=None)
            rows = {row.slug: row for row in models.Address.values_of(live)}
            moves: defaultdict[str, list[ZoneMove]] = defaultdict(list)
            for move in models.ZoneMove.values_of(
                models.ZoneMove.objects.filter(address__in=batch, ended_edit=None)
            ):
                moves[move.address].append(move)
            for slug in batch:
                yield self._both(slug, rows.get(slug), moves[slug])

    def _both(
        self, slug: str, row: Address | None, moves: list[ZoneMove]
    ) -> tuple["_Who | None", "_Who | None"]:
        begun, ended = self.outcome.begun, self.outcome.ended
        new = next((other for other in begun.get("addresses", ()) if other.slug == slug), None)
        gone = any(other.slug == slug for other in ended.get("addresses", ()))
        later = [move for move in moves if move not in ended.get("zone_moves", ())]
        later += [move for move in begun.get("zone_moves", ()) if move.address == slug]
        singly = new is not None or gone
        after = new or (None if gone else row)
        return _who(row, moves, singly), _who(after, later, singly)


@dataclass(frozen=True, slots=True)
class _Who:
    """What decides the answer for an address; `slug` where it has words of its own, `row` where the
    write is about that row itself."""

    slug: str
    zone: str
    kind: str
    street: str
    moves: Moves
    row: Address | None = None


def _who(row: Address | None, moves: Iterable[ZoneMove], singly: bool) -> _Who | None:
    if row is None:
        return None
    ordered = sorted(moves, key=lambda move: (move.valid_from, move.edit))
    bare = tuple(replace(move, address="", edit=0) for move in ordered)
    own = _named(row) if singly else None
    return _Who(row.slug, row.zone, row.kind, models.Address.of(row).street_slug, bare, own)


def _named(row: Address) -> Address:
    """The row without what its own answer does not show of it, or shows by what follows from it."""
    return replace(row, zone="", lat=None, lon=None, also=(), edit=0, ended_edit=None)


def _counted() -> Counter[tuple[str, str, str]]:
    """How many live addresses there are of each zone, kind and street."""
    live = models.Address.objects.filter(ended_edit=None).order_by()
    found = live.values_list("zone", "kind", "street_slug").annotate(number=Count("pk"))
    return Counter({(zone, kind, street): number for zone, kind, street, number in found})


def _in_force(register: Register, table: str, scope: str) -> Sequence[Any]:
    rows = versions.live(getattr(register, table).get(scope, ()))
    return sorted(rows, key=strength) if table == "overrides" else rows


def _alike(row: Any) -> Any:
    bare = replace(row, scope="")
    return replace(bare, key="") if hasattr(row, "key") else bare
