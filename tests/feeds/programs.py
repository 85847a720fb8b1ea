"""What do calendar programs see in a feed? Each reader gives the events as that program shows them."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import ics
import recurring_ical_events
import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

CLIENTS = Path(__file__).resolve().parent.parent / "clients"
Alarm = tuple[datetime, str]


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """An all-day event as a program shows it; `end` is the day after the last."""

    uid: str
    start: date
    end: date
    summary: str
    text: str
    alarms: tuple[Alarm, ...] = ()


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def calendar(feed: bytes) -> Calendar:
    """The feed as `icalendar` parses it; raises ValueError where it cannot."""
    found = Calendar.from_ical(feed)
    assert isinstance(found, Calendar)
    return found


def with_icalendar(feed: bytes) -> list[Seen]:
    return [_seen(event) for event in calendar(feed).walk("VEVENT")]


def with_recurring_ical_events(feed: bytes) -> list[Seen]:
    """What an agenda from year 1 to 9999 would show."""
    found = recurring_ical_events.of(calendar(feed)).between((2000,), (2100,))
    return [_seen(event) for event in found]


def _seen(event: Any) -> Seen:
    alarms = [
        (midnight(event.start) + row["TRIGGER"].dt, str(row["DESCRIPTION"])) for row in event.walk("VALARM")
    ]
    texts = str(event["SUMMARY"]), str(event["DESCRIPTION"])
    return Seen(str(event["UID"]), event.start, event.end, *texts, tuple(alarms))


def with_ical(feed: bytes) -> list[Seen]:
    """The library in Home Assistant."""
    found = IcsCalendarStream.calendar_from_ics(feed.decode())
    return [_seen_by_ical(event) for event in found.events]


def _seen_by_ical(event: Any) -> Seen:
    alarms = tuple((midnight(event.dtstart) + row.trigger, row.description) for row in event.alarm)
    return Seen(event.uid, event.dtstart, event.dtend, event.summary, event.description, alarms)


def with_ics(feed: bytes) -> list[Seen]:
    return [
        Seen(
            event.uid,
            event.begin.date(),
            event.begin.date() + timedelta(days=round(event.duration / timedelta(days=1))),
            event.name or "",
            event.description or "",
            tuple((event.begin.naive + row.trigger, row.display_text) for row in event.alarms),
        )
        for event in ics.Calendar(feed.decode()).events
    ]


def with_vobject(feed: bytes) -> list[Seen]:
    found = vobject.readOne(feed.decode())
    return [
        Seen(
            event.uid.value,
            event.dtstart.value,
            event.dtend.value,
            event.summary.value,
            event.description.value,
            tuple(
                (midnight(event.dtstart.value) + row.trigger.value, row.description.value)
                for row in event.contents.get("valarm", ())
            ),
        )
        for event in found.contents.get("vevent", ())
    ]


PYTHON: dict[str, Callable[[bytes], list[Seen]]] = {
    "icalendar": with_icalendar,
    "recurring-ical-events": with_recurring_ical_events,
    "ical": with_ical,
    "ics": with_ics,
    "vobject": with_vobject,
}
JAVASCRIPT = ("ical.js", "node-ical")


def in_node(files: Sequence[Path], zone: str) -> dict[str, list[list[Seen]]]:
    """By program: for each file what it shows to a reader in a time zone."""
    node = shutil.which("node")
    assert node, "Node.js is not installed; `make test` installs it as root on Debian, else install it first."
    assert (CLIENTS / "node_modules").is_dir(), (
        "Run `npm ci --ignore-scripts` in tests/clients, or `make test`."
    )
    done = subprocess.run(
        [node, str(CLIENTS / "read.mjs"), *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TZ": zone},
    )
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, list[list[dict[str, Any]]]] = json.loads(done.stdout)
    return {name: [[_from_json(row) for row in feed] for feed in feeds] for name, feeds in found.items()}


def _from_json(row: dict[str, Any]) -> Seen:
    days = (date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))
    alarms = ((datetime.fromisoformat(at), words) for at, words in row["alarms"])
    return Seen(row["uid"], *days, row["summary"], row["text"], tuple(alarms))
