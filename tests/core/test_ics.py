"""Is every feed valid, whatever is said in it, and does it say each thing where it belongs?"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar as Parsed

from tests import town
from wastecal.core import ics
from wastecal.core.answer import Answer
from wastecal.core.ics import Calendar, Reminder, Words
from wastecal.core.pickup import Pickup, Status
from wastecal.core.spans import Span

EVENING = Reminder(time(18, 0))
# All there is: control characters, lone surrogates and non-characters too.
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=300) | st.text(
    st.sampled_from("\\,;:\"'\r\n\t nN\x00\x1f\x85\u2028\u2029\ud800\udfffåö🗑\u0301=@"), max_size=300
)
WEEKS = town.answer(span=Span(date(2026, 11, 23), date(2026, 12, 20)))


def words(text: str) -> Words:
    return Words(lambda _pickup: text, lambda _pickup: text, lambda _day: text, text)


def calendar(text: str = "Holmby", reminder: Reminder | None = EVENING) -> Calendar:
    return Calendar(
        text, text, "sv", f"https://a.example/{text}", f"https://a.example/{text}", text, reminder
    )


def feed(text: str, answer: Answer = WEEKS, reminder: Reminder | None = EVENING) -> bytes:
    return ics.render(answer, answer.pickups, calendar(text, reminder), words(text))


def parsed(content: bytes) -> Any:
    """What the `icalendar` library reads, without a fault."""
    found = Parsed.from_ical(content)
    assert [fault for part in found.walk() for fault in part.errors] == []
    return found


def test_a_plain_feed_is_exactly_this() -> None:
    only = replace(WEEKS, pickups=WEEKS.pickups[:1])
    lines = feed("Kärl; 1, B\\C\nD", only).decode().split("\r\n")
    assert lines[lines.index("BEGIN:VEVENT") :] == [
        "BEGIN:VEVENT",
        "UID:2026-11-26.karl-1.holmby/storgatan/1@holmby.example",
        "DTSTAMP:20261123T110000Z",
        "LAST-MODIFIED:20261123T110000Z",
        "SEQUENCE:1",
        "DTSTART;VALUE=DATE:20261126",
        "DTEND;VALUE=DATE:20261127",
        "SUMMARY;LANGUAGE=sv:Kärl\\; 1\\, B\\\\C\\nD",
        "DESCRIPTION;LANGUAGE=sv:Kärl\\; 1\\, B\\\\C\\nD",
        "LOCATION:Kärl\\; 1\\, B\\\\C\\nD",
        "CATEGORIES;LANGUAGE=sv:Kärl\\; 1\\, B\\\\C\\nD",
        "URL;VALUE=URI:https://a.example/K%C3%A4rl;%201,%20B%5CC%0AD",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Kärl\\; 1\\, B\\\\C\\nD",
        "TRIGGER:-PT6H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@given(ANYTHING)
@example("\ud83d\x00\u2028\r\nATTENDEE:mailto:a@b.example")
@example("\r\nEND:VEVENT\r\nBEGIN:VEVENT")
def test_any_text_leaves_the_feed_whole(text: str) -> None:
    read = parsed(feed(text))
    wanted = ics.clean(text)
    events = read.walk("VEVENT")
    assert len(events) == len(WEEKS.pickups)
    for event in events:
        assert (str(event["SUMMARY"]), str(event["DESCRIPTION"]), str(event["LOCATION"])) == (wanted,) * 3
    assert {str(alarm["DESCRIPTION"]) for alarm in read.walk("VALARM")} == {wanted}


@given(ANYTHING)
@example("ö" * 300)
@example("a" + "🗑" * 100)
def test_any_text_is_folded_at_75_octets_and_never_inside_a_character(text: str) -> None:
    content = feed(text)
    assert content.endswith(b"\r\n")
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", content)
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


@given(ANYTHING)
def test_no_control_character_gets_into_a_feed(text: str) -> None:
    characters = set(feed(text).decode().replace("\r\n", ""))
    assert not {one for one in characters if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp")} - {"\t"}


@given(ANYTHING)
def test_cleaning_takes_nothing_that_can_be_seen(text: str) -> None:
    kept = [one for one in text if unicodedata.category(one)[0] not in "CZ"]
    seen = [one for one in ics.clean(text) if unicodedata.category(one)[0] not in "CZ"]
    assert "".join(seen).replace("\N{SET MINUS}", "\\") == "".join(kept).replace("\N{SET MINUS}", "\\")
    assert ics.clean(ics.clean(text)) == ics.clean(text)


@given(ANYTHING)
@example("Sophämtning, Storgatan 1; 2\\3\n235 00 Holmby,")
def test_a_calendar_is_named_in_characters_that_no_program_has_to_unescape(text: str) -> None:
    lines = parsed(feed(text)).to_ical().decode().replace("\r\n ", "").split("\r\n")
    names = [line for line in lines if line.startswith(("NAME", "X-WR-CALNAME"))]
    assert names == [f"NAME;LANGUAGE=sv:{ics.title(text)}", f"X-WR-CALNAME:{ics.title(text)}"]
    assert not set("\\,;\n") & set(ics.title(text))


def test_a_calendars_name_still_says_where() -> None:
    assert ics.title("Sophämtning, Storgatan 1, 235 00 Holmby") == "Sophämtning · Storgatan 1 · 235 00 Holmby"


@given(ANYTHING)
def test_the_same_answer_gives_the_same_bytes(text: str) -> None:
    assert feed(text) == feed(text, replace(WEEKS, today=WEEKS.today + timedelta(days=1)))


@pytest.mark.parametrize("reminder", [None, EVENING])
def test_a_feed_without_pickups_still_holds_something(reminder: Reminder | None) -> None:
    content = feed("Ängavägen", replace(WEEKS, pickups=()), reminder)
    assert [part.name for part in parsed(content).walk()] == ["VCALENDAR", "VTIMEZONE", "STANDARD"]
    assert b"VTIMEZONE" not in feed("Ängavägen")


@pytest.mark.parametrize(
    ("at", "days_before", "trigger"),
    [
        ("18:00", 1, "-PT6H"),
        ("19:30", 1, "-PT4H30M"),
        ("23:59", 1, "-PT1M"),
        ("06:30", 1, "-PT17H30M"),
        ("00:00", 1, "-PT24H"),
        ("06:30", 0, "PT6H30M"),
        ("00:05", 0, "PT5M"),
        ("00:00", 0, "PT0M"),
        ("23:59", 0, "PT23H59M"),
    ],
)
def test_an_alarm_rings_at_its_time(at: str, days_before: int, trigger: str) -> None:
    reminder = Reminder(time.fromisoformat(at), days_before)
    assert reminder.trigger == trigger
    alarm = parsed(feed("x", reminder=reminder)).walk("VALARM")[0]
    rings = datetime(2026, 11, 26) + alarm["TRIGGER"].dt
    assert rings == datetime.combine(date(2026, 11, 26 - days_before), reminder.at)


def named(day: Sequence[Pickup]) -> str:
    return "+".join(pickup.container for pickup in day)


def alarms(answer: Answer) -> dict[str, str]:
    """What is rung for, by the UID of the event that holds the alarm."""
    said = replace(words("x"), alarm=named)
    read = parsed(ics.render(answer, answer.pickups, calendar(), said))
    return {
        str(event["UID"]): str(row["DESCRIPTION"])
        for event in read.walk("VEVENT")
        for row in event.walk("VALARM")
    }


def uid(start: str) -> str:
    return f"{start}.holmby/storgatan/1@holmby.example"


def test_one_alarm_a_day_names_every_container() -> None:
    assert alarms(WEEKS) == {uid("2026-11-26.karl-1"): "karl-1+karl-2", uid("2026-12-10.karl-1"): "karl-1"}


@pytest.mark.parametrize("kind", ["cancel", "delay"])
def test_nothing_rings_for_what_does_not_come(kind: str) -> None:
    off = town.override(kind, "11-26", containers=("karl-1",), key="2.1")
    answer = town.answer(span=WEEKS.span, overrides=(off,))
    assert alarms(answer) == {uid("2026-11-26.karl-2"): "karl-2", uid("2026-12-10.karl-1"): "karl-1"}


def test_no_alarm_is_there_that_nobody_asked_for() -> None:
    assert parsed(feed("x", reminder=None)).walk("VALARM") == []


def test_two_pickups_of_one_container_on_one_day_are_two_events_and_one_alarm() -> None:
    extra = town.override("add", "11-26", containers=("karl-1",), key="2.1")
    answer = town.answer(span=WEEKS.span, overrides=(extra,))
    rung = alarms(answer)
    assert len({ics.uid(answer, pickup) for pickup in answer.pickups}) == len(answer.pickups)
    assert sorted(rung.values()) == ["karl-1", "karl-1+karl-1+karl-2"]


def status(**changes: Any) -> str:
    pickup = replace(WEEKS.pickups[0], **changes)
    answer = replace(WEEKS, pickups=(pickup,))
    return str(parsed(feed("x", answer)).walk("VEVENT")[0]["STATUS"])


def test_the_status_says_how_sure_it_is() -> None:
    assert status() == "CONFIRMED"
    assert status(tentative=True) == "TENTATIVE"
    assert status(preliminary=True) == "TENTATIVE"
    assert status(status=Status.CANCELLED, preliminary=True) == "CANCELLED"
    assert status(status=Status.DELAYED) == "CANCELLED"
    assert status(status=Status.MOVED) == "CONFIRMED"


def test_a_window_reaches_to_the_day_after_its_last() -> None:
    until = replace(WEEKS.pickups[0], date_until=date(2026, 12, 31))
    event = parsed(feed("x", replace(WEEKS, pickups=(until,)))).walk("VEVENT")[0]
    assert (event.start, event.end) == (date(2026, 11, 26), date(2027, 1, 1))


def test_a_moved_pickup_keeps_its_uid() -> None:
    moved = replace(WEEKS.pickups[0], date=date(2026, 11, 28), status=Status.MOVED)
    assert ics.uid(WEEKS, moved) == ics.uid(WEEKS, WEEKS.pickups[0])


@pytest.mark.parametrize("day", [date(1, 1, 1), date(999, 12, 31), date(9999, 12, 30)])
def test_days_at_the_ends_of_the_calendar_have_eight_digits(day: date) -> None:
    content = feed("x", replace(WEEKS, pickups=(replace(WEEKS.pickups[0], date=day),)))
    assert f"DTSTART;VALUE=DATE:{day.isoformat().replace('-', '')}\r\n".encode() in content


def test_the_last_day_of_the_calendar_can_be_said() -> None:
    content = feed("x", replace(WEEKS, pickups=(replace(WEEKS.pickups[0], date=date.max),)))
    assert b"DTSTART;VALUE=DATE:99991231\r\n" in content
