"""What empties a day? Overrides for everything that is effectively on it, moved there or added too.

An override acts on planned days and does not chain, so what another one has moved to the day is taken
from where it was planned, as narrowly as it was said, and an added collection is said anew.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from wastecal.core import scopes, versions
from wastecal.core.overrides import Kind, Override, Reason, strength
from wastecal.core.register import Register
from wastecal.core.texts import NOTHING, Text

Covers = Callable[[str, str, date], bool]
"""Whether the first scope holds all of the second on a day."""
Inside = Callable[[str, str, date], Iterable[str]]
"""The addresses, as scopes, that lie in both scopes on a day."""


@dataclass(frozen=True, slots=True)
class Order:
    """A day that is closed in some scopes for some containers; all goes to `to`, or is cancelled."""

    day: date
    scopes: tuple[str, ...]
    containers: tuple[str, ...]
    to: date | None = None
    until: date | None = None
    reason: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Ground:
    """How scopes lie to each other, and all containers there are."""

    covers: Covers
    inside: Inside
    containers: tuple[str, ...]


class TooWide(Exception):
    """An extra collection on the day reaches further than what is to be closed."""

    def __init__(self, extra: Override) -> None:
        super().__init__(extra.key)
        self.extra = extra


@dataclass(frozen=True, slots=True)
class Closing:
    """The overrides that begin, and the keys of those that end."""

    begin: tuple[Override, ...]
    end: tuple[str, ...]


def of(known: Register, order: Order, ground: Ground) -> Closing:
    """What closes the day. Raises TooWide."""
    live = [row for rows in known.overrides.values() for row in versions.live(rows)]
    acting = [row for row in live if row.kind is not Kind.ADD]
    found: dict[tuple[date, str], list[str]] = {}
    for scope in _parted(acting, order, ground):
        for spot in dict.fromkeys(_spots(acting, scope, order.day, ground)):
            there = found.setdefault((spot.planned, spot.scope), [])
            for code in order.containers or ground.containers:
                if code not in there and _is_there(acting, spot, code, order.day, ground):
                    there.append(code)
    begun = [_override(order, ground, *spot, codes) for spot, codes in found.items() if codes]
    extra = [row for row in live if row.kind is Kind.ADD and _lands(row, order.day)]
    again, ended = _extras(extra, order, ground)
    return Closing((*begun, *again), ended)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Pickups that may be effectively on the day: planned on another or the same, in a scope.

    `said` is the scope of the override that decides on them, if it is narrower than what is closed.
    """

    planned: date
    scope: str
    said: str = ""


def _parted(acting: Iterable[Override], order: Order, ground: Ground) -> Iterator[str]:
    """The scopes to close; a street house by house, where a wider override is for some of it alone."""
    relevant = [row for row in acting if row.day == order.day or _lands(row, order.day)]
    for scope in order.scopes:
        partly = [
            row
            for row in relevant
            if scopes.narrowness(row.scope) < scopes.narrowness(scope)
            and not ground.covers(row.scope, scope, row.day)
        ]
        houses = [house for row in partly for house in ground.inside(scope, row.scope, row.day)]
        if houses:
            yield from ground.inside(scope, scopes.EVERYONE, order.day)
        else:
            yield scope


def _spots(acting: Iterable[Override], scope: str, day: date, ground: Ground) -> Iterator[_Spot]:
    yield _Spot(day, scope)
    for row in acting:
        if row.kind is not Kind.MOVE or not _lands(row, day):
            continue
        if ground.covers(row.scope, scope, row.day):
            yield _Spot(row.day, scope)
        elif ground.covers(scope, row.scope, row.day):
            yield _Spot(row.day, row.scope, row.scope)
        else:
            for house in ground.inside(scope, row.scope, row.day):
                yield _Spot(row.day, house, row.scope)


def _is_there(acting: Iterable[Override], spot: _Spot, code: str, day: date, ground: Ground) -> bool:
    """Whether the container's pickups of a spot are effectively on the day."""
    bearing = [
        row
        for row in acting
        if row.day == spot.planned
        and row.concerns(code)
        and ground.covers(row.scope, spot.scope, spot.planned)
    ]
    held = max(bearing, key=strength, default=None)
    if held is None:
        return spot.planned == day and not spot.said
    return held.kind is Kind.MOVE and _lands(held, day) and spot.said in ("", held.scope)


def _lands(row: Override, day: date) -> bool:
    """Whether it brings its pickups to the day, or to a window that the day is in."""
    first = row.day if row.kind is Kind.ADD else row.new_date
    return first is not None and first <= day <= (row.new_date_until or first)


def _override(order: Order, ground: Ground, planned: date, scope: str, codes: Iterable[str]) -> Override:
    named = tuple(codes)
    return Override(
        key="",
        kind=Kind.MOVE if order.to else Kind.CANCEL,
        scope=scope,
        containers=() if set(named) == set(ground.containers) else named,
        date=planned,
        new_date=order.to,
        new_date_until=order.until,
        reason=_reason(order.reason, scope),
    )


def _reason(reason: Text, scope: str) -> Text:
    """For a single address no more than a code: what was written for a street is not said of a home."""
    if not scope.startswith("address:") or not reason:
        return reason
    codes = [(lang, text if text in list(Reason) else Reason.OTHER.value) for lang, text in reason.pairs]
    return Text(tuple(codes[:1]))


def _extras(
    extra: Iterable[Override], order: Order, ground: Ground
) -> tuple[tuple[Override, ...], tuple[str, ...]]:
    """Added collections end and begin anew: on the other day, or as they were for other containers.

    What is moved is the same event in calendars, so it keeps its key; one of which only some containers
    are moved is two from now on, and it is what stays that gets a key of its own.
    """
    again: list[Override] = []
    ended: list[str] = []
    for row in extra:
        named = row.containers or ground.containers
        closed = tuple(code for code in named if not order.containers or code in order.containers)
        if not closed or not any(_meet(row, scope, order.day, ground) for scope in order.scopes):
            continue
        if not any(ground.covers(scope, row.scope, order.day) for scope in order.scopes):
            raise TooWide(row)
        ended.append(row.key)
        left = tuple(code for code in named if code not in closed)
        fresh = replace(row, edit=0)
        again += [replace(fresh, containers=left, key="" if order.to else row.key)] if left else []
        if order.to:
            moved = replace(fresh, date=order.to, new_date=None, new_date_until=order.until)
            again.append(replace(moved, containers=closed if left else row.containers))
    return tuple(again), tuple(ended)


def _meet(row: Override, scope: str, day: date, ground: Ground) -> bool:
    covers = ground.covers
    return (
        covers(scope, row.scope, day)
        or covers(row.scope, scope, day)
        or any(True for _house in ground.inside(scope, row.scope, day))
    )
