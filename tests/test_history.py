"""Do names hold and numbers only rise, whatever is edited in whatever order, and after a rebuild?"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import town
from wastecal import answers, data, words
from wastecal.core import ics
from wastecal.core.answer import Answer
from wastecal.core.directory import Directory
from wastecal.core.options import Options
from wastecal.core.rows import ZoneMove
from wastecal.core.shifts import Shift
from wastecal.feeds import calendar
from wastecal.importing import loading

pytestmark = pytest.mark.django_db

H2 = "holmby/angavagen/4"
SLUGS = (town.H1, H2, "holmby/strandvagen/9", "holmby/storgatan/12b")
Facts = tuple[date, date, str, str, str]


@dataclass
class Witness:
    """A calendar program that has seen every state and forgets no event."""

    numbers: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    answers: dict[str, tuple[bytes, frozenset[tuple[str, Facts]], int]] = field(default_factory=dict)

    def sees(self, answer: Answer) -> None:
        events = {}
        for pickup in (*answer.pickups, *answer.optional_pickups):
            uid = ics.uid(answer, pickup)
            assert uid not in events, "two events of one name"
            events[uid] = facts_of(answer, pickup)
            origin = str(pickup.nominal or pickup.key)
            assert self.origins.setdefault(uid, origin) == origin, "a name used for something else"
            self._compare(uid, events[uid], pickup.sequence)
            assert pickup.sequence <= answer.edit
        self._compare_whole(answer, frozenset(events.items()))

    def _compare(self, uid: str, facts: Facts, sequence: int) -> None:
        before = self.numbers.get(uid, 0)
        assert sequence >= before, "SEQUENCE fell"
        if uid in self.facts and self.facts[uid] != facts:
            assert sequence > before, f"changed without a new SEQUENCE: {self.facts[uid]} {facts}"
        self.numbers[uid], self.facts[uid] = sequence, facts

    def _compare_whole(self, answer: Answer, events: frozenset[tuple[str, Facts]]) -> None:
        said = b"".join(data.render(replace(answer, edit=0, updated=None), lang) for lang in ("sv", "en"))
        before, events_before, number = self.answers.get(answer.place.slug, (b"", frozenset(), 0))
        assert answer.edit >= number
        if (said, events) != (before, events_before):
            assert answer.edit > number, "the bytes changed, the validator did not"
        self.answers[answer.place.slug] = said, events, answer.edit


def facts_of(answer: Answer, pickup: Any) -> Facts:
    shown = words.description(answer, pickup)
    return pickup.date, pickup.last_day, str(pickup.status), ics._status(pickup), shown


def asked(slug: str, as_of: int | None = None) -> Answer | None:
    return answers.for_address(slug, town.TODAY, as_of=as_of)


def rendered(as_of: int | None = None) -> list[tuple[bytes, bytes]]:
    """Feed and JSON of every address, as they were after an Edit."""
    found = [asked(slug, as_of) for slug in SLUGS]
    with translation.override("sv"):
        return [
            (calendar.render(answer, Options(), lang="sv", page="p", source="s"), data.render(answer, "sv"))
            for answer in found
            if answer
        ]


# -- what may be done to a town --------------------------------------------------------------------

State = dict[str, tuple[Any, ...]]
POOLS: dict[str, tuple[Any, ...]] = {
    "rules": (
        *town.RULES,
        town.rule("zone:H2", "12-09"),
        town.rule(f"address:{town.H1}", "12-08", valid_from=town.day("12-20")),
        town.rule(
            "street:holmby/storgatan", "12-11", "FREQ=WEEKLY", provenance=town.GUESSED, probability=0.7
        ),
        town.not_emptied("everyone", "karl-1", valid_from=town.day("2027-02-01")),
    ),
    "overrides": (
        *town.OVERRIDES,
        town.override("move", "12-10", "12-14"),
        town.override("move", "12-10", "12-15", f"address:{town.H1}"),
        town.override("cancel", "12-23", scope="zone:H1"),
        town.override("move", "12-24", "12-28", "zone:H1", reason=town.text("Julhelgen")),
        town.override("move", "12-08", "2028-06-01", "zone:H2"),
        town.override("delay", "12-09", scope="street:holmby/angavagen"),
        town.override("add", "12-15", scope="zone:H2", containers=("karl-1",)),
        *(town.override("add", day, containers=("karl-1",), key="900.1") for day in ("12-15", "12-17")),
    ),
    "notices": (
        *town.NOTICES,
        town.notice("Kort dag.", "12-10", "12-11"),
        town.notice("Flyttat.", "12-14", "12-16", "zone:H1"),
        town.notice("Bara söder.", "12-01", "2027-01-01", "zone:H2"),
        town.notice("Förbi.", "2030-01-01", "2030-02-01"),
    ),
    "shifts": (
        *town.SHIFTS,
        Shift("*", "later_in_week"),
        Shift("Nyårsdagen", "to:2027-01-04", zones=("H1",)),
        Shift(town.day("12-10"), "next_weekday", containers=("karl-1",)),
        Shift("Julafton", "none"),
    ),
    "zone_moves": (
        ZoneMove("holmby/strandvagen/9", "H2", date(2027, 2, 1)),
        ZoneMove(town.H1, "H2", town.day("12-11")),
        ZoneMove(town.H1, "H1", date(2027, 1, 5)),
        ZoneMove(H2, "H1", town.day("11-30")),
    ),
}


def toggled(name: str, index: int) -> Callable[[State], State]:
    """The row is made where it is not, and withdrawn where it is; the policy begins with the newest."""
    row = POOLS[name][index % len(POOLS[name])]

    def edit(state: State) -> State:
        rows = state[name]
        return {
            **state,
            name: tuple(other for other in rows if other != row) if row in rows else (row, *rows),
        }

    return edit


def rezoned(index: int, zone: str) -> Callable[[State], State]:
    def edit(state: State) -> State:
        rows = list(state["addresses"])
        rows[index] = replace(rows[index], zone=zone)
        return {**state, "addresses": tuple(rows)}

    return edit


def renamed(index: int, street: str) -> Callable[[State], State]:
    def edit(state: State) -> State:
        rows = list(state["addresses"])
        rows[index] = replace(rows[index], street=street)
        return {**state, "addresses": tuple(rows)}

    return edit


def settled(**changes: Any) -> Callable[[State], State]:
    return lambda state: {**state, "municipality": (replace(state["municipality"][0], **changes),)}


EDITS = st.one_of(
    st.builds(toggled, st.sampled_from(sorted(POOLS)), st.integers(0, 60)),
    st.builds(toggled, st.just("overrides"), st.integers(0, 60)),
    st.builds(rezoned, st.integers(0, 4), st.sampled_from(["", "H1", "H2"])),
    st.builds(renamed, st.integers(0, 1), st.sampled_from(["Storgatan", "Nygatan", "Ängavägen"])),
    st.builds(
        lambda day, share: settled(holidays_decided_until=day, certain_from=share),
        st.sampled_from([None, town.day("12-01"), date(2027, 1, 4)]),
        st.sampled_from([0.5, 0.95]),
    ),
)


def content(state: State) -> Directory:
    return town.directory(**state)


def start() -> State:
    town.empty()
    return {name: tuple(rows) for name, rows in town.directory().tables.items()}


@contextmanager
def scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@settings(max_examples=16)
@given(st.lists(EDITS, min_size=1, max_size=9))
def test_no_edit_makes_a_number_fall_or_a_change_silent(steps: list[Callable[[State], State]]) -> None:
    state, witness = start(), Witness()
    with translation.override("sv"):
        for hours, step in enumerate([lambda same: same, *steps]):
            state = step(state)
            town.load(content(state), town.NOON + timedelta(hours=hours))
            for slug in SLUGS:
                answer = asked(slug)
                assert answer is not None
                witness.sees(answer)


@settings(max_examples=8)
@given(st.lists(EDITS, min_size=1, max_size=7))
def test_a_rebuild_knows_every_day_of_the_past(steps: list[Callable[[State], State]]) -> None:
    state = start()
    for hours, step in enumerate(steps):
        state = step(state)
        town.load(content(state), town.NOON + timedelta(hours=hours))
    numbers = range(answers.newest_edit() + 1)
    before = [rendered(number) for number in (*numbers, None)]
    with scratch() as folder:
        loading.dump(folder / "one")
        town.empty()
        town.load(town.read(folder / "one"))
        assert [rendered(number) for number in (*numbers, None)] == before
        loading.dump(folder / "two")
        for file in (folder / "one").iterdir():
            assert (folder / "two" / file.name).read_bytes() == file.read_bytes()


def test_as_of_an_edit_says_what_was_said_right_after_it() -> None:
    said = []
    for hours, acting in enumerate([(), town.OVERRIDES[:1], town.OVERRIDES, ()]):
        town.load(town.directory(overrides=acting), town.NOON + timedelta(hours=hours))
        said.append(rendered())
    assert [rendered(number) for number in range(1, 5)] == said
    assert rendered(0) == []


def uids(nominal: str) -> set[tuple[str, date, int]]:
    answer = asked(town.H1)
    assert answer is not None
    return {
        (ics.uid(answer, row), row.date, row.sequence)
        for row in answer.pickups
        if row.nominal == town.day(nominal) and row.container == "karl-1"
    }


def test_a_pickup_moved_and_moved_again_and_back_keeps_its_name() -> None:
    name = "2026-12-10.karl-1.holmby/storgatan/1@holmby.example"
    seen: list[tuple[str, date, int]] = []
    for hours, to in enumerate(["", "12-11", "12-15", ""]):
        said = [town.override("move", "12-10", to, "zone:H1")] if to else []
        town.load(town.directory(overrides=said), town.NOON + timedelta(hours=hours))
        seen += uids("12-10")
    days = [town.day(day) for day in ("12-10", "12-11", "12-15", "12-10")]
    assert seen == [(name, day, number) for number, day in enumerate(days, 1)]


def test_an_override_made_again_adds_another_pickup_with_another_name() -> None:
    extra = town.override("add", "12-15", containers=("karl-1",))
    names = []
    for hours, said in enumerate([[extra], [], [extra]]):
        town.load(town.directory(overrides=said), town.NOON + timedelta(hours=hours))
        answer = asked(town.H1)
        assert answer is not None
        names += [ics.uid(answer, row) for row in answer.pickups if row.nominal is None]
    assert names == [f"{key}.karl-1.holmby/storgatan/1@holmby.example" for key in ("1.1", "3.1")]


def test_what_does_not_concern_an_address_leaves_its_validator_alone() -> None:
    town.load(town.directory())
    first = asked(town.H1)
    other = town.override("cancel", "12-24", scope="zone:H2")
    town.load(town.directory(overrides=[*town.OVERRIDES, other]), town.NOON + timedelta(hours=1))
    second = asked(town.H1)
    assert first is not None
    assert second is not None
    assert (first.edit, second.edit) == (1, 1)
    assert answers.newest_edit() == 2


def test_an_override_raises_only_its_own_pickups_number() -> None:
    town.load(town.directory(overrides=[]))
    town.load(town.directory(overrides=[town.override("cancel", "12-10")]), town.NOON)
    assert {number for *_, number in uids("12-10")} == {2}
    assert {number for *_, number in uids("12-24")} == {1}


def test_a_notice_raises_the_numbers_of_the_days_it_stands_on() -> None:
    town.load(town.directory(notices=[]))
    town.load(town.directory(notices=[town.notice("Snö.", "12-10", "12-23")]), town.NOON)
    assert {number for *_, number in uids("12-10")} == {2}
    assert {number for *_, number in uids("12-24")} == {1}


def test_a_day_ends_at_midnight_in_the_town() -> None:
    town.load(town.directory())
    town.load(town.directory(overrides=()), datetime.fromisoformat("2026-11-24T23:59:59+01:00"))
    town.load(town.directory(rules=()), datetime.fromisoformat("2026-11-25T00:00:00+01:00"))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 11, 24), date(2026, 11, 25)]
    assert [answers.edit_at(day) for day in days] == [0, 1, 2, 3]
