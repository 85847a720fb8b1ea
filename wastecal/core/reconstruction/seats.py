"""How likely do streets fall into zones of such sizes, before any record is read?

A mixture with an unknown number of zones (Miller and Harrison 2018): k zones with a weight of 1/k,
a street in each with a chance of its own, drawn from a symmetric Dirichlet distribution. Its
parameter, `even`, says how alike the zones are in size; at 1 any sizes are as likely as others.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from wastecal.core.reconstruction.posterior import log_sum

_EVEN = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
_MOST_ZONES = 4000


@dataclass(frozen=True, slots=True)
class Seats:
    """What a place weighs: one at a zone its streets and `even`, one at a new zone `new`."""

    even: float = 1.0
    new: float = 1.0

    def log_of(self, sizes: Sequence[float]) -> float:
        """How likely these zones are, besides all others, but for what is the same for any."""
        return _log_all(sizes, self.even) + len(sizes) * math.log(self.new / self.even)

    def gain_of_merging(self, one: float, other: float) -> float:
        """By how much one zone is likelier than two of such sizes, as a logarithm."""
        return self.log_of([one + other]) - self.log_of([one, other])


def learned(sizes: Sequence[float], occupied: float) -> Seats:
    """How even zones of these sizes are, and how likely one more is.

    `occupied`: the number of zones in which anybody sits, as expected; no more than there are sizes.
    """
    units, count = round(sum(sizes)), round(occupied)
    even = max(_EVEN, key=lambda value: log_of(sizes, occupied, value))
    more = _log_zones(count + 1, units, even) - _log_zones(count, units, even)
    return Seats(even, even * math.exp(more))


def log_of(sizes: Sequence[float], occupied: float, even: float) -> float:
    """How likely so many streets fall into zones of just these sizes, as a logarithm.

    A zone that hardly anybody sits at by its shares hardly counts: many such would else look like
    many small zones, and be likelier than wrong records.
    """
    units, fewer = round(sum(sizes)), math.floor(occupied)
    more = occupied - fewer
    known = (1 - more) * _log_zones(fewer, units, even) + more * _log_zones(fewer + 1, units, even)
    return known + _log_all(sizes, even)


def _log_all(sizes: Sequence[float], even: float) -> float:
    return sum(_log_seat(size, even) for size in sizes)


def _log_seat(size: float, even: float) -> float:
    return math.lgamma(size + even) - math.lgamma(even)


@lru_cache(maxsize=4096)
def _log_zones(occupied: int, units: int, even: float) -> float:
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
