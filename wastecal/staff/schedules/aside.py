"""What does the check page show of a change of schedule: the days side by side, and what to beware of?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext, ngettext, pgettext

from wastecal import answers
from wastecal import words as public
from wastecal.core import places, scopes
from wastecal.core.places import Place
from wastecal.core.register import Register
from wastecal.edits import Write
from wastecal.preview import states
from wastecal.staff import whom, words
from wastecal.staff.schedules import seam
from wastecal.staff.schedules.seam import Month, Seam

TEMPLATE = "wastecal/staff/parts/seam.html"
PARTS = 6
"""So many zones that lose streets are shown one by one."""


def of_rule(write: Write, scope: str, start: date) -> dict[str, Any]:
    """The days in a zone or at an address."""
    now = answers.known()
    assert now is not None
    place = _place(now.register, scope, start)
    if place is None:
        return {}
    outcome = states.after(now.register, write)
    found = seam.of((outcome.before, outcome.after), (place, place), start)
    return _told([("", found)])


def of_moves(zones: Iterable[str], to: str, start: date) -> dict[str, Any]:
    """The days of an address that moves to a zone, for each zone that it may come from."""
    now = answers.known()
    assert now is not None
    known = now.register
    parts = []
    for code in sorted(set(zones) - {to})[:PARTS]:
        stays = replace(_in_zone(code), scopes_ever=(*_in_zone(code).scopes_ever, scopes.zone(to)))
        goes = replace(stays, moves=((start, to),))
        name = whom.names([scopes.zone(code)])[scopes.zone(code)] if code else whom.zone_name("")
        parts.append((name, seam.of((known, known), (stays, goes), start)))
    return _told(parts)


def _place(known: Register, scope: str, day: date) -> Place | None:
    kind, _sep, name = scope.partition(":")
    if kind == "zone":
        return places.of_zone([row for row in known.zones if row.code == name])
    answer = answers.for_address(name, day) if kind == "address" else None
    return answer.place if answer else None


def _in_zone(code: str) -> Place:
    scoped = (scopes.zone(code),) if code else ()
    return Place("zon/-", None, "", code, (), (scopes.EVERYONE, *scoped), 0)


def _told(parts: Sequence[tuple[str, tuple[Seam, ...]]]) -> dict[str, Any]:
    shown = [(name, [_shown(row) for row in found]) for name, found in parts if found]
    return {"parts": shown} if shown else {}


def _shown(row: Seam) -> dict[str, Any]:
    return {
        "name": row.container.name.said(public.language()).text,
        "months": [_month(month, is_first=number == 0) for number, month in enumerate(row.months)],
        "warnings": list(_warnings(row)),
    }


def _month(month: Month, *, is_first: bool) -> dict[str, Any]:
    """A month; the year is said where it begins."""
    written = pgettext("date format in Django's letters, a month", "F Y")
    return {
        "name": dateformat.format(month.first, written if is_first or month.first.month == 1 else "F"),
        "before": [_day(day) for day in month.before],
        "after": [(_day(day), day not in month.before) for day in month.after],
    }


def _day(day: date) -> str:
    return dateformat.format(day, pgettext("date format in Django's letters, within a month, short", "D j"))


def _warnings(row: Seam) -> Iterator[str]:
    gap = row.gap
    if gap and (gap.is_long or gap.is_short):
        said = {"last": words.day(gap.last), "first": words.day(gap.first), "days": gap.days}
        between = ngettext(
            "%(days)d day passes from %(last)s to %(first)s.",
            "%(days)d days pass from %(last)s to %(first)s.",
            gap.days,
        )
        usual = gettext("Usually it is at most %(days)d.") % {"days": gap.usual} if gap.is_long else ""
        yield " ".join(filter(None, [between % said, usual]))
    for day in row.doubled:
        yield gettext("Two collections of the same container meet on %(day)s.") % {"day": words.day(day)}
