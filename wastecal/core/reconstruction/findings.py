"""What does a posterior say to a person: which rules, which records speak for and against, what next?"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from wastecal.core.evidence import Evidence, Kind
from wastecal.core.reconstruction import likelihood
from wastecal.core.reconstruction.candidates import Candidate, Prior
from wastecal.core.reconstruction.histories import Era
from wastecal.core.reconstruction.likelihood import Circumstance, Model, Policy
from wastecal.core.reconstruction.posterior import Posterior

SHOWN_FROM = 0.001
"""Possibilities that are less likely are not worth a line."""
_HORIZON = 56
_ROUND = 3 * _HORIZON
_ERROR = 0.05
_NEARLY = 0.8


@dataclass(frozen=True, slots=True)
class Possibility:
    """A rule that could be in force, and how likely it is."""

    candidate: Candidate
    probability: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A rule and the days it was in force, [start, stop); None where no end is known."""

    candidate: Candidate
    probability: float
    start: date | None
    stop: date | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A record before the rule in force on its day: `nominal` is the ordinary day that it is of, None
    where it is of none; a holiday may lie between the two."""

    record: Evidence
    nominal: date | None

    @property
    def agrees(self) -> bool:
        return (self.nominal is not None) is (self.record.kind is Kind.COLLECTED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The records in the order of their days, each as the rules explain it or not."""

    records: tuple[Judged, ...] = ()

    @property
    def support(self) -> tuple[Evidence, ...]:
        return tuple(row.record for row in self.records if row.agrees)

    @property
    def contradictions(self) -> tuple[Evidence, ...]:
        return tuple(row.record for row in self.records if not row.agrees)


@dataclass(frozen=True, slots=True)
class Telling:
    """A day on which to look, and how much that would tell, in bits: 1 where the chances are even."""

    day: date
    bits: float


def possibilities(posterior: Posterior) -> tuple[Possibility, ...]:
    """The rules that could be in force, likeliest first."""
    pairs = zip(posterior.before.candidates, posterior.probabilities, strict=True)
    found = [Possibility(candidate, chance) for candidate, chance in pairs if chance >= SHOWN_FROM]
    return tuple(sorted(found, key=lambda row: (-row.probability, row.candidate)))


def stretches(eras: Sequence[Era], present: Posterior) -> tuple[Stretch, ...]:
    """The rule of each era, oldest first; of the last one by what is in force now.

    Eras with the same rule are one: a change that may have been need not be what is likeliest now.
    """
    posteriors = [*(era.posterior for era in eras[:-1]), present]
    stops = [*(era.start for era in eras[1:]), None]
    found: list[Stretch] = []
    for era, posterior, stop in zip(eras, posteriors, stops, strict=True):
        best = possibilities(posterior)[0]
        is_same = bool(found) and found[-1].candidate == best.candidate
        start = found.pop().start if is_same else era.start
        found.append(Stretch(best.candidate, best.probability, start, stop))
    return tuple(found)


def judge(
    records: Iterable[Evidence], found: Sequence[Stretch], model: Model, container: str, given: Circumstance
) -> Verdict:
    """Which records the rules explain: each by the rule in force on its day, holiday moves included."""
    policy = likelihood.days_of(model, container, given).policy
    ordered = sorted(records, key=lambda row: (row.date, row.source, row.number))
    return Verdict(
        tuple(Judged(row, _nominal(_in_force(found, row.date), row.date, policy)) for row in ordered)
    )


def _nominal(rule: Candidate, day: date, policy: Policy) -> date | None:
    """The rule's own day whose collection comes on `day`; the nearest where there are two."""
    days = [nominal for nominal in likelihood.nominals(day, policy) if rule.is_on(nominal)]
    return min(days, key=lambda nominal: abs(nominal - day), default=None)


def _in_force(found: Sequence[Stretch], day: date) -> Candidate:
    return next(row.candidate for row in reversed(found) if row.start is None or row.start <= day)


def tells(posterior: Posterior, start: date) -> tuple[Telling, ...]:
    """The days from `start` on, for eight weeks, on which looking tells most; the most telling first.

    On such a day some of the possible rules collect and the others do not.
    """
    days = (start + timedelta(days=number) for number in range(_HORIZON))
    found = [Telling(day, _bits(_chance(posterior, day))) for day in days]
    return tuple(sorted((row for row in found if row.bits > 0.01), key=lambda row: (-row.bits, row.day)))


def look_on(found: Sequence[Telling]) -> date | None:
    """The first of the days on which looking tells about as much as on any."""
    return min((row.day for row in found if row.bits > found[0].bits * _NEARLY), default=None)


@lru_cache(maxsize=4096)
def worth(posterior: Posterior) -> float:
    """How much likelier, on average, the likeliest rule would be after one more record.

    For each day that a record may be of: its probability together with the rule that is likeliest then.
    The likeliest of those that do not collect on the day is the likeliest of all, or a better one does.
    """
    chances = posterior.probabilities
    miss = max(chances) * _ERROR
    best = (
        max(miss, *[chances[place] * weight for place, weight in hits]) for hits in _hits(posterior.before)
    )
    return max(sum(best) / _ROUND - max(chances), 0.0)


@lru_cache(maxsize=64)
def _hits(before: Prior) -> tuple[tuple[tuple[int, float], ...], ...]:
    """Of each day of three times eight weeks the candidates that collect on it, and how much likelier a
    record is of it, under each, than if days were drawn at random."""
    start = date(2001, 1, 1)
    return tuple(
        tuple(
            (place, _ERROR + (1 - _ERROR) * before.candidates[place].spacing)
            for _, place in before.on(start + timedelta(days=number))
        )
        for number in range(_ROUND)
    )


def _chance(posterior: Posterior, day: date) -> float:
    return sum(posterior.probabilities[place] for _, place in posterior.before.on(day))


def _bits(chance: float) -> float:
    if not 0 < chance < 1:
        return 0.0
    return -chance * math.log2(chance) - (1 - chance) * math.log2(1 - chance)
