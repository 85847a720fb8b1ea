"""What is emptied as one? Streets, parts of streets, addresses, with their records by container."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from wastecal.core.evidence import Evidence, weights

_HOUSE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Weighed:
    """Records, each with its weight."""

    records: tuple[Evidence, ...] = ()
    weights: tuple[float, ...] = ()

    def __add__(self, other: "Weighed") -> "Weighed":
        return Weighed(self.records + other.records, self.weights + other.weights)

    def since(self, day: date | None) -> "Weighed":
        return self if day is None else weighed(pair for pair in self.pairs() if pair[0].date >= day)

    def pairs(self) -> Iterable[tuple[Evidence, float]]:
        return zip(self.records, self.weights, strict=True)


ByContainer = Mapping[str, Weighed]


@dataclass(frozen=True, slots=True)
class Part:
    """The houses of a part of a street: of one side ("odd", "even"), or from `first` to `last`."""

    side: str = ""
    first: int = 0
    last: int | None = None

    def __contains__(self, number: int) -> bool:
        if self.side:
            return (number % 2 == 1) is (self.side == "odd")
        return self.first <= number and (self.last is None or number <= self.last)

    def __str__(self) -> str:
        return self.side or f"{self.first}-{'' if self.last is None else self.last}"


@dataclass(frozen=True, slots=True)
class Unit:
    """What is emptied as one, named by its scope; `part` where it is only some houses of a street.

    `home` is the zone the register has it in, empty where that is not known.
    """

    scope: str
    home: str
    evidence: ByContainer
    part: Part | None = None

    @property
    def name(self) -> str:
        return f"{self.scope}#{self.part}" if self.part else self.scope

    @property
    def size(self) -> int:
        return sum(len(rows.records) for rows in self.evidence.values())


def evidence_of(records: Iterable[Evidence]) -> ByContainer:
    """The records of one place by container, with their weights; "" for those that name none."""
    rows = list(records)
    return arranged(zip(rows, weights(rows), strict=True))


def arranged(pairs: Iterable[tuple[Evidence, float]]) -> ByContainer:
    """Records with their weights, by container."""
    found: dict[str, list[tuple[Evidence, float]]] = {}
    for pair in pairs:
        found.setdefault(pair[0].container, []).append(pair)
    return {container: weighed(rows) for container, rows in found.items()}


def weighed(pairs: Iterable[tuple[Evidence, float]]) -> Weighed:
    rows = list(pairs)
    return Weighed(tuple(row for row, _ in rows), tuple(weight for _, weight in rows))


def together(parts: Iterable[tuple[ByContainer, float]]) -> ByContainer:
    """The records of several places as those of one; each place weighs what stands beside it."""
    return arranged(
        (row, weight * share)
        for part, share in parts
        for rows in part.values()
        for row, weight in rows.pairs()
    )


def house(number: str) -> int | None:
    """The number of a house without its letter, or its place within a number: 68 of `68-18`."""
    found = _HOUSE.match(number)
    return int(found[0]) if found else None
