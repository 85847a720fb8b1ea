"""Does somebody hear what their own days say, and what those of others add to it?"""

from datetime import date, timedelta

import pytest

from tests.core.reconstruction import brute_force
from tests.core.reconstruction.test_posterior import MODEL, WORLD, as_seen
from wastecal.core import reconstruction
from wastecal.core.evidence import Evidence
from wastecal.core.reconstruction import Asked, Model

THURSDAY = date(2025, 11, 27)
TWO = Model({"karl-1": 2, "karl-2": 4})


def seen(*weeks: int, late: int = 0, container: str = "karl-1", sending: str = "") -> list[Evidence]:
    """Thursdays by their number, or so many days after them."""
    days = (THURSDAY + timedelta(days=7 * week + late) for week in weeks)
    return [Evidence(day, "Holmby", "Storgatan", "", container, sending=sending) for day in days]


def asked(own: list[Evidence], others: list[Evidence], model: Model = TWO) -> Asked:
    return reconstruction.of_house(own, others, model)["karl-1"]


@pytest.mark.parametrize(
    ("own", "others"),
    [
        (seen(0), seen(2, 4)),
        (seen(0, 2), seen(1, 3)),
        (seen(0, 2), seen(0, late=1)),
        (seen(4), seen(0, 2, late=5) + seen(5)),
    ],
)
def test_a_street_counts_by_how_likely_the_house_is_emptied_with_it(
    own: list[Evidence], others: list[Evidence]
) -> None:
    """The law of total probability over "with the street" (97 %) and "by itself", by slow enumeration."""
    both = brute_force.joint(as_seen(own + others), WORLD)
    street = sum(brute_force.joint(as_seen(others), WORLD).values())
    alone = brute_force.joint(as_seen(own), WORLD)
    expected = {rule: 0.97 * both[rule] / street + 0.03 * alone[rule] for rule in both}
    whole = sum(expected.values())
    found = asked(own, others, MODEL).present
    for candidate, chance in zip(found.before.candidates, found.probabilities, strict=True):
        assert chance == pytest.approx(expected[candidate.interval, candidate.phase] / whole, abs=1e-9)


def test_without_others_it_is_what_the_own_days_say() -> None:
    own = seen(0, 2, 4)
    assert asked(own, []).present == reconstruction.infer(own, TWO)["karl-1"].present


def test_what_was_sent_in_before_is_not_counted_twice() -> None:
    own = seen(0, 2, 4)
    assert asked(own, seen(0, 2, 4, sending="1")).present == asked(own, []).present


def test_own_days_weigh_in_full_and_a_flood_of_others_as_one() -> None:
    own = seen(0, 2, 4)
    flood = seen(*range(1, 21, 2), sending="1")
    best = asked(own, flood).possibilities[0]
    assert best.candidate.is_on(THURSDAY)
    assert not best.candidate.is_on(THURSDAY + timedelta(days=7))


def test_a_day_that_does_not_fit_is_named() -> None:
    found = asked(seen(0, 2, 4, 6, 8) + seen(5, late=1), [])
    assert [row.date for row in found.verdict.contradictions] == [THURSDAY + timedelta(days=36)]
    assert len(found.verdict.support) == 5


def test_a_change_gives_the_new_rule_and_says_from_when() -> None:
    before, after = seen(0, 2, 4), seen(7, 9, 11, 13, late=4)  # Thursdays until New Year, then Mondays
    found = asked(before + after, [])
    assert found.stretches[-1].candidate.weekday == 0
    assert found.stretches[-1].start == date(2026, 1, 5)
    assert found.verdict.contradictions == ()


@pytest.mark.parametrize("own", [seen(0), seen(0, 2), seen(0, 8)])
def test_the_days_that_are_said_to_be_wanted_are_enough_and_no_fewer_are(own: list[Evidence]) -> None:
    number = reconstruction.days_wanted(own, "karl-1", TWO, 0.98)
    assert number is not None
    free = [week for week in (6, 4, 2, -2, -4, -6, -8) if not {*seen(week)} & {*own}]
    most = [max(asked(own + seen(*free[:more]), []).present.probabilities) for more in range(number + 1)]
    assert most[-1] >= 0.98
    assert all(chance < 0.98 for chance in most[:-1])


def test_where_days_make_no_pattern_nobody_says_how_many_would() -> None:
    scattered = [row for late in range(13) for row in seen(late * 3, late=late % 5)]
    assert reconstruction.days_wanted(scattered, "karl-1", TWO, 0.95) is None
    assert reconstruction.days_wanted([], "karl-1", TWO, 0.95) is None
