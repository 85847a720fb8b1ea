"""How does an Answer look as iCalendar? RFC 5545 and 7986: one all-day VEVENT for each pickup.

No RRULE, RDATE or EXDATE: a plain event each is what every program reads alike. Words come in
from outside, so that this module knows no language.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import quote

from wastecal.core import spans
from wastecal.core.answer import Answer
from wastecal.core.pickup import Pickup

PRODID = "-//wastecal//pickups//EN"
MAX_OCTETS = 75

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    "\U0001fffe\U0001ffff\U0010fffe\U0010ffff]"
)
_BACKSLASH_N = re.compile(r"\\(?=[nN])")


@dataclass(frozen=True, slots=True)
class Words:
    """What an event says; none of it may depend on the day it is asked."""

    summary: Callable[[Pickup], str]
    description: Callable[[Pickup], str]
    alarm: Callable[[Sequence[Pickup]], str]
    categories: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """When an alarm rings: at `at` on the day `days_before` the pickup (0: the same day)."""

    at: time
    days_before: int = 1

    @property
    def trigger(self) -> str:
        """The duration from the start of the all-day event to the alarm (RFC 5545 section 3.3.6)."""
        minutes = self.at.hour * 60 + self.at.minute - self.days_before * 24 * 60
        hours, rest = divmod(abs(minutes), 60)
        parts = (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")
        return ("-" if minutes < 0 else "") + "PT" + parts


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a feed says of itself. `url` is the page for people, `source` the feed's own address."""

    name: str
    description: str
    lang: str
    url: str
    source: str
    location: str
    reminder: Reminder | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one place brings into a calendar; `url` is its page for people."""

    answer: Answer
    pickups: tuple[Pickup, ...]
    words: Words
    location: str
    url: str


@dataclass(frozen=True, slots=True)
class Event:
    share: Share
    pickup: Pickup

    @property
    def uid(self) -> str:
        return uid(self.share.answer, self.pickup)


def render(answer: Answer, pickups: Iterable[Pickup], calendar: Calendar, words: Words) -> bytes:
    """The feed of some pickups of an answer: CRLF, folded at 75 octets, no control characters."""
    share = Share(answer, tuple(pickups), words, calendar.location, calendar.url)
    return render_together([share], calendar, lambda day: words.alarm([event.pickup for event in day]))


def render_together(
    shares: Iterable[Share], calendar: Calendar, alarm: Callable[[Sequence[Event]], str]
) -> bytes:
    """The feed of several places, day by day; `alarm` says what to put out on a day, at all of them."""
    found = [Event(share, pickup) for share in shares for pickup in share.pickups]
    found.sort(key=lambda event: event.pickup.date)
    lines = [*_head(calendar)]
    alarmed = _first_of_each_day(found) if calendar.reminder else {}
    for event in found:
        lines += _event(event, calendar.lang)
        if calendar.reminder and (day := alarmed.get(event.uid)):
            lines += _alarm(calendar.reminder, alarm(day))
        lines.append("END:VEVENT")
    if not found:
        lines += _timezone()
    lines.append("END:VCALENDAR")
    return "".join(map(fold, lines)).encode()


def uid(answer: Answer, pickup: Pickup) -> str:
    """The permanent name of an event: nominal date (or key of the override), container, place."""
    return f"{pickup.identity}.{pickup.container}.{answer.place.slug}@{answer.town.uid_domain}"


def clean(value: str) -> str:
    """What a feed carries of a text: no control characters, only line feeds, and no backslash before n.

    Some programs take an escaped backslash with an n behind it for a line break, so that backslash
    becomes one that only looks alike.
    """
    value = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return _BACKSLASH_N.sub("\N{SET MINUS}", value)


def text(value: str) -> str:
    """A TEXT value (RFC 5545 section 3.3.11): backslash first, then semicolon, comma, line break."""
    value = clean(value)
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def title(value: str) -> str:
    """A calendar's name, on one line and without anything to escape: half of all programs take no
    escaping back there, and would show `Storgatan 1\\, Holmby`."""
    parts = (" ".join(part.split()) for part in re.split("[,;]", clean(value).replace("\\", "\N{SET MINUS}")))
    return " · ".join(part for part in parts if part)


def fold(line: str) -> str:
    """A content line with its CRLF, folded at 75 octets and never inside a character."""
    octets = line.encode()
    if len(octets) <= MAX_OCTETS:
        return line + "\r\n"
    parts = []
    while len(octets) > MAX_OCTETS:
        cut = MAX_OCTETS
        while octets[cut] & 0xC0 == 0x80:
            cut -= 1
        parts.append(octets[:cut])
        octets = b" " + octets[cut:]
    return b"\r\n".join([*parts, octets]).decode() + "\r\n"


def _head(calendar: Calendar) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{PRODID}"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"NAME;LANGUAGE={calendar.lang}:{title(calendar.name)}"
    yield f"X-WR-CALNAME:{title(calendar.name)}"
    yield f"DESCRIPTION;LANGUAGE={calendar.lang}:{text(calendar.description)}"
    yield f"X-WR-CALDESC:{text(calendar.description)}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:PT6H"
    yield "X-PUBLISHED-TTL:PT6H"
    yield f"SOURCE;VALUE=URI:{_uri(calendar.source)}"
    yield f"URL;VALUE=URI:{_uri(calendar.url)}"
    yield "COLOR:seagreen"


def _event(event: Event, language: str) -> Iterator[str]:
    share, pickup = event.share, event.pickup
    answer, words = share.answer, share.words
    stamp = _moment(pickup.stamp or answer.updated or answer.town.created)
    lang = f";LANGUAGE={language}"
    yield "BEGIN:VEVENT"
    yield f"UID:{text(event.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{pickup.sequence}"
    yield f"DTSTART;VALUE=DATE:{_day(pickup.date)}"
    yield f"DTEND;VALUE=DATE:{_day(spans.plus(pickup.last_day, 1))}"
    yield f"SUMMARY{lang}:{text(words.summary(pickup))}"
    yield f"DESCRIPTION{lang}:{text(words.description(pickup))}"
    yield f"LOCATION:{text(share.location)}"
    yield f"CATEGORIES{lang}:{text(words.categories)}"
    yield f"URL;VALUE=URI:{_uri(share.url)}"
    yield f"STATUS:{_status(pickup)}"
    yield "TRANSP:TRANSPARENT"


def _alarm(reminder: Reminder, description: str) -> Iterator[str]:
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{text(description)}"
    yield f"TRIGGER:{reminder.trigger}"
    yield "END:VALARM"


def _timezone() -> Iterator[str]:
    """A calendar must hold something (RFC 5545 section 3.6); no event refers to this."""
    yield from ("BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000")
    yield from ("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE")


def _first_of_each_day(events: Iterable[Event]) -> dict[str, list[Event]]:
    """By the UID of the first event that comes on each day: all that come on it."""
    days: dict[date, list[Event]] = {}
    for event in events:
        if event.pickup.comes:
            days.setdefault(event.pickup.date, []).append(event)
    return {day[0].uid: day for day in days.values()}


def _status(pickup: Pickup) -> str:
    if not pickup.comes:
        return "CANCELLED"
    return "TENTATIVE" if pickup.tentative or pickup.preliminary else "CONFIRMED"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _uri(value: str) -> str:
    """A URI (RFC 3986): what may not stand in one is percent-encoded, so that nothing needs escaping."""
    return quote(_CONTROL.sub("", value), safe="%:/?#[]@!$&'()*+,;=-._~")
