"""What does the policy in force do to each holiday of a year? In words, for all and for some."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from wastecal import answers
from wastecal import words as public
from wastecal.core import holidays, policy, scopes, shifts, spans, versions
from wastecal.core.overrides import Kind, Override
from wastecal.core.policy import Decision
from wastecal.core.shifts import Move, Shift
from wastecal.staff import whom, words


@dataclass(frozen=True, slots=True)
class Held:
    """What happens at one holiday, for all and then for some only; `whom` is "" for all."""

    whom: str
    happening: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A holiday and what holds for it; whether that is decided."""

    day: date
    name: str
    held: tuple[Held, ...]
    is_decided: bool


def in_force() -> tuple[Shift, ...]:
    """The policy in its order."""
    now = answers.known()
    return versions.live(now.register.shifts) if now else ()


def windows() -> tuple[Override, ...]:
    """The deviations that give a holiday's collections two days or more to come on."""
    now = answers.known()
    live = (row for rows in now.register.overrides.values() for row in versions.live(rows)) if now else ()
    rows = in_force()
    return tuple(row for row in live if _is_window(row, rows))


def standings(days: Iterable[date]) -> tuple[Standing, ...]:
    """What holds for each of these holidays."""
    town, rows, moved = answers.town(), in_force(), windows()
    until = town.holidays_decided_until if town else None
    return tuple(
        Standing(
            day,
            public.holiday(holidays.name(day) or ""),
            tuple(_held(day, rows, moved)),
            until is None or day < until,
        )
        for day in days
    )


def moved_days(
    rows: Sequence[Shift], days: Iterable[date], decision: Decision
) -> Iterator[tuple[date, date]]:
    """(ordinary day, day) of every Monday to Friday that these holidays move, for whom it is decided."""
    container = decision.containers[0] if decision.containers else ""
    zone = decision.zones[0] if decision.zones else None
    mine = shifts.for_pickup(rows, container, zone)
    weeks = sorted({spans.monday(day) for day in days})
    for day in (monday + timedelta(days=number) for monday in weeks for number in range(7)):
        to = shifts.shift(day, mine).day
        if to != day and (day.weekday() < 5 or holidays.name(day)):
            yield day, to


def for_whom(decision: Decision) -> str:
    """`Kärl 2 · Holmby norra (H1)`; "" for all."""
    names = whom.names([scopes.zone(zone) for zone in decision.zones])
    parts = [words.containers(decision.containers) if decision.containers else "", *names.values()]
    return " · ".join(filter(None, parts))


def _held(day: date, rows: Sequence[Shift], moved: Sequence[Override]) -> Iterator[Held]:
    whole = Decision((day,), {})
    yield Held("", _happening(day, rows, moved, whole))
    some = [row for row in rows if (row.containers or row.zones) and shifts.names(row, day)]
    for containers, zones in dict.fromkeys((row.containers, row.zones) for row in some):
        decision = Decision((day,), {}, containers, zones)
        yield Held(for_whom(decision), _happening(day, rows, moved, decision))


def _happening(
    day: date, rows: Sequence[Shift], moved: Sequence[Override], decision: Decision
) -> tuple[str, ...]:
    own = [row for row in moved if row.day == day and _is_for(row, decision)]
    if own:
        return (words.happening(own[0]),)
    pairs = list(moved_days(rows, [day], decision))
    held = policy.own(rows, day, decision)
    mine = pairs if held and held.move in (Move.EARLIER_IN_WEEK, Move.LATER_IN_WEEK) else []
    mine = mine or [pair for pair in pairs if pair[0] == day]
    return tuple(map(pair, mine)) or (_("Collected as usual"),)


def pair(days: tuple[date, date]) -> str:
    """`torsdag 24 december → onsdag 23 december`."""
    year = days[0].year
    return f"{public.day(days[0], year=year)} → {public.day(days[1], year=year)}"


def _is_window(row: Override, rows: Sequence[Shift]) -> bool:
    if row.kind is not Kind.MOVE or row.new_date_until is None or row.date is None:
        return False
    move = f"to:{row.date}"
    return any(entry.move == move and shifts.names(entry, row.date) for entry in rows)


def _is_for(row: Override, decision: Decision) -> bool:
    wanted = [scopes.zone(zone) for zone in decision.zones] or [scopes.EVERYONE]
    return row.scope in wanted and set(row.containers) == set(decision.containers)
