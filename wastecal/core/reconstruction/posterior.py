"""Which rule is in force, given what was seen at one place? Exact, over all candidates and one change.

The history of a place is one rule throughout, or one rule until a Monday and another from it on.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import mul

from wastecal.core import spans
from wastecal.core.reconstruction.candidates import Prior
from wastecal.core.reconstruction.likelihood import Day
from wastecal.core.reconstruction.logarithms import log_sum

YEARLY = 0.02
"""How likely a change of rule is in a year, on any of its Mondays."""
AT_NEW_YEAR = 0.02
"""How likely it is, besides, on the first Monday of a year."""
_WEEKS = 52.1775
_NEGLIGIBLE = math.log(1e-18)
_LARGE = 1e100
_STEEP = 600.0


@dataclass(frozen=True, slots=True)
class Change:
    """A rule gave way to another between two days that records are of: after `last`, by `first`."""

    last: date
    first: date
    probability: float

    @property
    def monday(self) -> date:
        """The likeliest first day of the new rule: at New Year if it may be, else in the week of `first`."""
        new_year = spans.monday(date(self.first.year, 1, 7))
        return new_year if self.last < new_year <= self.first else spans.monday(self.first)


@dataclass(frozen=True, slots=True)
class Posterior:
    """The probability of each candidate of `before` to be in force at the last record.

    `evidence` is the logarithm of the probability of all the records against random days;
    `changed` how likely any change is, `change` the likeliest place for one.
    """

    before: Prior
    probabilities: tuple[float, ...]
    evidence: float
    changed: float = 0.0
    change: Change | None = None


def chance_of_change(last: date, first: date) -> float:
    """How likely a new rule begins on a Monday after `last` and by `first`, against no change at all."""
    monday = last + timedelta(days=7 - last.weekday())
    total = 0.0
    while monday <= first:
        total += YEARLY / _WEEKS + (AT_NEW_YEAR if monday.month == 1 and monday.day <= 7 else 0.0)
        monday += timedelta(days=7)
    return total


def of_days(before: Prior, days: Sequence[Day]) -> Posterior:
    """The posterior from what the records of each day say, in order."""
    start = tuple(map(math.log, before.probabilities))
    ahead = list(_cumulated(start, days))
    back = list(_cumulated(start, days[::-1]))[::-1]
    histories = [_History(None, ahead[-1].logs, ahead[-1].total)] if ahead else [_History(None, start, 0.0)]
    histories += _changes(days, ahead, back)
    evidence = log_sum([history.total for history in histories])
    changes = [history for history in histories if history.change]
    return Posterior(
        before,
        _shares((history.logs, history.total - evidence) for history in histories),
        evidence - math.log1p(sum(history.chance for history in changes)),
        sum(math.exp(history.total - evidence) for history in changes),
        _likeliest(changes, evidence),
    )


def nothing(before: Prior) -> Posterior:
    """Where no record says anything: the prior."""
    return Posterior(before, before.probabilities, 0.0)


def mixed(parts: Sequence[tuple[Posterior, float]]) -> Posterior:
    """One posterior of several, each with the logarithm of its weight."""
    whole = log_sum([weight for _, weight in parts])
    shares = [math.exp(weight - whole) for _, weight in parts]
    likeliest = parts[shares.index(max(shares))][0]
    columns = zip(*(part.probabilities for part, _ in parts), strict=True)
    return Posterior(
        likeliest.before,
        tuple(sum(map(mul, column, shares)) for column in columns),
        whole,
        sum(part.changed * share for (part, _), share in zip(parts, shares, strict=True)),
        likeliest.change,
    )


@dataclass(frozen=True, slots=True)
class _Sum:
    """What all records of some days say together: the logarithm of each candidate's prior times its
    likelihood, but for what is the same for all; and the logarithm of the sum, with it."""

    logs: tuple[float, ...]
    total: float


@dataclass(frozen=True, slots=True)
class _History:
    """One way it may have gone: the rule in force by `logs`, after a change or without one."""

    change: tuple[date, date] | None
    logs: tuple[float, ...]
    total: float
    chance: float = 0.0


def _cumulated(start: Sequence[float], days: Sequence[Day]) -> Iterator[_Sum]:
    """After each of the days: what all records up to it say.

    The sum is kept up with each day, and made anew where keeping it up would cost precision.
    """
    logs, same = list(start), 0.0
    top, whole = _topped(logs)
    for day in days:
        before = whole
        same += day.miss
        for candidate, gain in day.gains_of_all():
            old = math.exp(logs[candidate] - top)
            logs[candidate] += gain
            whole = whole + math.exp(min(logs[candidate] - top, _STEEP)) - old
        if not before / 2 < whole < _LARGE:
            top, whole = _topped(logs)
        yield _Sum(tuple(logs), same + top + math.log(whole))


def _topped(logs: Sequence[float]) -> tuple[float, float]:
    """The largest, and the sum of what all are the logarithms of, in units of the largest."""
    top = max(logs)
    return top, sum([math.exp(log - top) for log in logs])


def _changes(days: Sequence[Day], ahead: Sequence[_Sum], back: Sequence[_Sum]) -> Iterator[_History]:
    for place in range(1, len(days)):
        last, first = days[place - 1].day, days[place].day
        if chance := chance_of_change(last, first):
            total = math.log(chance) + ahead[place - 1].total + back[place].total
            yield _History((last, first), back[place].logs, total, chance)


def _shares(parts: Iterable[tuple[Sequence[float], float]]) -> tuple[float, ...]:
    """The probabilities from logarithms that are each right but for a factor, and those of their shares."""
    values: list[float] = []
    for logs, share in parts:
        if share > _NEGLIGIBLE or not values:
            scale = share - log_sum(logs)
            more = [math.exp(log + scale) for log in logs]
            values = [one + other for one, other in zip(values, more, strict=True)] if values else more
    whole = sum(values)
    return tuple(value / whole for value in values)


def _likeliest(changes: Sequence[_History], evidence: float) -> Change | None:
    best = max(changes, key=lambda history: history.total, default=None)
    if best is None or best.change is None:
        return None
    return Change(*best.change, math.exp(best.total - evidence))
