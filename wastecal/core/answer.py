"""What is emptied at a place, and when? The one value that every surface renders."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from wastecal.core import recurrence, register, schedule, scopes, sequence, spans, versions
from wastecal.core.overrides import Override
from wastecal.core.pickup import Pickup
from wastecal.core.places import Place
from wastecal.core.recurrence import Rule
from wastecal.core.register import Register
from wastecal.core.rows import Container, Municipality, Notice
from wastecal.core.schedule import Bearing
from wastecal.core.spans import Span

_HOUSES = ("", "villa", "fritidshus")


class Known(StrEnum):
    """What is known of a container's days at a place."""

    KNOWN = "known"
    CANDIDATES = "candidates"
    INTERVAL_ONLY = "interval_only"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possibility: its rule, its first date after this month, all its dates in the span."""

    rule: Rule
    next: date | None
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one container stands at a place.

    `rule` is the one that gives the next dates; `rrule` its interval, or the container's default
    where only that is known. `emptied` is False where a rule says that it is not emptied here.
    """

    container: Container
    known: Known
    rule: Rule | None = None
    rrule: str = ""
    candidates: tuple[Candidate, ...] = ()
    emptied: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer about one place in one span, asked on the day `today`.

    `standings` and `pickups` are of the place's own containers; `optional` and `optional_pickups`
    of those one may have besides (garden waste). `notices` are those shown on a day of the span.
    `edit` is the newest Edit that bears on the answer, `updated` its time. Nothing in it depends
    on the day, only on the month of `today`.
    """

    place: Place
    town: Municipality
    zone: str
    zone_name: str
    span: Span
    today: date
    standings: tuple[Standing, ...]
    optional: tuple[Standing, ...]
    pickups: tuple[Pickup, ...]
    optional_pickups: tuple[Pickup, ...]
    notices: tuple[Notice, ...]
    edit: int
    updated: datetime | None

    def container(self, code: str) -> Container:
        """The container of one of its pickups."""
        return next(row.container for row in (*self.standings, *self.optional) if row.container.code == code)

    def notices_on(self, day: date) -> tuple[Notice, ...]:
        """The notices for the place on a day, by the zone it belongs to then."""
        return tuple(
            notice
            for notice in self.notices
            if notice.shown_on(day) and self.place.is_within(notice.scope, day)
        )


def of(known: Register, place: Place, span: Span, today: date) -> Answer:
    """Everything that may be shown about `place` in `span`, asked on `today`."""
    facts = _Facts.at(known, place)
    own: list[Standing] = []
    optional: list[Standing] = []
    pickups: dict[bool, list[Pickup]] = {False: [], True: []}
    for container in known.live_containers:
        apart = _is_apart(container, place, facts.rules)
        if apart is None:
            continue
        bearing = facts.bearing(container.code)
        (optional if apart else own).append(_standing(bearing, container, span, today))
        pickups[apart] += facts.numbered(schedule.pickups(bearing, span), container.code)
    zone, zone_name = _zone(known, place, spans.first_of_month(today))
    edit = facts.edit(span)
    return Answer(
        place=place,
        town=known.town,
        zone=zone,
        zone_name=zone_name,
        span=span,
        today=today,
        standings=tuple(own),
        optional=tuple(optional),
        pickups=_in_order(pickups[False], own),
        optional_pickups=_in_order(pickups[True], optional),
        notices=_notices(facts, span),
        edit=edit,
        updated=known.times.get(edit),
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    """All rows, ended ones too, in any scope that bears on a place or ever did."""

    known: Register
    place: Place
    rules: tuple[Rule, ...]
    overrides: tuple[Override, ...]
    notices: tuple[Notice, ...]

    @classmethod
    def at(cls, known: Register, place: Place) -> "_Facts":
        rules, overrides, notices = (
            register.in_scopes(known.rules, place.scopes_ever),
            register.in_scopes(known.overrides, place.scopes_ever),
            register.in_scopes(known.notices, place.scopes_ever),
        )
        return cls(known, place, rules, overrides, notices)

    def bearing(self, container: str) -> Bearing:
        return Bearing(
            container=container,
            place=self.place,
            town=self.known.town,
            rules=tuple(row for row in versions.live(self.rules) if row.container == container),
            shifts=versions.live(self.known.shifts),
            overrides=versions.live(self.overrides),
        )

    def numbered(self, pickups: Iterable[Pickup], container: str) -> Iterator[Pickup]:
        """The pickups of one container with the number and the time of their newest Edit."""
        rules = versions.newest(row for row in self.rules if row.container == container)
        base = max(sequence.of_policy(self.known), self.place.newest, rules)
        for pickup in pickups:
            number = max(base, sequence.of_pickup(pickup, self.overrides, self.notices))
            yield replace(pickup, sequence=number, stamp=self.known.times.get(number))

    def edit(self, span: Span) -> int:
        known = self.known
        return max(
            versions.newest((*known.municipality, *known.containers, *known.zones, *known.shifts)),
            self.place.newest,
            versions.newest(self.rules),
            sequence.of_span(span, self.overrides, self.notices),
        )


def _zone(known: Register, place: Place, month: date) -> tuple[str, str]:
    """Code and name of the zone at the beginning of the month; of the next where that one is gone since."""
    code = place.zone_on(month)
    later = (moved_to for day, moved_to in place.moves if day > month)
    found = next(filter(None, map(known.zone, (code, *later))), None)
    return (found.code, found.name) if found else (code, "")


def _is_apart(container: Container, place: Place, rules: Iterable[Rule]) -> bool | None:
    """Whether the container is only an option at the place; None where it is not for it at all."""
    if place.address is None:
        return container.optional
    own = scopes.address(place.slug)
    agreed = any(
        row.scope == own and row.container == container.code and row.ended_edit is None for row in rules
    )
    if not agreed and place.address.kind not in (container.kinds or _HOUSES):
        return None
    return container.optional and not agreed


def _standing(bearing: Bearing, container: Container, span: Span, today: date) -> Standing:
    month = spans.first_of_month(today)
    if dated := _ahead(bearing, span, today):
        _, giving = dated[0]
        return Standing(container, Known.KNOWN, giving, giving.rrule)
    rule = schedule.holder(bearing.shown_rules, bearing.place, month)
    if rule is not None and rule.rrule == recurrence.NOT_EMPTIED:
        return Standing(container, Known.NONE, rule, emptied=False)
    if possible := schedule.candidates(bearing, month):
        return Standing(
            container,
            Known.CANDIDATES,
            rrule=container.default_rrule,
            candidates=tuple(_candidate(rule, span, today) for rule in possible),
        )
    known = Known.INTERVAL_ONLY if container.default_rrule else Known.NONE
    return Standing(container, known, rrule=container.default_rrule)


def _ahead(bearing: Bearing, span: Span, today: date) -> tuple[tuple[date, Rule], ...]:
    """The nominal dates from this month on, else those of a span that is not of the coming year."""
    month, usual = spans.first_of_month(today), spans.default(today)
    ahead = schedule.nominals(bearing, Span(month, usual.stop))
    if ahead or (span.stop > month and span.start < usual.stop):
        return ahead or schedule.nominals(bearing, Span(usual.stop, span.stop))
    return schedule.nominals(bearing, span)


def _candidate(rule: Rule, span: Span, today: date) -> Candidate:
    start = spans.first_of_month(today, 1)
    ahead = recurrence.expand(rule, Span(start, spans.first_of_month(start, 12)))
    return Candidate(rule, next(iter(ahead), None), recurrence.expand(rule, span))


def _in_order(pickups: Iterable[Pickup], standings: Iterable[Standing]) -> tuple[Pickup, ...]:
    rank = {standing.container.code: place for place, standing in enumerate(standings)}
    return tuple(sorted(pickups, key=lambda row: (row.date, rank[row.container], row.identity)))


def _notices(facts: _Facts, span: Span) -> tuple[Notice, ...]:
    shown = (row for row in versions.live(facts.notices) if _is_shown(row, facts.place, span))
    return tuple(sorted(shown, key=lambda row: (row.shown_from, row.edit, row.key)))


def _is_shown(notice: Notice, place: Place, span: Span) -> bool:
    """Whether the notice is for the place on any day of the span; zones change on few days."""
    shown = Span(max(notice.shown_from, span.start), min(notice.shown_until, span.stop))
    days = [shown.start, *(day for day, _ in place.moves if day in shown)]
    return shown.days > 0 and any(place.is_within(notice.scope, day) for day in days)
