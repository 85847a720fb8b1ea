"""Is the posterior of one place what a slow and obvious enumeration gives?"""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.reconstruction import brute_force
from tests.core.reconstruction.brute_force import Seen, World
from wastecal.core import reconstruction
from wastecal.core.evidence import Evidence, Kind, Source
from wastecal.core.reconstruction import Model, findings
from wastecal.core.reconstruction.likelihood import WRONG, policies
from wastecal.core.shifts import Shift

START = date(2025, 11, 24)  # seven weeks over Christmas, New Year and Epiphany
INTERVALS = (1, 2)
WEIGHTS = {1: 4, 2: 8, 4: 4}
LEVELS = ((0.0, 0.7), (0.3, 0.3))
KNOWN = (Shift("Juldagen", "later_in_week"), Shift("*", "none"))
WORLD = World(brute_force.priors(2, INTERVALS, WEIGHTS), policies(KNOWN), LEVELS)
MODEL = Model({"karl-1": 2}, policy=KNOWN, intervals=INTERVALS, levels=LEVELS)

records = st.lists(
    st.builds(
        Evidence,
        date=(st.integers(0, 48) | st.sampled_from((14, 15))).map(lambda day: START + timedelta(days=day)),
        locality=st.just("Holmby"),
        street=st.just("Storgatan"),
        number=st.sampled_from(("", "1", "2")),
        container=st.just("karl-1"),
        kind=st.sampled_from((Kind.COLLECTED, Kind.COLLECTED, Kind.NOT_COLLECTED)),
        source=st.sampled_from((Source.SMS, Source.RESIDENT)),
        sending=st.sampled_from(("", "", "a", "b")),
    ),
    min_size=1,
    max_size=5,
)


def as_seen(rows: list[Evidence], container: str = "karl-1") -> list[Seen]:
    """The records as the enumeration takes them; what agrees, or was sent at once, weighs as one."""
    found = []
    for row in rows:
        alike = sum(1 for other in rows if sight(other) == sight(row))
        sent = sum(1 for other in rows if (other.sending, other.container) == (row.sending, row.container))
        weight = 1 / max(alike, sent if row.sending else 1)
        if row.container == container:
            found.append(Seen(row.date, WRONG[row.source], weight, row.kind is Kind.COLLECTED))
    return found


def sight(row: Evidence) -> tuple[object, ...]:
    return row.date, row.container, row.kind, row.source


def inferred(
    rows: list[Evidence], model: Model = MODEL, container: str = "karl-1"
) -> dict[tuple[int, int], float]:
    present = reconstruction.infer(rows, model)[container].present
    pairs = zip(present.before.candidates, present.probabilities, strict=True)
    return {(rule.interval, rule.phase): chance for rule, chance in pairs}


@settings(max_examples=25)
@given(records)
def test_the_posterior_is_that_of_every_history_counted_out(rows: list[Evidence]) -> None:
    expected = brute_force.posterior(as_seen(rows), WORLD)
    found = inferred(rows)
    assert found.keys() == expected.keys()
    assert max(abs(found[rule] - expected[rule]) for rule in expected) < 1e-9


TWO = Model({"karl-1": 2, "karl-2": 4}, intervals=(1, 2, 4), levels=LEVELS)
TWO_WORLDS = (
    World(brute_force.priors(2, (1, 2, 4), WEIGHTS), policies(()), LEVELS),
    World(brute_force.priors(4, (1, 2, 4), WEIGHTS), policies(()), LEVELS),
)


def seen(day: int, container: str, number: str = "") -> Evidence:
    return Evidence(date(2026, 2, 2) + timedelta(days=day), "Holmby", "Storgatan", number, container)


@settings(max_examples=3)
@given(
    st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True),
    st.lists(st.integers(0, 6), max_size=1),
    st.lists(st.integers(0, 6), max_size=1),
)
def test_records_that_name_no_container_are_weighed_with_every_pair(
    unnamed: list[int], first: list[int], second: list[int]
) -> None:
    """Within one week, so that no Monday lies between and no change can be."""
    rows = [seen(day, "") for day in unnamed]
    rows += [seen(day, "karl-1") for day in first] + [seen(day, "karl-2") for day in second]
    named = (as_seen(rows), as_seen(rows, "karl-2"))
    expected = brute_force.of_pair(named, as_seen(rows, ""), TWO_WORLDS)
    found = inferred(rows, TWO)
    assert max(abs(found[rule] - expected[rule]) for rule in expected) < 1e-9


def test_no_record_gives_no_answer() -> None:
    assert reconstruction.infer([], MODEL) == {}


def test_a_lone_record_leaves_the_interval_open() -> None:
    day = date(2026, 2, 3)
    present = reconstruction.infer([seen(1, "karl-1")], TWO)["karl-1"].present
    found = findings.possibilities(present)
    assert all(row.candidate.is_on(day) for row in found[:3])
    assert {row.candidate.interval for row in found[:3]} == {1, 2, 4}
    assert 0.6 < found[0].probability < 0.9


def test_what_would_tell_is_a_day_on_which_the_possibilities_part() -> None:
    present = reconstruction.infer([seen(1, "karl-1")], TWO)["karl-1"].present
    first = findings.tells(present, date(2026, 2, 9))[0]
    assert first.day.weekday() == 1
    assert first.bits > 0.5


def test_records_of_one_sending_weigh_as_one() -> None:
    """A flood cannot do more than one record of the same days could."""
    flood = [
        Evidence(
            date(2026, 2, 5) + timedelta(days=14 * number),
            "Holmby",
            "Storgatan",
            container="karl-1",
            sending="x",
        )
        for number in range(40)
    ]
    honest = [seen(1 + 14 * number, "karl-1") for number in range(4)]
    present = reconstruction.infer([*honest, *flood], MODEL)["karl-1"].present
    assert findings.possibilities(present)[0].candidate.is_on(date(2026, 2, 3))


def test_a_day_moved_by_a_holiday_is_no_contradiction() -> None:
    """Christmas Day 2025 was a Thursday: its pickup came on Friday, and speaks for Thursdays."""
    days = (date(2025, 11, 27), date(2025, 12, 11), date(2025, 12, 26), date(2026, 1, 9))
    rows = [Evidence(day, "Holmby", "Storgatan", container="karl-1") for day in days[:3]]
    model = Model({"karl-1": 2}, policy=(Shift("Juldagen", "later_in_week"),))
    top = findings.possibilities(reconstruction.infer(rows, model)["karl-1"].present)[0]
    assert top.candidate.is_on(date(2025, 12, 25))
    assert top.probability > 0.9


@pytest.mark.parametrize("change", [date(2026, 1, 5), date(2025, 9, 1)])
def test_a_change_of_weekday_gives_two_rules(change: date) -> None:
    early = [change - timedelta(days=13 + 14 * number) for number in range(5)]  # Tuesdays
    late = [change + timedelta(days=3 + 14 * number) for number in range(5)]  # Thursdays
    rows = [Evidence(day, "Holmby", "Storgatan", container="karl-1") for day in early + late]
    history = reconstruction.infer(rows, Model({"karl-1": 2}))["karl-1"]
    before, after = findings.stretches(history.eras, history.present)
    assert (before.candidate.weekday, after.candidate.weekday) == (1, 3)
    assert before.stop == after.start == change
