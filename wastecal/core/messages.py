"""On which days, by the text messages that somebody pasted, was something collected?

What is not surely a date is none: no telephone number, price or amount becomes one. Each line tells
what was understood of it, so that a person can correct it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from wastecal.core import written_dates

_OLDEST = 20 * 366
_AHEAD = 400
_KL = r"kl(?:\.|ockan)?"
_CLOCK = (
    rf"\(?(?:{_KL}\s*\d{{1,2}}\b"
    rf"|(?:{_KL}|at|,|-|T|·|•)?\s*\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?\s*(?:am|pm)?\b)\)?"
)
_THEN_CLOCK = re.compile(rf"[,\s]*{_CLOCK}[\])]?", re.IGNORECASE)
_CLOCK_FIRST = re.compile(rf"{_CLOCK}[\s,·•-]*", re.IGNORECASE)
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/\d{2},?\s+\d{1,2}:\d{2}(?::\d{2})?\s?[AP]M\b")
_DAY_FIRST = re.compile(r"(?:den|the|on)\s+", re.IGNORECASE)
_NOTHING_ELSE = re.compile(r"[\s\])(.,:;·•<>*-]*")
_LABELS = re.compile(
    r"[\s\[(•>*-]*(?:(?:mottaget|mottagit|skickat|sänt|datum|tid|received|sent|date|sms|mms|imessage|"
    r"text message|textmeddelande|meddelande)\b[\s:·,-]*)*",
    re.IGNORECASE,
)
_COLLECTION = re.compile(r"töm|hämt|collect|empt|pick", re.IGNORECASE)
_BIN = re.compile(r"kärl|tunna|sopor|\bbins?\b|waste|rubbish|garbage|trash", re.IGNORECASE)
_LONGEST_NAME = 60
_BELOW = 4
"""So many lines below a day that stands alone are looked at for the message that came then."""


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
    whole = text.splitlines()
    for number, line in enumerate(whole, 1):
        came, body = _opening(line, today)
        if came is None and (day := _heading(line, today)) and _has_a_message(whole[number:], day, today):
            came, body = day, ""
        if not line.strip() and told:
            received = None
        received = came or received
        head = len(line) - len(body)
        mentions = tuple(_mentions(body, head, received, today))
        if came and not mentions and _COLLECTION.search(body) and not body.rstrip().endswith("?"):
            mentions = (Mention(came, line[:head].strip()),)
        told = bool(mentions) or (told and came is None)
        lines.append(Line(number, line, received, mentions, _containers(line, head, names), came is not None))
    return tuple(lines)


def _heading(line: str, today: date) -> date | None:
    """The day of a line that has nothing else, or ends with a day and a time after what may be a name."""
    start = _start(line)
    for written in written_dates.find(line[start:]):
        before, stop = line[start : start + written.start], start + written.stop
        clock = _THEN_CLOCK.match(line, stop)
        ends = _NOTHING_ELSE.fullmatch(line, clock.end() if clock else stop)
        if ends and (not before or (clock and _is_a_name(before))):
            return written.on(today, known=False)
    return None


def _has_a_message(lines: Sequence[str], day: date, today: date) -> bool:
    """Whether a day that stands alone is when the text below it came: that tells of a collection and of its
    day itself, as nothing does below the days of a list."""
    for line in islice(filter(str.strip, lines), _BELOW):
        if _heading(line, today) or _opening(line, today)[0]:
            return False
        told = any(_mentions(line, 0, day, today))
        if told or _COLLECTION.search(line):
            return told and bool(_COLLECTION.search(line) or any(written_dates.relative(line)))
    return False


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
    rest = line[_start(line) :]
    first = _CLOCK_FIRST.match(rest)
    for written in (*written_dates.find(rest), *written_dates.relative(rest)):
        clock = _THEN_CLOCK.match(rest, written.stop)
        if written.start == 0 and clock:
            if american := _AMERICAN.match(rest):
                written = replace(written, month=int(american[1]), day=int(american[2]))
            return written.on(today, known=written.distance is not None), rest[clock.end() :]
        if first and first.end() == written.start and _NOTHING_ELSE.fullmatch(rest, written.stop):
            return written.on(today, known=written.distance is not None), ""
    return _weekday_opening(rest, today) or (None, line)


def _start(line: str) -> int:
    """Where what a line says of time may begin, after words such as "received" and "on the"."""
    start = labels.end() if (labels := _LABELS.match(line)) else 0
    return first.end() if (first := _DAY_FIRST.match(line, start)) else start


def _is_a_name(text: str) -> bool:
    """Whether this may be who sent a message: it is short, and tells of no collection."""
    return len(text) <= _LONGEST_NAME and not _COLLECTION.search(text) and not _BIN.search(text)


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
