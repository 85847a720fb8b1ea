"""How long does one feed take from its pickups? Beside libraries that build the same events."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import icalendar
import ics as ics_library
from django.utils import translation
from ics.grammar.parse import ContentLine

from bench import rounds, town, year
from bench.rounds import Table
from wastecal.core import answer, ics, spans
from wastecal.core.answer import Answer
from wastecal.core.ics import Calendar, Words
from wastecal.core.options import Options
from wastecal.feeds import calendar

ROUNDS = 60
URL = "https://matby.example/adress/norrby/alvagen/1"


@dataclass(frozen=True, slots=True)
class Event:
    """What an event says, ready made, so that all ways have only iCalendar to write."""

    uid: str
    start: date
    end: date
    summary: str
    text: str


def tables() -> Iterator[Table]:
    content = town.directory()
    asked = answer.of(year.known(content), year.located(content)[0], spans.default(town.TODAY), town.TODAY)
    events = [_event(asked, number) for number in range(len(asked.pickups))]
    by_identity = {
        (pickup.identity, pickup.container): event
        for pickup, event in zip(asked.pickups, events, strict=True)
    }
    said = Words(
        summary=lambda pickup: by_identity[pickup.identity, pickup.container].summary,
        description=lambda pickup: by_identity[pickup.identity, pickup.container].text,
        alarm=lambda _day: "",
        categories="Sophämtning",
    )
    about = Calendar("Sophämtning", "När soporna töms", "sv", URL, URL + ".ics", "Alvägen 1")
    ways = {
        "icalendar, per request": lambda: _by_icalendar(events),
        "ics, per request": lambda: _by_ics(events),
        "wastecal, iCalendar alone": lambda: ics.render(asked, asked.pickups, about, said),
        "wastecal, words too": lambda: _whole(asked),
    }
    question = f"one feed of {len(events)} events"
    yield rounds.by_time(
        "feed", question, rounds.seconds({name: [way] * ROUNDS for name, way in ways.items()})
    )


def _event(asked: Answer, number: int) -> Event:
    pickup = asked.pickups[number]
    text = (
        "restavfall och matavfall\nStäll ut senast 06:00 samma morgon.\nBekräftad\nPåhittad ort, för mätning."
    )
    end = pickup.last_day + timedelta(days=1)
    return Event(ics.uid(asked, pickup), pickup.date, end, f"{pickup.container} töms", text)


def _whole(asked: Answer) -> bytes:
    with translation.override("sv"):
        return calendar.render(asked, Options(), lang="sv", page=URL, source=URL + ".ics")


def _by_icalendar(events: list[Event]) -> bytes:
    made = icalendar.Calendar()
    for name, value in (("prodid", "-//bench//EN"), ("version", "2.0"), ("x-wr-calname", "Sophämtning")):
        made.add(name, value)
    for row in events:
        event = icalendar.Event()
        event.add("uid", row.uid)
        event.add("dtstamp", town.CREATED)
        event.add("last-modified", town.CREATED)
        event.add("sequence", 1)
        event.add("dtstart", row.start)
        event.add("dtend", row.end)
        event.add("summary", row.summary)
        event.add("description", row.text)
        event.add("location", "Alvägen 1")
        event.add("categories", ["Sophämtning"])
        event.add("url", URL)
        event.add("status", "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())


def _by_ics(events: list[Event]) -> bytes:
    made = ics_library.Calendar(creator="-//bench//EN")
    made.extra.append(ContentLine("X-WR-CALNAME", value="Sophämtning"))
    for row in events:
        event = ics_library.Event(
            uid=row.uid,
            begin=row.start.isoformat(),
            name=row.summary,
            description=row.text,
            location="Alvägen 1",
            categories={"Sophämtning"},
            url=URL,
            status="CONFIRMED",
            transparent=True,
            created=None,
            last_modified=town.CREATED,
        )
        event.make_all_day()
        made.events.add(event)
    return str(made.serialize()).encode()
