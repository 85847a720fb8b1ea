"""How do the pages about the service itself become bytes?"""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import dateformat
from django.utils.translation import gettext, pgettext

from wastecal.core.rows import Zone
from wastecal.reports import KEPT_AT_MOST, KEPT_WHEN_DONE
from wastecal.web.frames import Frame, Link, moment, render

ASSESSED = date(2026, 11, 24)
"""When the pages were last held against the law on accessibility: change it with what the page says."""


def about(frame: Frame, zones: Iterable[Zone], updated: datetime | None) -> bytes:
    return render(
        "trust/about",
        frame,
        zones=[Link(reverse("zone", args=[zone.code]), zone.name or zone.code) for zone in zones],
        updated=moment(updated, frame.town),
        description=gettext("How certain the collection days are, and where they come from."),
    )


def accessibility(frame: Frame) -> bytes:
    """The statement that law (2018:1937) asks for, with every point of the authority's guide."""
    return render(
        "trust/accessibility",
        frame,
        assessed=_date(ASSESSED),
        begun=_date(frame.town.created.astimezone(ZoneInfo(frame.town.timezone))),
        description=gettext("How accessible this website is, what does not work yet, and how you tell us."),
    )


def privacy(frame: Frame) -> bytes:
    return render(
        "trust/privacy",
        frame,
        done_days=KEPT_WHEN_DONE.days,
        longest_days=KEPT_AT_MOST.days,
        description=gettext("What this website keeps about those who use it, and for how long."),
    )


def _date(day: date) -> str:
    """`24 november 2026`."""
    return dateformat.format(day, pgettext("date format in Django's letters", "j F Y"))
