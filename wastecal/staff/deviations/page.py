"""How do the calendar of a month, the list of deviations and one day look?"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import dateformat
from django.utils.translation import pgettext

from wastecal.core import holidays, spans
from wastecal.core.overrides import Override
from wastecal.core.spans import Span
from wastecal.models import Override as OverrideRow
from wastecal.preview import loads
from wastecal.preview.loads import Share
from wastecal.staff import desk, whom, words
from wastecal.web import months

SHOWN = 200
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in the calendar: how many addresses have a collection, and whether something deviates.

    `load` is their number, `addresses` what is read aloud; both are empty where nothing is collected.
    """

    day: date
    url: str
    said: str
    load: str
    addresses: str
    red: bool
    deviates: bool
    today: bool


def listing(request: HttpRequest, month: date) -> HttpResponse:
    """The calendar of a month, and below it every deviation from today on, by day."""
    today = desk.frame_of(request).today
    ahead = Q(date__gte=today) | Q(new_date__gte=today) | Q(new_date_until__gte=today)
    found = OverrideRow.objects.filter(ahead, ended_edit=None).order_by("date", "new_date", "pk")
    rows = [row.to_core() for row in found[:SHOWN]]
    return desk.page(
        request,
        "deviations",
        **_month(month, today),
        rows=_deviations(sorted(rows, key=lambda row: (row.day, row.key))),
        more=max(found.count() - SHOWN, 0),
    )


def day(request: HttpRequest, when: date) -> HttpResponse:
    """One day: what is planned where, and what deviates."""
    today = desk.frame_of(request).today
    shares = loads.planned(spans.of_day(when), today).get(when, ())
    window = Q(new_date__lte=when, new_date_until__gte=when)
    about = Q(date=when) | Q(new_date=when) | window
    rows = [
        row.to_core() for row in OverrideRow.objects.filter(about, ended_edit=None).order_by("pk")[:SHOWN]
    ]
    name = holidays.name(when)
    return desk.page(
        request,
        "day",
        when=words.free_day(when, name or ""),
        iso=when.isoformat(),
        addresses=words.addresses(_coming(shares)),
        shares=[_share(share) for share in shares],
        rows=_deviations(rows),
        month=f"{reverse('staff:deviations')}?manad={when:%Y-%m}",
    )


def _deviations(rows: Sequence[Override]) -> list[dict[str, Any]]:
    names = whom.names([row.scope for row in rows])
    return [
        {
            "happening": words.happening(row),
            "whom": names[row.scope],
            "containers": words.containers(row.containers),
            "why": words.why(row.reason),
            "edit": row.edit,
            "withdraw": f"{reverse('staff:withdraw')}?key={row.key}",
        }
        for row in rows
    ]


def _share(share: Share) -> dict[str, Any]:
    return {
        "zone": whom.zone_name(share.zone, whom.zones().get(share.zone, "")),
        "containers": words.containers(share.containers),
        "addresses": words.addresses(share.addresses),
        "comes": share.comes,
        "deviates": share.deviates,
    }


def _month(month: date, today: date) -> dict[str, Any]:
    later = spans.first_of_month(month, 1)
    shares = loads.planned(Span(month, later), today)
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    touched = _touched(month, later)
    return {
        "month": dateformat.format(month, pgettext("date format in Django's letters, a month", "F Y")),
        "weekdays": months.weekdays(),
        "weeks": [
            {
                "number": dates[0].isocalendar().week,
                "cells": [
                    _cell(when, shares.get(when, ()), when in touched, today)
                    if when.month == month.month
                    else None
                    for when in dates
                ],
            }
            for dates in weeks
        ],
        "earlier": f"{spans.first_of_month(month, -1):%Y-%m}",
        "later": f"{later:%Y-%m}",
    }


def _touched(start: date, stop: date) -> set[date]:
    """The days of a month on which an override acts, or to which one moves."""
    within = Q(date__gte=start, date__lt=stop) | Q(new_date__gte=start, new_date__lt=stop)
    found = OverrideRow.objects.filter(within, ended_edit=None).values_list("date", "new_date")
    return {day for pair in found for day in pair if day}


def _cell(when: date, shares: Iterable[Share], touched: bool, today: date) -> Cell:
    name = holidays.name(when)
    number = _coming(shares)
    return Cell(
        day=when,
        url=reverse("staff:day", args=[when.isoformat()]),
        said=words.free_day(when, name or ""),
        load=words.number(number) if number else "",
        addresses=words.addresses(number) if number else "",
        red=when.weekday() == _SUNDAY or name is not None,
        deviates=touched,
        today=when == today,
    )


def _coming(shares: Iterable[Share]) -> int:
    return sum(share.addresses for share in shares if share.comes)
