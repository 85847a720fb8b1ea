"""How likely is what was seen under each candidate? Noise by source, moved holidays explained.

All likelihoods are against a day drawn at random, so that one that says nothing is 1.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from wastecal.core import shifts
from wastecal.core.evidence import Evidence, Kind, Source
from wastecal.core.reconstruction.candidates import INTERVALS, Prior, prior
from wastecal.core.reconstruction.logarithms import log_of_mixed
from wastecal.core.shifts import ANY, Move, Shift

Policy = tuple[Shift, ...]

WRONG: Mapping[str, float] = MappingProxyType(
    {
        Source.SMS: 0.03,
        Source.RESIDENT: 0.08,
        Source.DRIVER: 0.05,
        Source.VEHICLE: 0.02,
        Source.INVOICE: 0.05,
        Source.STAFF: 0.02,
    }
)
"""The chance that a record of each source is wrong, where nothing else is said."""
LEVELS = ((0.0, 0.5), (0.1, 0.25), (0.2, 0.15), (0.4, 0.1))
"""What share of a town's records may be wrong beyond their sources' own, and how likely that is."""
_MOVES = (
    *(Move.NEXT_WEEKDAY, Move.PREVIOUS_WEEKDAY, Move.NEAREST_WEEKDAY),
    *(Move.LATER_IN_WEEK, Move.EARLIER_IN_WEEK),
)
WEEK = 7
_UNMOVED = 0.5
_KNOWN = 0.75
EXCEPTION = 0.02
"""How often a pickup comes on another day, or not at all, for a reason of its own: all see the same."""
REACH = 3
"""So many days before or after its own it then comes, on each as likely."""
_ON, _NEARBY = 1 - EXCEPTION, EXCEPTION / (2 * REACH)


@dataclass(frozen=True, slots=True)
class Model:
    """What is taken for granted before any record is read.

    `wrong`: the chance that a record of each source is wrong. `policy`: the town's own holiday
    policy, empty where it is not known. `defaults`: the default interval of each container in
    weeks, None where it has none; those in `optional` are not everybody's.
    """

    defaults: Mapping[str, int | None]
    optional: frozenset[str] = frozenset()
    policy: Policy = ()
    wrong: Mapping[str, float] = field(default_factory=lambda: WRONG)
    intervals: tuple[int, ...] = tuple(INTERVALS)
    levels: tuple[tuple[float, float], ...] = LEVELS

    def prior(self, container: str) -> Prior:
        """What may be expected of a container; of "", of any that is everybody's."""
        if container:
            return prior(self.defaults.get(container), self.intervals)
        known = [weeks for code in self.main if (weeks := self.defaults[code])]
        return prior(min(known, default=None), self.intervals)

    @property
    def main(self) -> tuple[str, ...]:
        """The containers that everybody has: of one of these a record speaks that names none."""
        return tuple(code for code in self.defaults if code not in self.optional)

    @property
    def circumstances(self) -> tuple[tuple["Circumstance", float], ...]:
        """Every holiday policy with every level of noise, each with its probability."""
        return tuple(
            (Circumstance(policy, level), chance * share)
            for policy, chance in policies(self.policy)
            for level, share in self.levels
        )

    def noises(self, policy: Policy) -> Mapping["Circumstance", float]:
        """How bad records may be under one policy, in place of right ones or besides, with the chances."""
        return {
            Circumstance(policy, level, besides): share / (2 if level else 1)
            for level, share in self.levels
            for besides in ((False, True) if level else (False,))
        }


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What a whole town shares and nobody has told: its holiday policy, and how bad its records are.

    `level`: the share of records that are wrong for reasons of the town. `besides`: they come besides right
    ones, so that all that is known of a place is wrong only if its sources are.
    """

    policy: Policy
    level: float
    besides: bool = False


Places = tuple[tuple[int, int], ...]
"""(place of the interval, place of the candidate) of some candidates."""
Looks = tuple[tuple[float, float], ...]
"""Of the records of one day that say that something came: how wrong they may be, and how much they weigh."""


@dataclass(frozen=True, slots=True)
class Day:
    """What all records of one day say of one container, as logarithms.

    Every candidate has `miss`. Those in `hits` have `near` besides, as if they were weekly, and `rarity` by
    the place of their interval. `hits` holds (place of the interval, place of the candidate) of each;
    `nearby` those that collect within a few days of it.
    """

    day: date
    miss: float
    near: float
    looks: Looks
    hits: Places
    nearby: Places
    rarity: tuple[float, ...]

    def gains(self) -> Iterator[tuple[int, float]]:
        """(candidate, what it has more than a miss) of each candidate that collects on the day."""
        for place, candidate in self.hits:
            yield candidate, self.near + self.rarity[place]

    def gains_of_all(self) -> Iterator[tuple[int, float]]:
        """The same where these are all records of the day: its pickup may have come on another day."""
        hit, nearby = (
            [log_of_mixed(share, self.near + more) for more in self.rarity] for share in (_ON, _NEARBY)
        )
        for place, candidate in self.hits:
            yield candidate, hit[place]
        for place, candidate in self.nearby:
            yield candidate, nearby[place]


@lru_cache(maxsize=1 << 14)
def rarities(looks: Looks, intervals: tuple[int, ...]) -> tuple[float, ...]:
    """What the days of each interval gain by being rarer than those of a weekly rule."""
    return tuple(rarity(looks, weeks) for weeks in intervals)


def rarity(looks: Looks, times: float) -> float:
    """What a day gains that is so many `times` as rare as one of a weekly rule, as a logarithm.

    Only a right record is of a rare day; that a record may be wrong bounds what it can say.
    """
    weight = sum(share for _, share in looks)
    if not weight:
        return 0.0
    gains = (share * math.log(_right(error, times) / _right(error, 1)) for error, share in looks)
    return telling(weight) / weight * sum(gains)


def telling(weight: float) -> float:
    """How much records of one day that weigh so much say of the interval.

    One says what it says. More of the same day say less each: how many people look on a day is not
    how often the truck comes, and how many look differs from day to day.
    """
    return weight if weight <= 1 else math.log2(1 + weight)


@lru_cache(maxsize=256)
def policies(known: Policy) -> tuple[tuple[Policy, float], ...]:
    """The holiday policies a town may have, with their probabilities: its own, none, the usual ones."""
    general = [((), _UNMOVED), *(((Shift(ANY, move),), (1 - _UNMOVED) / len(_MOVES)) for move in _MOVES)]
    if not known:
        return tuple(general)
    return (known, _KNOWN), *((policy, chance * (1 - _KNOWN)) for policy, chance in general)


@dataclass(slots=True, eq=False)
class Calendar:
    """Which candidates collect on a day, after the moves of a policy; each day is found out once."""

    before: Prior
    policy: Policy
    _known: dict[date, Places] = field(default_factory=dict)
    _nearby: dict[date, Places] = field(default_factory=dict)

    def hits(self, day: date) -> Places:
        """(place of the interval, place of the candidate) of each candidate that collects on `day`."""
        if day not in self._known:
            found = (hit for nominal in nominals(day, self.policy) for hit in self.before.on(nominal))
            self._known[day] = tuple(dict.fromkeys(found))
        return self._known[day]

    def nearby(self, day: date) -> Places:
        """The same of each that does not collect on `day`, but a few days before or after."""
        if day not in self._nearby:
            around = (day + timedelta(days=number) for number in range(-REACH, REACH + 1))
            found = dict.fromkeys(hit for other in around for hit in self.hits(other))
            self._nearby[day] = tuple(hit for hit in found if hit not in self.hits(day))
        return self._nearby[day]


def days_of(model: Model, container: str, given: Circumstance) -> Calendar:
    """The days of the candidates of one container."""
    return _calendar(model.prior(container), shifts.for_pickup(given.policy, container, None))


@lru_cache(maxsize=256)
def _calendar(before: Prior, policy: Policy) -> Calendar:
    return Calendar(before, policy)


@lru_cache(maxsize=1 << 16)
def nominals(day: date, policy: Policy) -> tuple[date, ...]:
    """The nominal days whose collection the policy brings to `day`."""
    near = (day + timedelta(days=number) for number in range(-shifts.REACH, shifts.REACH + 1))
    return tuple(nominal for nominal in near if shifts.shift(nominal, policy).day == day)


def days(
    records: Sequence[Evidence], weights: Sequence[float], model: Model, container: str, given: Circumstance
) -> list[Day]:
    """What the records say of one container, day by day, in order."""
    seen = days_of(model, container, given)
    says = {
        (kind, source): _says(kind, wrong(model, source, given))
        for kind, source in {(row.kind, row.source) for row in records}
    }
    sums: dict[date, list[float]] = {}
    all_looks: defaultdict[date, dict[float, float]] = defaultdict(dict)
    for row, weight in zip(records, weights, strict=True):
        miss, near, error = says[row.kind, row.source]
        found, looks = sums.setdefault(row.date, [0.0, 0.0]), all_looks[row.date]
        found[0] += weight * miss
        found[1] += weight * near
        if error is not None:
            looks[error] = looks.get(error, 0.0) + weight
    return [
        Day(day, miss, near, looks, seen.hits(day), seen.nearby(day), rarities(looks, seen.before.intervals))
        for day, (miss, near) in sorted(sums.items())
        for looks in [tuple(sorted(all_looks[day].items()))]
    ]


def wrong(model: Model, source: str, given: Circumstance) -> float:
    """The chance that a record of this source is wrong in a town with such records."""
    return 1 - (1 - model.wrong[source]) * (1 - given.level)


@lru_cache(maxsize=4096)
def _says(kind: Kind, error: float) -> tuple[float, float, float | None]:
    """(log of a miss, what a hit of a weekly rule adds, the error where it tells the interval).

    A right record of a collection is of a day of the rule: of one day in a week, if it were weekly; a
    wrong one of any day. Of a day without a collection, the day is the question and "not" the answer.
    """
    if kind is Kind.NOT_COLLECTED:
        return math.log1p(-error), math.log(error) - math.log1p(-error), None
    return math.log(error), math.log(_right(error, 1)) - math.log(error), error


def _right(error: float, times: float) -> float:
    """How much likelier a record is of a day of a rule than of a random day, where the rule's days are so
    many times as rare as those of a weekly one."""
    return WEEK * times * (1 - error) + error
