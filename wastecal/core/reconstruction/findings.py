"""What does a posterior say to a person: which rules, which records speak for and against, what next?"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wastecal.core.evidence import Evidence, Kind
from wastecal.core.reconstruction import likelihood
from wastecal.core.reconstruction.candidates import Candidate
from wastecal.core.reconstruction.histories import Era
from wastecal.core.reconstruction.likelihood import Circumstance, Model
from wastecal.core.reconstruction.posterior import Posterior

SHOWN_FROM = 0.001
"""Possibilities that are less likely are not worth a line."""
_HORIZON = 56
_ERROR = 0.05


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
class Verdict:
    """The records that agree with what was found, and those that do not."""

    support: tuple[Evidence, ...]
    contradictions: tuple[Evidence, ...]


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
    """The rule of each era, oldest first; of the last one by what is in force now."""
    posteriors = [*(era.posterior for era in eras[:-1]), present]
    stops = [*(era.start for era in eras[1:]), None]
    found = []
    for era, posterior, stop in zip(eras, posteriors, stops, strict=True):
        best = possibilities(posterior)[0]
        found.append(Stretch(best.candidate, best.probability, era.start, stop))
    return tuple(found)


def judge(
    records: Iterable[Evidence], found: Sequence[Stretch], model: Model, container: str, given: Circumstance
) -> Verdict:
    """Which records the rules explain: each by the rule in force on its day, holiday moves included."""
    calendar = likelihood.days_of(model, container, given)
    support: list[Evidence] = []
    against: list[Evidence] = []
    for row in sorted(records, key=lambda row: (row.date, row.source, row.number)):
        hits = {calendar.before.candidates[place] for _, place in calendar.hits(row.date)}
        agrees = (_in_force(found, row.date) in hits) is (row.kind is Kind.COLLECTED)
        (support if agrees else against).append(row)
    return Verdict(tuple(support), tuple(against))


def _in_force(found: Sequence[Stretch], day: date) -> Candidate:
    return next(row.candidate for row in reversed(found) if row.start is None or row.start <= day)


def tells(posterior: Posterior, start: date) -> tuple[Telling, ...]:
    """The days from `start` on, for eight weeks, on which looking tells most; the most telling first.

    On such a day some of the possible rules collect and the others do not.
    """
    days = (start + timedelta(days=number) for number in range(_HORIZON))
    found = [Telling(day, _bits(_chance(posterior, day))) for day in days]
    return tuple(sorted((row for row in found if row.bits > 0.01), key=lambda row: (-row.bits, row.day)))


def worth(posterior: Posterior) -> float:
    """How much likelier, on average, the likeliest rule would be after one more record."""
    return max(sum(_best_after(posterior)) - max(posterior.probabilities), 0.0)


def _best_after(posterior: Posterior) -> Iterator[float]:
    """For each day that a record may be of: its probability together with the rule likeliest then."""
    start = date(2001, 1, 1)
    for number in range(_HORIZON * 3):
        hit = {place for _, place in posterior.before.on(start + timedelta(days=number))}
        yield max(
            chance * _of_day(posterior.before.candidates[place], place in hit)
            for place, chance in enumerate(posterior.probabilities)
        )


def _of_day(candidate: Candidate, hit: bool) -> float:
    """The probability that a record is of this one day, of three times eight weeks."""
    return (_ERROR + (1 - _ERROR) * candidate.spacing * hit) / (_HORIZON * 3)


def _chance(posterior: Posterior, day: date) -> float:
    return sum(posterior.probabilities[place] for _, place in posterior.before.on(day))


def _bits(chance: float) -> float:
    if not 0 < chance < 1:
        return 0.0
    return -chance * math.log2(chance) - (1 - chance) * math.log2(1 - chance)
