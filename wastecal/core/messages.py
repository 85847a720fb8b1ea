"""On which days, by the text messages that somebody pasted, was something collected?

What is not surely a date is none: no telephone number, price or amount becomes one. Each line tells
what was understood of it, so that a person can correct it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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
    """A day of a collection, and the words that it was read from."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line and what was understood: when the message was received, as far as is known; the days of
    collections; the containers that it names, by their codes."""

    number: int
    text: str
    received: date | None
    mentions: tuple[Mention, ...]
    containers: tuple[str, ...]


def read(
    text: str, today: date, names: Mapping[str, Sequence[str]], *, received: date | None = None
) -> tuple[Line, ...]:
    """What each line says; `names` are those that people call each container by its code.

    `received` is when the text came, where that is known from elsewhere. A line that tells when a
    message came counts for the lines after it, up to the next such line.
    """
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        came, body = _opening(line, today)
        received = came or received
        mentions = tuple(_mentions(body, received, today))
        if came and body.strip() and not mentions and _COLLECTION.search(body):
            mentions = (Mention(came, line[: len(line) - len(body)].strip()),)
        lines.append(Line(number, line, received, mentions, _containers(body, names)))
    return tuple(lines)


def _mentions(body: str, received: date | None, today: date) -> Iterator[Mention]:
    seen = set()
    for written in written_dates.find(body):
        day = written.on(received or today, known=received is not None)
        if day and day not in seen and _is_near(day, today):
            seen.add(day)
            yield Mention(day, body[written.start : written.stop].strip())


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


def _containers(body: str, names: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    said = " ".join(body.casefold().split())
    return tuple(
        code
        for code, called in names.items()
        if any(re.search(rf"\b{re.escape(name.casefold())}\b", said) for name in called)
    )
