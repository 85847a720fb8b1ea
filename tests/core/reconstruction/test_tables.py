"""Does a table say of a street's records what all its candidates say, each for itself?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wastecal.core.reconstruction import Model
from wastecal.core.reconstruction.tables import Table, Words

PRIOR = Model({"karl-1": 2}).prior("karl-1")
gains = some.dictionaries(some.integers(0, len(PRIOR.candidates) - 1), some.floats(-30, 30), max_size=12)


def table(*said: dict[int, float]) -> Table:
    found = Table(PRIOR)
    for more in said:
        found.join(Words(0.0, more), 1.0)
    return found


@given(known=some.lists(gains, max_size=4), asked=gains, miss=some.floats(-9, 0))
def test_a_table_weighs_every_candidate(
    known: list[dict[int, float]], asked: dict[int, float], miss: float
) -> None:
    logs = [
        math.log(chance) + sum(more.get(place, 0.0) for more in known)
        for place, chance in enumerate(PRIOR.probabilities)
    ]
    before = [math.exp(log - max(logs)) for log in logs]
    after = [chance * math.exp(asked.get(place, 0.0)) for place, chance in enumerate(before)]
    words, found = Words(miss, asked), table(*known)
    assert found.predicts(words) == pytest.approx(miss + math.log(sum(after) / sum(before)), abs=1e-6)
    assert found.tilted(words) == pytest.approx([chance / sum(after) for chance in after], abs=2e-5)


def test_records_that_no_probability_can_tell_still_count() -> None:
    """A candidate with a chance that is no number any more, and records that are surer still."""
    found = table({0: 1600.0})
    tilted = found.tilted(Words(0.0, {5: 1800.0}))
    assert tilted[5] == pytest.approx(1.0)
