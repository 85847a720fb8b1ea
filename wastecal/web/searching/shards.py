"""In which small file does the search without a server find a street, and in which the houses on it?

A file's key is the beginning that all names in it have in common. A file that would hold too much is
parted by the next letter, so that a small place has one file of streets and a large one has many
that are no larger. A street that comes or goes changes its own files only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from wastecal.answers import Street
from wastecal.core import addresses

STREETS_IN_A_FILE = 1000
HOUSES_IN_A_FILE = 1000

Files = Mapping[str, tuple[Street, ...]]
_Named = tuple[str, Street, int]
"""A name to be found by, the street, and how much of a file it takes."""


@dataclass(frozen=True, slots=True)
class Shards:
    """The streets of each file by its key.

    `begins` has them by the first letters of their normal form, `ends` by the last of their stem,
    for a typo in the first letters; `houses` is by the first letters again, and `house_keys` has
    the key of the file with a street's houses by the street's slug.
    """

    begins: Files
    ends: Files
    houses: Files
    house_keys: Mapping[str, str]


def of(streets: Sequence[Street]) -> Shards:
    """The streets laid into files; where one file holds them all, none is needed for their ends."""
    begins = _parted([(name, street, 1) for street in streets for name in _names(street)], STREETS_IN_A_FILE)
    ends = [(addresses.stem(addresses.normalise(street.name))[::-1], street, 1) for street in streets]
    houses = _parted(
        [(addresses.normalise(street.name), street, street.addresses) for street in streets], HOUSES_IN_A_FILE
    )
    return Shards(
        begins=begins,
        ends=_parted(ends, STREETS_IN_A_FILE) if len(begins) > 1 else {},
        houses=houses,
        house_keys={street.slug: key for key, there in houses.items() for street in there},
    )


def _names(street: Street) -> Iterator[str]:
    """What the street is called, and what without its first word: Hötoftavägen for Norra Hötoftavägen."""
    yield addresses.normalise(street.name)
    shorter = addresses.normalise(street.name.partition(" ")[2])
    if addresses.stem(shorter):
        yield shorter


def _parted(named: Iterable[_Named], most: int, key: str = "") -> dict[str, tuple[Street, ...]]:
    """Files for all that begin with `key`; none holds more than `most`, but where all have one name."""
    rows = sorted(named, key=lambda row: row[0])
    if sum(size for _, _, size in rows) <= most:
        return {key: _streets(rows)}
    files: dict[str, tuple[Street, ...]] = {}
    for beginning, group in groupby(rows, key=lambda row: row[0][: len(key) + 1]):
        there = list(group)
        files |= {key: _streets(there)} if beginning == key else _parted(there, most, beginning)
    return files


def _streets(rows: Iterable[_Named]) -> tuple[Street, ...]:
    return tuple(dict.fromkeys(street for _, street, _ in rows))
