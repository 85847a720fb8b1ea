"""Which visits stand on the page of a place, in which order, and what is said of each?"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import dateformat
from django.utils.translation import pgettext

from wastecal import words
from wastecal.core import seasons
from wastecal.core.answer import Answer, Known, Standing
from wastecal.core.pickup import Pickup, Status
from wastecal.core.recurrence import Provenance
from wastecal.core.rows import Container
from wastecal.core.texts import Said

SOON = timedelta(days=28)
STILL_WAITING = timedelta(days=14)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SHAPES = ("bin", "sack", "garden")
_LID = "#5b6670"
_COMPARTMENTS = 4


@dataclass(frozen=True, slots=True)
class Box:
    """A container as it is drawn and named: shape, colour of the lid, one sign on the front, and a
    compartment for each fraction, as far as there is room."""

    code: str
    name: Said
    fractions: str
    fractions_lang: str
    shape: str
    lid: str
    sign: str
    compartments: int


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the ordinary day, and why; `ordinary` where the collection moved from it."""

    status: str
    words: str
    reason: Said
    ordinary: date | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One container on one day; `changes` has more than one where two pickups meet.

    `confirmed`: simply so, and need not be said on every line.
    `unsure` where it is `tentative`, or `preliminary`, or both.
    """

    box: Box
    comes: bool
    changes: tuple[Change, ...]
    certainty: str
    unsure: bool
    confirmed: bool
    tentative: bool
    preliminary: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or a window of days, and what is emptied then; `brief` leaves out the year.

    `away` says of the next one how far ahead of the day of the page it is.
    """

    first: date
    last: date
    words: str
    brief: str
    visits: tuple[Visit, ...]
    away: str = ""

    @property
    def iso(self) -> str:
        return self.first.isoformat()

    @property
    def last_iso(self) -> str:
        return self.last.isoformat()

    @property
    def comes(self) -> bool:
        return any(visit.comes for visit in self.visits)


@dataclass(frozen=True, slots=True)
class Month:
    words: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A notice from its first day until the day before `until`; `now` on the day of the page."""

    said: Said
    first: str
    until: str
    now: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is known of one container, in words.

    `begins` is the day on which it is emptied again, where its season is over: until then it counts.
    """

    box: Box
    known: bool
    sentence: str
    frequency: str
    season: str
    begins: date | None
    begins_words: str


def box(container: Container) -> Box:
    names, lang = words.fractions(container)
    name = container.name.said(words.language())
    return Box(
        code=container.code,
        name=name,
        fractions=words.listing(names),
        fractions_lang=lang,
        shape=container.icon if container.icon in _SHAPES else _SHAPES[0],
        lid=container.colour if _COLOUR.fullmatch(container.colour) else _LID,
        sign=(re.findall(r"\d", name.text) or [name.text[:1].upper()])[-1],
        compartments=min(len(names), _COMPARTMENTS),
    )


def schedule(answer: Answer, standing: Standing, today: date) -> Schedule:
    rule = standing.rule
    pickups = (*answer.pickups, *answer.optional_pickups)
    own = (pickup for pickup in pickups if pickup.container == standing.container.code)
    begins = seasons.begins(rule, own, today)
    return Schedule(
        box=box(standing.container),
        known=standing.known is Known.KNOWN,
        sentence=words.known(standing),
        frequency=words.frequency(rule) if rule else "",
        season=words.season(rule.season) if rule and rule.season else "",
        begins=begins,
        begins_words=words.begins_again(begins, year=today.year) if begins else "",
    )


def upcoming(answer: Answer, pickups: Iterable[Pickup], today: date) -> tuple[Day, ...]:
    """The days that are not over on `today`, in order, each with all its visits."""
    coming = [pickup for pickup in pickups if pickup.last_day >= today]
    return _by_days(answer, coming, today)


def next_of(days: Iterable[Day], today: date) -> Day | None:
    """The first day on which a truck comes, with everything it may take then, windows included."""
    coming = [day for day in days if day.comes]
    if not coming:
        return None
    first = min(max(day.first, today) for day in coming)
    same = [day for day in coming if max(day.first, today) == first]
    visits = tuple(visit for day in same for visit in day.visits if visit.comes)
    exact = next((day for day in same if day.first == day.last), same[0])
    away = words.away(max((exact.first - today).days, 0))
    return replace(exact, visits=visits, away=away)


def latest(answer: Answer, today: date) -> Day | None:
    """The last day before `today` on which a truck was to come."""
    past = [row for row in answer.pickups if row.last_day < today and row.comes]
    return _by_days(answer, past, today)[-1] if past else None


def months(days: Iterable[Day]) -> tuple[Month, ...]:
    """The same days under the months in which they begin."""
    by_month: dict[tuple[int, int], list[Day]] = {}
    for day in days:
        by_month.setdefault((day.first.year, day.first.month), []).append(day)
    return tuple(Month(_month(month[0].first), tuple(month)) for month in by_month.values())


def messages(answer: Answer, today: date) -> tuple[Message, ...]:
    """The notices of today and of later days; a page read later shows each on its days."""
    shown = set(answer.notices_on(today))
    return tuple(
        Message(
            notice.text.said(words.language()),
            notice.shown_from.isoformat(),
            notice.shown_until.isoformat(),
            notice in shown,
        )
        for notice in answer.notices
        if notice in shown or notice.shown_from > today
    )


def deviations(answer: Answer, pickups: Iterable[Pickup], today: date) -> tuple[Day, ...]:
    """The days of the coming weeks that are not as usual, and those on which one still waits."""
    changed = [row for row in pickups if row.status is not Status.PLANNED and _concerns(row, today)]
    return _by_days(answer, changed, today)


def urgent(days: Iterable[Day], coming: Day | None) -> tuple[Day, ...]:
    """Of the deviations those to know before the next collection: where no truck comes until then."""
    return _only(days, lambda day, visit: not visit.comes and day.first <= _first(coming))


def later(days: Iterable[Day], coming: Day | None) -> tuple[Day, ...]:
    """Of the deviations those after the next collection, which says its own itself."""
    return _only(days, lambda day, visit: day.first > _first(coming))


def _first(coming: Day | None) -> date:
    return coming.first if coming else date.max


def _only(days: Iterable[Day], wanted: Callable[[Day, Visit], bool]) -> tuple[Day, ...]:
    cut = (replace(day, visits=tuple(visit for visit in day.visits if wanted(day, visit))) for day in days)
    return tuple(day for day in cut if day.visits)


def _concerns(pickup: Pickup, today: date) -> bool:
    since = today - STILL_WAITING if pickup.status is Status.DELAYED else today
    return since <= pickup.last_day and pickup.date <= today + SOON


def _by_days(answer: Answer, pickups: Iterable[Pickup], today: date) -> tuple[Day, ...]:
    groups: dict[tuple[date, date], list[Pickup]] = {}
    for pickup in pickups:
        groups.setdefault((pickup.date, pickup.last_day), []).append(pickup)
    return tuple(_day(answer, groups[days], today) for days in sorted(groups))


def _day(answer: Answer, pickups: list[Pickup], today: date) -> Day:
    groups: dict[tuple[str, bool], list[Pickup]] = {}
    for pickup in pickups:
        groups.setdefault((pickup.container, pickup.comes), []).append(pickup)
    return Day(
        first=pickups[0].date,
        last=pickups[0].last_day,
        words=words.window(pickups[0], year=today.year),
        brief=words.window(pickups[0]),
        visits=tuple(_visit(answer, group) for group in groups.values()),
    )


def _visit(answer: Answer, pickups: list[Pickup]) -> Visit:
    surest = min(pickups, key=lambda row: (row.tentative, row.preliminary))
    changed = [row for row in pickups if row.status is not Status.PLANNED]
    changes = (_change(row) for row in changed)
    return Visit(
        box=box(answer.container(surest.container)),
        comes=surest.comes,
        changes=tuple(dict.fromkeys(changes)),
        certainty=words.certainty(surest, dated=False) if surest.status is not Status.CANCELLED else "",
        unsure=surest.tentative or surest.preliminary,
        confirmed=surest.certainty is Provenance.CONFIRMED and not surest.preliminary,
        tentative=surest.tentative,
        preliminary=surest.preliminary,
    )


def _change(pickup: Pickup) -> Change:
    return Change(pickup.status.value, words.change(pickup), words.reason(pickup), pickup.moved_from)


def _month(day: date) -> str:
    return dateformat.format(day, pgettext("date format in Django's letters, a month", "F Y"))
