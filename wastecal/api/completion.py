"""What may be meant by what has been typed so far? Whole addresses, and streets to go on with."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from wastecal.core import addresses, collation, directory
from wastecal.core.rows import Address
from wastecal.search import MANY_STREETS, Found, Kind, Street, StreetIndex

MOST = 10

RowsOn = Callable[[Sequence[Street]], Iterable[Address]]

Suggest = Callable[[str], tuple["Suggestion", ...]]

_PARTS = re.compile(r"(?P<street>[^,]*?)(?:\s+(?P<house>\d[^,]*))?(?:,(?P<town>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A whole address, or a street: its name, its permanent name, and whether it is the former."""

    text: str
    slug: str
    whole: bool


def suggest(text: str, found: Found[Address], index: StreetIndex, rows_on: RowsOn) -> tuple[Suggestion, ...]:
    """At most MOST suggestions, the likeliest first; `found` is what the search makes of the text.

    While a street is typed these are streets. Once its number has begun they are its addresses whose
    numbers begin so; where these are many, the exact one and the street come first.
    """
    meant = [_address(row) for row in found.addresses] if found.kind is Kind.ONE else []
    return tuple(dict.fromkeys((*meant, *_begun(text, index, rows_on))))[:MOST]


def _begun(text: str, index: StreetIndex, rows_on: RowsOn) -> tuple[Suggestion, ...]:
    parts = _PARTS.fullmatch(text.strip())
    if parts is None:
        return ()
    street, house, town = (parts[name] or "" for name in ("street", "house", "town"))
    streets = _streets(street, town, index)
    if not house:
        return _without_number(streets, town, rows_on)
    fitting = [row for row in rows_on(streets) if _begins(row.number + row.letter, house)]
    rows = [row for row in fitting if _begins(_rest(row), town)] or fitting
    return _numbered(_in_order(rows, streets), house)


def _streets(street: str, town: str, index: StreetIndex) -> tuple[Street, ...]:
    """The streets that may be meant, those in a town that begins as typed before the others."""
    found = index.match(addresses.parse(street, index.localities))
    flat = tuple(pair for tier in found.tiers for pair in tier) or found.suggestions
    there = tuple(pair for pair in flat if town and _begins(pair[0], town.strip(" 0123456789")))
    return (there or flat)[:MANY_STREETS]


def _without_number(streets: Sequence[Street], town: str, rows_on: RowsOn) -> tuple[Suggestion, ...]:
    named = [_street(pair) for pair in streets[:MOST]]
    if len(streets) != 1:
        return tuple(named)
    rows = _in_order(rows_on(streets), streets)
    return (*named, *map(_address, rows[: MOST - 1]))


def _numbered(rows: Sequence[Address], house: str) -> tuple[Suggestion, ...]:
    exact = [row for row in rows if _plain(row.number + row.letter) == _plain(house)]
    others = [row for row in rows if row not in exact]
    few = len(rows) <= MOST // 2
    street = [] if few else [_street((rows[0].locality, rows[0].street))]
    suggested = [
        *map(_address, exact[:2]),
        *street,
        *map(_address, (*exact[2:], *others)),
    ]
    return tuple(suggested[:MOST])


def _in_order(rows: Iterable[Address], streets: Sequence[Street]) -> list[Address]:
    """The streets as they were given, the houses of each as they stand in the street."""
    rank = {pair: place for place, pair in enumerate(streets)}
    return sorted(rows, key=lambda row: (rank[row.locality, row.street], directory.address_order(row)))


def _address(row: Address) -> Suggestion:
    label = addresses.label(row.street, row.number, row.letter, row.postcode, row.locality)
    return Suggestion(label, row.slug, whole=True)


def _street(pair: Street) -> Suggestion:
    locality, street = pair
    slug = addresses.slug(locality, street, "", "").rpartition("/")[0]
    return Suggestion(f"{street}, {locality}", slug, whole=False)


def _rest(row: Address) -> str:
    return f"{row.postcode} {row.locality}"


def _begins(text: str, typed: str) -> bool:
    return _plain(text).startswith(_plain(typed))


def _plain(text: str) -> str:
    """Letters and digits alone, with the dash that parts two numbers."""
    return re.sub(r"[^a-z0-9-]+", "", collation.fold(text))
