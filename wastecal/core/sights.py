"""Of which collections does a pasted text tell, and what in it was not understood?

Lines are put together here as people read them: a container named in one line of a message is that of
its other lines, and a line with nothing but a container's name is a heading for those after it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wastecal.core import messages, written_dates
from wastecal.core.evidence import Source
from wastecal.core.messages import Line, Mention

_NONE = re.compile(
    r"\b(?:inte|ej)\s+(?:kunnat\s+|kunde\s+|att\s+|bli\s+|blivit\s+)*(?:töm|hämt)"
    r"|\b(?:töm|hämt)\w*\s+(?:inte|ej)\b|\bingen\s+(?:\w+\s+)?(?:töm|hämt)"
    r"|\binställ[dt]|\bställs in\b|\butebl"
    r"|\bnot\s+(?:be\s+|been\s+)?(?:empti|collect|pick)|\bno\s+(?:\w+\s+)?collection\b|\bcancel",
    re.IGNORECASE,
)
_MOVED = re.compile(r"flytta|ändra|moved?\b|instead|i stället|istället", re.IGNORECASE)
_FROM = re.compile(r"(?:från|from|i ?stället för|instead of)\s+(?:den\s+|the\s+)?$", re.IGNORECASE)
_DONE = re.compile(r"\b(?:tömt|tömts|tömd|tömdes|hämtat|hämtats|hämtades|emptied|collected)\b", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:ska|skall|kommer|will|to be|inför|före|before)\b", re.IGNORECASE)
_LOOKS_LIKE_ONE = re.compile(
    r"(?<![\d/])\d{1,2}\s?/\s?\d{1,2}(?!\d|\s?(?:kr|kg|l|liter|av|of)\b)|\b20\d\d-\d\d|\b\d{1,2}[.:]?[aest]*\s*(?:jan"
    r"|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)|\b(?:mån|tis|ons|tors|fre|lör|sön)dag"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.IGNORECASE,
)
_NEARBY = 30
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_HEADING = re.compile(r"[^\w]*(?:och|and)?[^\w]*")


@dataclass(frozen=True, slots=True)
class Sight:
    """A day of a collection and the containers it is of (none: not said), as far as they are understood.

    `words` are those of the date, `line` the whole line they stand in. `denied` where that line says
    that nothing was collected on the day.
    """

    day: date
    containers: tuple[str, ...]
    words: str
    line: str
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: each day once, the newest first; and the lines that ought to tell a day but do not."""

    sights: tuple[Sight, ...]
    unread: tuple[Line, ...]
    source: Source


def read(text: str, today: date, names: Mapping[str, Sequence[str]]) -> Reading:
    """The collections of a pasted text; `names` are those that people call each container by its code."""
    lines = [line for line in messages.read(_plain(text), today, names) if line.text.strip()]
    days: dict[date, Sight] = {}
    for sight in _sights(lines, names):
        days[sight.day] = _together(days[sight.day], sight) if sight.day in days else sight
    told = any(line.received or line.tells_of_a_collection for line in lines)
    return Reading(
        tuple(sorted(days.values(), key=lambda row: row.day, reverse=True)),
        tuple(_unread(lines)),
        Source.SMS if told else Source.RESIDENT,
    )


def _plain(text: str) -> str:
    """Without the marks for the direction of writing that phones put around dates, and with plain spaces, one
    at a time: what looks for days would go over a long run of them again and again."""
    return _SPACES.sub(" ", _MARKS.sub("", text))


def _sights(lines: Sequence[Line], names: Mapping[str, Sequence[str]]) -> Iterator[Sight]:
    heading: tuple[str, ...] = ()
    for message in _messages(lines):
        of_message = _agreed(message) if message[0].opens else ()
        for line in message:
            if line.opens:
                heading = ()
            if _is_heading(line, names):
                heading = line.containers
            for place, mention in enumerate(line.mentions):
                codes = _named_for(line, place) or of_message or heading
                yield Sight(
                    mention.day,
                    codes,
                    mention.words.rstrip(" .,;"),
                    line.text.strip(),
                    _is_denied(line, mention),
                )
        if done := _done(message):
            yield replace(done, containers=of_message)


def _messages(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines from one that tells when a message came to the next such line."""
    current: list[Line] = []
    for line in lines:
        if line.opens and current:
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _done(message: Sequence[Line]) -> Sight | None:
    """The day on which a message came that says no day, but that something has been emptied."""
    first, day = message[0], message[0].received
    if not first.opens or day is None or any(line.mentions for line in message):
        return None
    for line in message[1:]:
        if _DONE.search(line.text) and not _TO_COME.search(line.text):
            words = first.text.strip()
            return Sight(day, (), words, f"{words} {line.text.strip()}", _NONE.search(line.text) is not None)
    return None


def _agreed(message: Iterable[Line]) -> tuple[str, ...]:
    """The containers that a message names in lines without a day."""
    return tuple(dict.fromkeys(code for line in message if not line.mentions for code in line.containers))


def _named_for(line: Line, place: int) -> tuple[str, ...]:
    """The containers that a line names for one of its days: all, or of several those nearest to it."""
    if len(line.mentions) == 1 or len(line.named) < 2:
        return line.containers
    starts = [mention.start for mention in line.mentions]
    first = min(line.named.values()) < starts[0]
    ends = [0, *starts] if first else [*starts, len(line.text) + 1]
    begin, end = ends[place : place + 2]
    return tuple(code for code, at in line.named.items() if begin <= at < end)


def _is_heading(line: Line, names: Mapping[str, Sequence[str]]) -> bool:
    if not line.named or line.mentions:
        return False
    rest = line.text
    for code in line.named:
        for name in sorted(names[code], key=len, reverse=True):
            rest = re.sub(re.escape(name), " ", rest, flags=re.IGNORECASE)
    return _HEADING.fullmatch(rest) is not None


def _is_denied(line: Line, mention: Mention) -> bool:
    """Whether the line says that nothing came on the day, or that it was moved from it."""
    before = line.text[max(mention.start - _NEARBY, 0) : mention.start]
    moved_from = _FROM.search(before) is not None and _MOVED.search(line.text) is not None
    return moved_from or _NONE.search(line.text) is not None


def _together(one: Sight, other: Sight) -> Sight:
    """Two sights of a day: all their containers, denied only where both are."""
    chief = other if one.denied and not other.denied else one
    if one.denied is not other.denied:
        return chief
    return replace(chief, containers=tuple(dict.fromkeys((*one.containers, *other.containers))))


def _unread(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        if not line.mentions and not line.opens and _should_tell(line):
            yield line


def _should_tell(line: Line) -> bool:
    """Whether a line without a day looks as if it had one: `imorgon` of an unknown day, a strange date."""
    return next(written_dates.relative(line.text), None) is not None or (
        _LOOKS_LIKE_ONE.search(line.text) is not None
    )
