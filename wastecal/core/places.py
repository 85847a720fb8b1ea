"""Which rules bear on a place? An address with its history of zones, or a zone as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wastecal.core import addresses, scopes, versions
from wastecal.core.rows import Address, Zone, ZoneMove

ZONE_PREFIX = "zon"
_HOUSES = ("villa", "fritidshus")


@dataclass(frozen=True, slots=True)
class Place:
    """What a question is about: an address, or a zone as a whole (then `address` is None).

    `street` is its street's slug, empty for a zone. `zone` is where it belongs when no zone move
    says otherwise; `moves` are the live zone moves as (valid_from, zone), earliest first.
    `scopes_ever` are all scopes that bear on it or once did; `newest` is the highest Edit on the
    address and its zone moves.
    """

    slug: str
    address: Address | None
    street: str
    zone: str
    moves: tuple[tuple[date, str], ...]
    scopes_ever: tuple[str, ...]
    newest: int

    def zone_on(self, day: date) -> str:
        """The zone for a pickup with this nominal date; empty where none is known."""
        zone = self.zone
        for valid_from, moved_to in self.moves:
            if valid_from <= day:
                zone = moved_to
        return zone

    def is_within(self, scope: str, day: date) -> bool:
        """Whether a scope bears on the place for a pickup with this nominal date."""
        kind, _, name = scope.partition(":")
        if kind == "zone":
            return bool(name) and name == self.zone_on(day)
        if kind == "street":
            return name == self.street
        return scope in self.scopes_ever


def of_address(history: Iterable[Address], moves: Iterable[ZoneMove]) -> Place:
    """The place of an address with all versions of its row and of its zone moves, ended ones too.

    Where every version has ended the newest still gives the name.
    """
    rows = tuple(history)
    moved = tuple(moves)
    address = max(rows, key=lambda row: (row.ended_edit is None, row.edit))
    zones = {row.zone for row in rows} | {move.zone for move in moved}
    streets = {_street(row) for row in rows}
    return Place(
        slug=address.slug,
        address=address,
        street=_street(address),
        zone=address.zone,
        moves=tuple((move.valid_from, move.zone) for move in sorted(versions.live(moved), key=_order)),
        scopes_ever=(
            scopes.EVERYONE,
            *(scopes.zone(zone) for zone in sorted(zones) if zone),
            *(scopes.street(street) for street in sorted(streets)),
            scopes.address(address.slug),
        ),
        newest=max(versions.newest(rows), versions.newest(moved)),
    )


def of_zone(history: Iterable[Zone]) -> Place:
    """The place that stands for every address of a zone."""
    rows = tuple(history)
    code = rows[0].code
    return Place(
        slug=f"{ZONE_PREFIX}/{code.lower()}",
        address=None,
        street="",
        zone=code,
        moves=(),
        scopes_ever=(scopes.EVERYONE, scopes.zone(code)),
        newest=versions.newest(rows),
    )


def beside(address: Address, rows: Iterable[Address]) -> tuple[Address, ...]:
    """Of the rows those that are a house of the other kind with the same number in the same street.

    One address has one kind: a plot with a house to live in and a holiday house has two addresses.
    """
    return tuple(
        row
        for row in rows
        if {row.kind, address.kind} == set(_HOUSES)
        and (row.locality, row.street, row.number) == (address.locality, address.street, address.number)
    )


def _street(row: Address) -> str:
    """The slug of the street by name: an address may keep an older name's slug."""
    return addresses.slug(row.locality, row.street, row.number, row.letter).rpartition("/")[0]


def _order(move: ZoneMove) -> tuple[date, int]:
    return move.valid_from, move.edit
