"""How likely do streets fall into zones of such sizes, before any record is read?

A mixture with an unknown number of zones (Miller and Harrison 2018): k zones with a weight of 1/k,
a street in each with a chance of its own, drawn from a symmetric Dirichlet distribution. Its
parameter, `even`, says how alike the zones are in size; at 1 any sizes are as likely as others.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from wastecal.core.reconstruction.logarithms import log_sum

_EVEN = tuple(2.0**power for power in range(-1, 11))
"""From zones of any sizes to zones of one size: that a tour fills a day makes them alike."""
_MOST_ZONES = 4000


@dataclass(frozen=True, slots=True)
class Seats:
    """What a place weighs: one at a zone its streets and `even`, one at a new zone `new`."""

    even: float = 1.0
    new: float = 1.0

    def log_of(self, sizes: Sequence[float]) -> float:
        """How likely these zones are, besides all others, but for what is the same for any."""
        return log_of_sizes(sizes, self.even) + len(sizes) * math.log(self.new / self.even)

    def gain_of_merging(self, one: float, other: float) -> float:
        """By how much one zone is likelier than two of such sizes, as a logarithm."""
        return self.log_of([one + other]) - self.log_of([one, other])


def chances_of_even(sizes: Sequence[float]) -> dict[float, float]:
    """How likely it is that zones are as even as that, given what they are, none more so before."""
    logs = {even: log_of(sizes, len(sizes), even) for even in _EVEN}
    whole = log_sum(list(logs.values()))
    return {even: math.exp(log - whole) for even, log in logs.items()}


def learned(sizes: Sequence[float], occupied: float) -> Seats:
    """How even zones of these sizes are, and how likely one more is.

    `occupied`: the number of zones in which anybody sits, as expected; no more than there are sizes.
    """
    even = max(_EVEN, key=lambda value: log_of(sizes, occupied, value))
    return Seats(even, math.exp(log_of_new(round(occupied), round(sum(sizes)), even)))


def log_of_new(count: int, units: int, even: float) -> float:
    """What one at a new zone weighs beside `count` others, as a logarithm."""
    more = log_of_count(count + 1, units, even) - log_of_count(count, units, even)
    return math.log(even) + more


def log_of(sizes: Sequence[float], occupied: float, even: float) -> float:
    """How likely so many streets fall into zones of just these sizes, as a logarithm.

    A zone that hardly anybody sits at by its shares hardly counts: many such would else look like
    many small zones, and be likelier than wrong records.
    """
    units, fewer = round(sum(sizes)), math.floor(occupied)
    more = occupied - fewer
    known = (1 - more) * log_of_count(fewer, units, even) + more * log_of_count(fewer + 1, units, even)
    return known + log_of_sizes(sizes, even)


def log_of_sizes(sizes: Sequence[float], even: float) -> float:
    """The part of the prior that knows sizes."""
    return sum(_log_seat(size, even) for size in sizes)


def _log_seat(size: float, even: float) -> float:
    return math.lgamma(size + even) - math.lgamma(even)


@lru_cache(maxsize=4096)
def log_of_count(occupied: int, units: int, even: float) -> float:
    """The part that knows no sizes: a sum over how many zones there are."""
    most = max(_MOST_ZONES, 2 * occupied)
    return log_sum(
        [
            *(
                math.lgamma(count + 1)
                - math.lgamma(count - occupied + 1)
                - math.log(count)
                + math.lgamma(even * count)
                - math.lgamma(even * count + units)
                for count in range(max(occupied, 1), most)
            )
        ]
    )
