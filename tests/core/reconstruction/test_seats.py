"""Is the prior of the zones' sizes a probability, and does a zone count by how likely anybody sits there?"""

import math
from collections.abc import Iterator

import pytest

from wastecal.core.reconstruction import Model, seats, tables

KINDS = sum(1 / count for count in range(1, 4000))
"""How likely any number of zones is, all together; it is weighed by 1 / number, and never made 1."""


def partitions(streets: int) -> Iterator[list[int]]:
    """The sizes of the groups of every way in which so many streets can be put together."""
    if not streets:
        yield []
        return
    for sizes in partitions(streets - 1):
        yield [*sizes, 1]
        for place, size in enumerate(sizes):
            yield [*sizes[:place], size + 1, *sizes[place + 1 :]]


@pytest.mark.parametrize("even", [0.5, 1.0, 8.0])
@pytest.mark.parametrize("streets", [1, 2, 5, 7])
def test_all_ways_to_put_streets_together_are_as_likely_as_any_number_of_zones(
    streets: int, even: float
) -> None:
    ways = [math.exp(seats.log_of(sizes, len(sizes), even)) for sizes in partitions(streets)]
    assert sum(ways) == pytest.approx(KINDS)


def test_one_more_zone_is_as_likely_as_the_ways_with_it_are() -> None:
    sizes = [4.0, 3.0, 1.0]
    known = seats.learned(sizes, 3)
    more = seats.log_of([*sizes, 1.0], 4, known.even) - seats.log_of(sizes, 3, known.even)
    at_first = seats.log_of([5.0, 3.0, 1.0], 3, known.even) - seats.log_of(sizes, 3, known.even)
    assert math.exp(more - at_first) == pytest.approx(known.new / (4 + known.even), rel=0.2)


def test_a_zone_that_hardly_anybody_sits_at_hardly_counts() -> None:
    without, beside = seats.log_of([10, 10], 2, 1.0), seats.log_of([10, 9.99, 0.01], 2.01, 1.0)
    assert beside == pytest.approx(without, abs=0.1)


def test_a_zone_is_as_occupied_as_it_is_likely_that_anybody_sits_there() -> None:
    zone, model = tables.Zone(0, ""), Model({"karl-1": 2})
    assert zone.occupied == 0
    for name in "ab":
        zone.join(name, {}, 0.5, model)
    assert zone.occupied == pytest.approx(0.75)
    zone.join("c", {}, 1.0, model)
    assert zone.occupied == 1
