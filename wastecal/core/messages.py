"""On which days, by the text messages that somebody pasted, was something collected?

What is not surely a date is none: no telephone number, price or amount becomes one. Each line tells
what was understood of it, so that a person can correct it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from wastecal.core import written_dates

_OLDEST = 20 * 366
_AHEAD = 400
_CLOCK = r"\(?(?:kl\.?|at|,|-|T|·)?\s*\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:am|pm)?\b\)?"
_THEN_CLOCK = re.compile(rf"\s*{_CLOCK}[\])]?", re.IGNORECASE)
_HEADING = re.compile(
    r"[\s\[(•>*-]*(?:(?:mottaget|mottagit|skickat|sänt|datum|tid|received|sent|date|sms|mms|imessage|"
    r"text message|textmeddelande|meddelande)\b[\s:·,-]*)*",
    re.IGNORECASE,
)
_COLLECTION = re.compile(r"töm|hämt|collect|empt|pick", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A day of a collection, the words that it was read from, and where in the line they begin."""

    day: date
    words: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line and what was understood: when the message was received, as far as is known; the days of
    collections; the containers that it names, by their codes, and where it names them first.

    `opens` a message where it tells itself when that came.
    """

    number: int
    text: str
    received: date | None
    mentions: tuple[Mention, ...]
    named: Mapping[str, int]
    opens: bool = False

    @property
    def containers(self) -> tuple[str, ...]:
        return tuple(self.named)

    @property
    def tells_of_a_collection(self) -> bool:
        return _COLLECTION.search(self.text) is not None


def read(
    text: str, today: date, names: Mapping[str, Sequence[str]], *, received: date | None = None
) -> tuple[Line, ...]:
    """What each line says; `names` are those that people call each container by its code.

    `received` is when the text came, where that is known from elsewhere. A line that tells when a
    message came counts for the lines after it, up to the next such line, or to a blank one after a day.
    """
    lines: list[Line] = []
    told = False
    for number, line in enumerate(text.splitlines(), 1):
        came, body = _opening(line, today)
        if not line.strip() and told:
            received = None
        received = came or received
        head = len(line) - len(body)
        mentions = tuple(_mentions(body, head, received, today))
        if came and body.strip() and not mentions and _COLLECTION.search(body):
            mentions = (Mention(came, line[:head].strip()),)
        told = bool(mentions) or (told and came is None)
        lines.append(Line(number, line, received, mentions, _containers(line, head, names), came is not None))
    return tuple(lines)


def _mentions(body: str, head: int, received: date | None, today: date) -> Iterator[Mention]:
    seen = set()
    for written in written_dates.find(body):
        day = written.on(received or today, known=received is not None)
        if day and day not in seen and _is_near(day, today):
            seen.add(day)
            yield Mention(day, body[written.start : written.stop].strip(), head + written.start)


def _is_near(day: date, today: date) -> bool:
    return -_OLDEST <= (day - today).days <= _AHEAD


def _opening(line: str, today: date) -> tuple[date | None, str]:
    """When the message came, where the line begins with that, and the rest of the line."""
    start = heading.end() if (heading := _HEADING.match(line)) else 0
    rest = line[start:]
    for written in (*written_dates.find(rest), *written_dates.relative(rest)):
        clock = _THEN_CLOCK.match(rest, written.stop)
        if written.start == 0 and clock:
            return written.on(today, known=written.distance is not None), rest[clock.end() :]
    return _weekday_opening(rest, today) or (None, line)


def _weekday_opening(rest: str, today: date) -> tuple[date, str] | None:
    """`måndag 18:02`: a day of the last week, as phones show it."""
    weekday = written_dates.leading_weekday(rest)
    clock = re.match(rf"\s*\w+\.?,?\s*{_CLOCK}", rest, re.IGNORECASE)
    if weekday is None or clock is None:
        return None
    return today - timedelta(days=(today.weekday() - weekday) % 7), rest[clock.end() :]


def _containers(line: str, head: int, names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where after `head` each container is named first, in the order of `names`."""
    found = {}
    for code, called in names.items():
        places = [hit.start() for name in called if (hit := _name(name).search(line, head))]
        if places:
            found[code] = min(places)
    return found


@lru_cache(maxsize=256)
def _name(called: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, called.split()))
    return re.compile(rf"\b{words}\b" if words else r"(?!)", re.IGNORECASE)
