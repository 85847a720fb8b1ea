"""Which rules have two containers, when some records do not say which of the two they are of?

Exact over all pairs of candidates. A right record that names no container is of one of the
collections of either, each as likely as the others.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wastecal.core.evidence import Evidence
from wastecal.core.reconstruction import likelihood
from wastecal.core.reconstruction.candidates import Prior
from wastecal.core.reconstruction.likelihood import Calendar, Circumstance, Day, Looks, Model
from wastecal.core.reconstruction.logarithms import log_sum
from wastecal.core.reconstruction.posterior import Posterior


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two containers: the days of its candidates, and what the records say that name it."""

    calendar: Calendar
    days: Sequence[Day]

    @property
    def before(self) -> Prior:
        return self.calendar.before


_rarity = lru_cache(maxsize=1 << 14)(likelihood.rarity)


@dataclass(frozen=True, slots=True)
class _Class:
    """Candidates of one interval that collect on the same of the unnamed days (`mask`, a bit for each)."""

    interval: int
    mask: int
    members: tuple[int, ...]
    log: float


@dataclass(frozen=True, slots=True)
class _Group:
    """Days whose unnamed records say the same: their bits, and what they say."""

    mask: int
    near: float
    looks: Looks

    def says(self, one: _Class, other: _Class) -> float:
        """What it is worth that some containers are emptied on these days, and how often they are."""
        both = (one.mask & other.mask & self.mask).bit_count()
        single = ((one.mask ^ other.mask) & self.mask).bit_count()
        times = one.interval * other.interval / (one.interval + other.interval)
        found = (both + single) * self.near
        found += single * _rarity(self.looks, times) if single else 0.0
        return found + (both * _rarity(self.looks, 2 * times) if both else 0.0)


def posteriors(
    sides: tuple[Side, Side],
    unnamed: Sequence[Evidence],
    weights: Sequence[float],
    model: Model,
    given: Circumstance,
) -> tuple[Posterior, Posterior]:
    """The posterior of each of two containers; both carry the evidence of all the records."""
    days = likelihood.days(unnamed, weights, model, "", given)
    groups = list(_groups(days))
    one, other = (list(_classes(side, days)) for side in sides)
    joint = [
        [first.log + second.log + sum(group.says(first, second) for group in groups) for second in other]
        for first in one
    ]
    rows = [log_sum(row) for row in joint]
    columns = [log_sum(column) for column in zip(*joint, strict=True)]
    same = sum(day.miss for day in (*days, *sides[0].days, *sides[1].days))
    evidence = same + log_sum(rows)
    return (
        Posterior(sides[0].before, _spread(sides[0], one, rows), evidence),
        Posterior(sides[1].before, _spread(sides[1], other, columns), evidence),
    )


def _groups(days: Sequence[Day]) -> Iterator[_Group]:
    masks: defaultdict[tuple[float, Looks], int] = defaultdict(int)
    for place, day in enumerate(days):
        masks[day.near, day.looks] |= 1 << place
    return (_Group(mask, *key) for key, mask in masks.items())


def _logs(side: Side) -> list[float]:
    logs = [math.log(chance) for chance in side.before.probabilities]
    for day in side.days:
        for candidate, gain in day.gains_of_all():
            logs[candidate] += gain
    return logs


def _classes(side: Side, days: Sequence[Day]) -> Iterator[_Class]:
    masks = [0] * len(side.before.candidates)
    for place, day in enumerate(days):
        for _, candidate in side.calendar.hits(day.day):
            masks[candidate] |= 1 << place
    alike: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number, row in enumerate(side.before.candidates):
        alike[row.interval, masks[number]].append(number)
    logs = _logs(side)
    for (interval, mask), members in alike.items():
        yield _Class(interval, mask, tuple(members), log_sum([logs[number] for number in members]))


def _spread(side: Side, classes: Sequence[_Class], totals: Sequence[float]) -> tuple[float, ...]:
    """The probability of each candidate from that of its class."""
    whole, logs = log_sum(totals), _logs(side)
    found = [0.0] * len(logs)
    for row, total in zip(classes, totals, strict=True):
        for number in row.members:
            found[number] = math.exp(total - whole + logs[number] - row.log)
    return tuple(found)
