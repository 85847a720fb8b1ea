"""Is a street emptied as one, or do its sides or its ranges of numbers belong to different zones?"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from wastecal.core.evidence import Evidence, Kind
from wastecal.core.reconstruction import tables, units
from wastecal.core.reconstruction.likelihood import Circumstance, Model, days_of
from wastecal.core.reconstruction.units import Part, Unit
from wastecal.core.reconstruction.zones import Seating

SPLIT = 0.02
"""How likely a street belongs to two zones; each way to part it is as likely as the others."""
_DOUBTS = 2
Way = tuple[Part, Part]


def taken_apart(known: Sequence[Unit], seating: Seating, model: Model, given: Circumstance) -> list[Unit]:
    """The units, with those streets in two whose records say that they are two."""
    found: list[Unit] = []
    for unit in known:
        doubtful = unit.scope.startswith("street:") and _doubts(unit, seating, model, given) >= _DOUBTS
        found += _parted(unit, seating, model, given) if doubtful else [unit]
    return found


def _doubts(unit: Unit, seating: Seating, model: Model, given: Circumstance) -> int:
    """How many records with a number the likeliest rule of its zone does not explain."""
    zone = seating.zone_of(unit.name)
    count = 0
    for container, rows in unit.evidence.items():
        days = days_of(model, container, given)
        top = zone.tables[container].top if zone else 0
        for row in rows.records:
            hit = any(candidate == top for _, candidate in days.hits(row.date))
            count += bool(row.number) and hit is not (row.kind is Kind.COLLECTED)
    return count


def _parted(unit: Unit, seating: Seating, model: Model, given: Circumstance) -> list[Unit]:
    shares = seating.rise(unit.name)
    ways = list(_ways(unit))
    best = [unit], math.log(1 - SPLIT) + seating.predicts(seating.said[unit.name], unit.home)
    for way in ways:
        halves = [_half(unit, part) for part in way]
        said = tables.read(halves, model, given)
        fit = math.log(SPLIT / len(ways)) + sum(
            seating.predicts(said[half.name], unit.home) for half in halves
        )
        best = max(best, (halves, fit), key=lambda pair: pair[1])
    seating.place(unit.name, shares)
    return best[0]


def _ways(unit: Unit) -> Iterator[Way]:
    numbers = sorted({number for row in _records(unit) if (number := units.house(row.number)) is not None})
    if len({number % 2 for number in numbers}) == 2:
        yield Part("odd"), Part("even")
    for last, first in pairwise(numbers):
        yield Part(last=last), Part(first=first)


def _records(unit: Unit) -> Iterator[Evidence]:
    return (row for rows in unit.evidence.values() for row in rows.records)


def _half(unit: Unit, part: Part) -> Unit:
    """The unit with the records of some houses; those without a number weigh half in each half."""
    kept = []
    for rows in unit.evidence.values():
        for row, weight in rows.pairs():
            number = units.house(row.number)
            if number is None:
                kept.append((row, weight / 2))
            elif number in part:
                kept.append((row, weight))
    return replace(unit, evidence=units.arranged(kept), part=part)
