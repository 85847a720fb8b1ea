"""What stands in the files of the search, byte for byte, live and published alike?

`finder.js` reads them. They hold names and house numbers and nothing else, and are the same for all
languages.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from wastecal.answers import Street
from wastecal.core import addresses, collation, directory
from wastecal.core.rows import Address
from wastecal.web.searching import shards
from wastecal.web.searching.shards import Shards

FOLDER = "sok"
INDEX = f"{FOLDER}/index.json"

HousesOn = Callable[[Sequence[Street]], Iterable[Address]]


def files(streets: Sequence[Street], houses_on: HousesOn) -> Iterator[tuple[str, bytes]]:
    """Every file with its path; `houses_on` gives the live addresses of the streets it is asked for."""
    laid = shards.of(streets)
    yield INDEX, index(laid)
    for kind, keyed in (("borjan", laid.begins), ("slutet", laid.ends)):
        for key, there in keyed.items():
            yield path(kind, key), names(laid, there)
    for key, there in laid.houses.items():
        yield path("hus", key), houses(houses_on(there))


def path(kind: str, key: str) -> str:
    return f"{FOLDER}/{kind}/{key or '-'}.json"


def index(laid: Shards) -> bytes:
    """How names are read, which towns there are, and which files: {"towns", "begins", "ends", …}."""
    towns = sorted({street.locality for there in laid.begins.values() for street in there}, key=collation.key)
    return _json(
        {
            "towns": towns,
            "begins": sorted(laid.begins),
            "ends": sorted(laid.ends),
            "letters": collation.LETTERS,
            "first": addresses.FIRST_WORDS,
            "last": addresses.LAST_WORDS,
            "letter": addresses.ONE_LETTER,
        }
    )


def names(laid: Shards, streets: Iterable[Street]) -> bytes:
    """The names of the streets by the file with their houses and by town: {key: {town: [name]}}."""
    found: dict[str, dict[str, list[str]]] = {}
    for street in sorted(streets, key=_alphabetical):
        towns = found.setdefault(laid.house_keys[street.slug], {})
        towns.setdefault(street.locality, []).append(street.name)
    return _json(found)


def houses(rows: Iterable[Address]) -> bytes:
    """The houses by town and street, in order, in runs of one path and postcode.

    {town: {street: [[path, postcode, [house]]]}}. A house is its number with its letter, or a pair
    of that and the end of its slug where this does not follow from it.
    """
    found: dict[str, dict[str, list[list[Any]]]] = {}
    for (town, street, path, postcode), run in groupby(sorted(rows, key=directory.address_order), key=_run):
        streets = found.setdefault(town, {})
        streets.setdefault(street, []).append([path, postcode, [_house(row) for row in run]])
    return _json(found)


def _run(row: Address) -> tuple[str, str, str, str]:
    return row.locality, row.street, row.slug.rpartition("/")[0], row.postcode


def _house(row: Address) -> str | list[str]:
    written, end = row.number + row.letter, row.slug.rpartition("/")[2]
    return written if end == (addresses.slug_part(written) or "-") else [written, end]


def _alphabetical(street: Street) -> tuple[tuple[str, str], ...]:
    return collation.key(street.name), collation.key(street.locality)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
