"""Do calendar programs read a feed alike, and as the answer says?"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from django.utils import translation

from tests import town
from tests.feeds import programs, trials
from tests.feeds.programs import Alarm, Seen
from tests.feeds.trials import Trial
from wastecal import words
from wastecal.core import ics
from wastecal.core.ics import Calendar, Words
from wastecal.core.pickup import Pickup, Status
from wastecal.core.spans import Span

TRIALS = trials.all_trials()
ZONES = ("Europe/Stockholm", "America/Los_Angeles", "Pacific/Kiritimati")


def expected(trial: Trial) -> list[Seen]:
    """What the answer itself says that each program should show."""
    with translation.override(trial.lang):
        return sorted(
            Seen(
                ics.uid(trial.answer, pickup),
                pickup.date,
                pickup.last_day + timedelta(days=1),
                ics.clean(words.summary(trial.name(pickup), pickup)),
                ics.clean(words.description(trial.answer, pickup)),
                tuple(alarms(trial, pickup)),
            )
            for pickup in trial.pickups
        )


def alarms(trial: Trial, pickup: Pickup) -> Iterator[Alarm]:
    that_day = [other for other in trial.pickups if other.comes and other.date == pickup.date]
    reminder = trial.options.reminder
    if reminder is None or pickup not in that_day[:1]:
        return
    rings = datetime.combine(pickup.date - timedelta(days=reminder.days_before), reminder.at)
    names = words.listing(dict.fromkeys(map(trial.name, that_day)))
    yield rings, ics.clean(f"Put out: {names}" if trial.lang == "en" else f"Ställ ut: {names}")


@pytest.fixture(scope="module")
def in_node(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[list[Seen]]]]:
    """By time zone and program: what each trial looks like, in the order of the trials."""
    folder = tmp_path_factory.mktemp("feeds")
    files = [folder / f"{number}.ics" for number in range(len(TRIALS))]
    for file, trial in zip(files, TRIALS.values(), strict=True):
        file.write_bytes(trial.feed)
    return {zone: programs.in_node(files, zone) for zone in ZONES}


def test_the_trials_hold_every_status() -> None:
    pickups = TRIALS["svenska"].pickups
    assert {pickup.status for pickup in pickups} == set(Status)
    assert any(pickup.tentative for pickup in pickups)
    assert any(pickup.preliminary for pickup in pickups)
    assert any(pickup.date_until for pickup in pickups)


def test_the_trials_ask_for_every_alarm() -> None:
    rung = {
        at.time().isoformat("minutes")
        for trial in TRIALS.values()
        for row in expected(trial)
        for at, _ in row.alarms
    }
    assert rung == {"18:00", "06:30", "00:00", "19:30"}


@pytest.mark.parametrize("program", programs.PYTHON)
@pytest.mark.parametrize("name", TRIALS)
def test_a_program_in_python_shows_what_the_answer_says(
    name: str, program: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        seen = programs.PYTHON[program](TRIALS[name].feed)
    assert sorted(seen) == expected(TRIALS[name])
    assert caplog.messages == []


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("program", programs.JAVASCRIPT)
def test_a_program_in_javascript_shows_what_the_answer_says(
    in_node: dict[str, dict[str, list[list[Seen]]]], program: str, zone: str
) -> None:
    for seen, (name, trial) in zip(in_node[zone][program], TRIALS.items(), strict=True):
        assert sorted(seen) == expected(trial), name


@pytest.mark.parametrize("name", TRIALS)
def test_a_feed_is_read_without_a_fault_by_the_strictest(name: str) -> None:
    read = programs.calendar(TRIALS[name].feed)
    assert [fault for part in read.walk() for fault in part.errors] == []


# Every way in which three of the characters that mean something to some program can meet.
SIGNS = ("\\", "n", "N", ",", ";", "\n")
MEETINGS = ["x" + "".join(signs) + "." for signs in product(SIGNS, repeat=3)]


def feed_of(texts: list[str]) -> bytes:
    """A feed with one of the texts on each day."""
    span = Span(town.TODAY, town.TODAY + timedelta(days=len(texts)))
    answer = town.answer(
        span=span, rules=(town.rule(anchor="11-23", rrule="FREQ=DAILY"),), shifts=(), overrides=(), notices=()
    )
    by_day = dict(zip((pickup.date for pickup in answer.pickups), texts, strict=True))
    said = Words(
        summary=lambda pickup: by_day[pickup.date],
        description=lambda pickup: by_day[pickup.date],
        alarm=lambda day: by_day[day[0].date],
        categories="",
    )
    calendar = Calendar("x", "x", "sv", trials.PAGE, trials.PAGE, "x", ics.Reminder(town.NOON.time()))
    return ics.render(answer, answer.pickups, calendar, said)


def test_every_program_reads_every_meeting_of_signs_alike(tmp_path: Path) -> None:
    feed = feed_of(MEETINGS)
    (tmp_path / "feed.ics").write_bytes(feed)
    seen = {name: read(feed) for name, read in programs.PYTHON.items()}
    seen |= {name: feeds[0] for name, feeds in programs.in_node([tmp_path / "feed.ics"], ZONES[0]).items()}
    wanted = [ics.clean(text) for text in MEETINGS]
    for name, events in seen.items():
        events.sort(key=lambda event: event.start)
        assert [event.summary for event in events] == wanted, name
        assert [event.text for event in events] == wanted, name
        assert [words for event in events for _at, words in event.alarms] == wanted, name
