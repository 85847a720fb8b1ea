"""What do the records of one zone say together, and how well would another street's fit to them?"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import mul

from wastecal.core.evidence import Kind
from wastecal.core.reconstruction import likelihood
from wastecal.core.reconstruction.candidates import Prior
from wastecal.core.reconstruction.likelihood import Circumstance, Day, Model
from wastecal.core.reconstruction.logarithms import log_of_more, log_sum
from wastecal.core.reconstruction.units import Unit, Weighed, weighed

_VANISHING = 1e-290
"""Probabilities below are no longer told from 0: their logarithms are summed instead, which takes longer."""
_NOTHING = 1e-300
_STEEP = 700.0
_LARGE = 1e100
_FAR, _OFTEN = 1e3, 200
"""A sum that has fallen so far since it was made, or has changed so often, is made anew."""
_HARDLY = 1e-5
"""How much of a posterior may change that is not made anew."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the records of one street say of one container: `miss` for every candidate, `gains` for
    those besides that some record hits."""

    miss: float
    gains: Mapping[int, float]
    most: float = field(init=False)
    """The most that any candidate gains."""
    weights: tuple[float, ...] = field(init=False)
    """What each of `gains` weighs beside the most; zones are asked of it again and again."""

    def __post_init__(self) -> None:
        most = max(0.0, *self.gains.values()) if self.gains else 0.0
        object.__setattr__(self, "most", most)
        weights = tuple([math.exp(value - most) for value in self.gains.values()])
        object.__setattr__(self, "weights", weights)

    @classmethod
    def of(cls, days: Iterable[Day]) -> "Words":
        miss, gains = 0.0, dict[int, float]()
        for day in days:
            miss += day.miss
            for candidate, value in day.gains():
                gains[candidate] = gains.get(candidate, 0.0) + value
        return cls(miss, gains)

    def besides(self, error: float) -> "Words":
        """The same where wrong records come besides right ones: all are wrong only by a source's `error`."""
        some = math.log1p(-error) - math.log(-math.expm1(self.miss)) + self.miss - math.log(error)
        gains = {
            candidate: log_of_more(some + value + math.log(-math.expm1(-value)))
            for candidate, value in self.gains.items()
            if value > 0
        }
        return Words(math.log(error), gains)

    def __add__(self, other: "Words") -> "Words":
        gains = dict(self.gains)
        for candidate, value in other.gains.items():
            gains[candidate] = gains.get(candidate, 0.0) + value
        return Words(self.miss + other.miss, gains)


Said = Mapping[str, Words]
"""What the records of one street say, by container."""


def read(units: Iterable[Unit], model: Model, given: Circumstance) -> dict[str, Said]:
    """What the records of each unit say under some circumstance."""
    return {
        unit.name: {
            container: _words(rows, model, container, given) for container, rows in unit.evidence.items()
        }
        for unit in units
    }


def _words(rows: Weighed, model: Model, container: str, given: Circumstance) -> Words:
    came = weighed(pair for pair in rows.pairs() if pair[0].kind is Kind.COLLECTED)
    if not given.besides or not came.records:
        return Words.of(likelihood.days(rows.records, rows.weights, model, container, given))
    others = weighed(pair for pair in rows.pairs() if pair[0].kind is not Kind.COLLECTED)
    errors = [model.wrong[row.source] for row in came.records]
    right, rest = (
        Words.of(likelihood.days(part.records, part.weights, model, container, given))
        for part in (came, others)
    )
    return right.besides(sum(errors) / len(errors)) + rest


@dataclass(slots=True, eq=False)
class Table:
    """The posterior over the candidates of one container.

    It is kept as weights, the exponentials of `logs` less `_scale`, and their sum: these follow each street
    that joins or leaves, and are made anew before that costs precision.
    """

    before: Prior
    logs: list[float] = field(init=False)
    _weights: list[float] = field(init=False)
    _sum: float = 1.0
    _scale: float = 0.0
    _most: float = 1.0
    _joined: int = 0
    _shares: list[float] | None = None

    def __post_init__(self) -> None:
        self.logs, self._weights = list(_logs(self.before)), list(self.before.probabilities)

    @property
    def shares(self) -> list[float]:
        if self._shares is None:
            whole = self._sum
            self._shares = [weight / whole for weight in self._weights]
        return self._shares

    @property
    def evidence(self) -> float:
        """The logarithm of the probability of the records, but for what is the same for all candidates."""
        return self._scale + math.log(self._sum)

    @property
    def top(self) -> int:
        """The likeliest candidate."""
        return self.logs.index(max(self.logs))

    def join(self, words: Words, share: float) -> None:
        """Counts a street's records in; with a negative share, out."""
        logs, weights, scale = self.logs, self._weights, self._scale
        more = 0.0
        for candidate, value in words.gains.items():
            log = logs[candidate] + share * value
            weight = math.exp(min(log - scale, _STEEP))
            more += weight - weights[candidate]
            logs[candidate], weights[candidate] = log, weight
        self._sum += more
        self._most = max(self._most, self._sum)
        self._joined += 1
        self._shares = None
        if self._joined > _OFTEN or not self._most / _FAR < self._sum < _LARGE:
            self._make_anew()

    def _make_anew(self) -> None:
        scale = self._scale = max(self.logs)
        self._weights = [math.exp(log - scale) for log in self.logs]
        self._sum = self._most = sum(self._weights)
        self._joined = 0

    def predicts(self, words: Words) -> float:
        """The logarithm of the probability of a street's records, if it has the rule of this table."""
        weights = self._weights
        hit = [weights[candidate] for candidate in words.gains]
        said = sum(map(mul, hit, words.weights))
        whole = (said + max(self._sum - sum(hit), _NOTHING) * math.exp(-words.most)) / self._sum
        if whole < _VANISHING:
            return words.miss + log_sum(self._with_words(words, 1.0)) - self.evidence
        return words.miss + words.most + math.log(whole)

    def tilted(self, words: Words | None, share: float = 1.0) -> list[float]:
        """The posterior with a street's records besides; as it is where they hardly change anything."""
        shares = self.shares
        if words is None or sum([shares[row] for row in words.gains]) < _HARDLY * math.exp(-words.most):
            return shares
        logs = self._with_words(words, share)
        whole = log_sum(logs)
        return [math.exp(value - whole) for value in logs]

    def _with_words(self, words: Words, share: float) -> list[float]:
        logs = list(self.logs)
        for candidate, value in words.gains.items():
            logs[candidate] += share * value
        return logs

    def gain_of_merging(self, other: "Table") -> float:
        """By how much the records of both are likelier under one rule, as a logarithm."""
        return log_sum(self._with(other)) - self.evidence - other.evidence

    def with_other(self, other: "Table") -> int:
        """The likeliest candidate for the records of both."""
        both = self._with(other)
        return both.index(max(both))

    def _with(self, other: "Table") -> list[float]:
        return [
            one + two - math.log(chance)
            for one, two, chance in zip(self.logs, other.logs, self.before.probabilities, strict=True)
        ]


@lru_cache(maxsize=64)
def _logs(before: Prior) -> list[float]:
    return [math.log(chance) for chance in before.probabilities]


@lru_cache(maxsize=64)
def empty(before: Prior) -> Table:
    """A table that nobody sits at; not to be changed."""
    return Table(before)


@dataclass(slots=True, eq=False)
class Zone:
    """Streets that share rules, each with the share of it that sits here; a table for each container.

    `home` is its name in the register, empty for a zone that has only been found.
    """

    number: int
    home: str
    members: dict[str, float] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    size: float = 0.0

    @property
    def occupied(self) -> float:
        """How likely anybody sits here."""
        return 1 - math.prod([max(1 - share, 0.0) for share in self.members.values()])

    def join(self, name: str, said: Said, share: float, model: Model) -> None:
        self.members[name] = self.members.get(name, 0.0) + share
        self.size += share
        for container, words in said.items():
            if container not in self.tables:
                self.tables[container] = Table(model.prior(container))
            self.tables[container].join(words, share)

    def leave(self, name: str, said: Said) -> float:
        """The share that sat here."""
        share = self.members.pop(name)
        self.size = self.size - share if self.members else 0.0
        for container, words in said.items():
            self.tables[container].join(words, -share)
        return share

    def predicts(self, said: Said, model: Model) -> float:
        """The logarithm of the probability of a street's records, were it one of the zone."""
        return sum(
            [
                (self.tables.get(container) or empty(model.prior(container))).predicts(words)
                for container, words in said.items()
            ]
        )

    def fit_better_elsewhere(self, container: str, said: Mapping[str, Said]) -> list[str]:
        """The streets that another candidate explains better than the likeliest: that candidate that
        explains most so much better."""
        top = self.tables[container].top
        better: defaultdict[int, float] = defaultdict(float)
        by_street = {name: gains(said[name], container) for name in self.members}
        for name, share in self.members.items():
            least = by_street[name].get(top, 0.0)
            for candidate, value in by_street[name].items():
                better[candidate] += share * max(value - least, 0.0)
        best = max(better, key=lambda candidate: better[candidate], default=top)
        return [name for name, more in by_street.items() if more.get(best, 0.0) > more.get(top, 0.0)]


def gains(said: Said, container: str) -> Mapping[int, float]:
    """What a street's records say of a container, besides what they say for every candidate."""
    return said[container].gains if container in said else {}


def alone(said: Said, model: Model) -> float:
    """The logarithm of the probability of a street's records, were it a zone of its own."""
    return sum([empty(model.prior(container)).predicts(words) for container, words in said.items()])


def tilted(zone: Zone | None, container: str, said: Said, model: Model, share: float = 1.0) -> list[float]:
    """The posterior of a container in a zone, with what some records say besides."""
    known = zone.tables.get(container) if zone else None
    return (known or empty(model.prior(container))).tilted(said.get(container), share)


def likeliest(said: Said, model: Model) -> tuple[tuple[str, int], ...]:
    """The likeliest candidate of each container, by a street's own records alone."""
    found = []
    for container in sorted(said):
        chances, more = model.prior(container).probabilities, gains(said, container)
        best = max(more, key=lambda candidate: math.log(chances[candidate]) + more[candidate], default=-1)
        found.append((container, best))
    return tuple(found)
