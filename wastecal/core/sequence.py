"""Which Edit bears on a pickup or an answer last? Computed from the rows alone, and never falling.

A row counts in all its versions, ended ones too, so that a withdrawal raises the number like any
other Edit. What stops counting (an override, once a new policy has planned the pickup on another
day) does so by an Edit that is newer than itself and counts.
"""

from collections.abc import Iterable
from datetime import date

from wastecal.core import versions
from wastecal.core.overrides import Override
from wastecal.core.pickup import Pickup
from wastecal.core.register import Register
from wastecal.core.rows import Municipality, Notice
from wastecal.core.spans import Span


def of_policy(known: Register) -> int:
    """The newest Edit of the holiday policy and of what makes an event tentative: from when on a
    holiday is undecided, and how likely a guess is that counts as certain."""
    return max(versions.newest(known.shifts), _decided(known.municipality))


def of_pickup(pickup: Pickup, overrides: Iterable[Override], notices: Iterable[Notice]) -> int:
    """The newest Edit of the overrides and notices, of all there ever were, on one pickup."""
    on_day = (row for row in overrides if row.day == pickup.planned and row.concerns(pickup.container))
    shown = (row for row in notices if row.shown_on(pickup.date))
    return max(versions.newest(on_day), versions.newest(shown))


def of_span(span: Span, overrides: Iterable[Override], notices: Iterable[Notice]) -> int:
    """The newest Edit of the overrides and notices that change what is in a span.

    An override counts with every other one on its day: a stronger one takes a pickup out of the
    span that a weaker one had moved into it.
    """
    rows = tuple(overrides)
    days = {row.day for row in rows if row.touches(span)}
    acting = (row for row in rows if row.day in days)
    shown = (row for row in notices if row.shown_from < span.stop and row.shown_until > span.start)
    return max(versions.newest(acting), versions.newest(shown))


def _decided(history: Iterable[Municipality]) -> int:
    number = 0
    last: tuple[date | None, float] | None = None
    for row in sorted(history, key=lambda row: row.edit):
        now = (row.holidays_decided_until, row.certain_from)
        if now != last:
            number, last = row.edit, now
    return number
