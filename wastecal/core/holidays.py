"""Which days are the Swedish holidays that move waste collection, and what are they called?

The 13 public holidays of lag (1989:253) om allmänna helgdagar, ordinary Sundays left out, and the
three eves that semesterlagen (1977:480) 7 § puts beside them. The list is today's: that
Nationaldagen took the place of Annandag pingst in 2005 is not told backwards.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from dateutil.easter import easter

NAMES: tuple[str, ...] = (
    "Nyårsdagen",
    "Trettondedag jul",
    "Långfredagen",
    "Påskdagen",
    "Annandag påsk",
    "Första maj",
    "Kristi himmelsfärdsdag",
    "Pingstdagen",
    "Nationaldagen",
    "Midsommarafton",
    "Midsommardagen",
    "Alla helgons dag",
    "Julafton",
    "Juldagen",
    "Annandag jul",
    "Nyårsafton",
)

_FIXED = {
    (1, 1): "Nyårsdagen",
    (1, 6): "Trettondedag jul",
    (5, 1): "Första maj",
    (6, 6): "Nationaldagen",
    (12, 24): "Julafton",
    (12, 25): "Juldagen",
    (12, 26): "Annandag jul",
    (12, 31): "Nyårsafton",
}
_FROM_EASTER = {
    -2: "Långfredagen",
    0: "Påskdagen",
    1: "Annandag påsk",
    39: "Kristi himmelsfärdsdag",
    49: "Pingstdagen",
}
_EASTER_YEARS = range(1583, 4100)  # the years of which dateutil's Easter is good
_FRIDAY, _SATURDAY = 4, 5


@lru_cache(maxsize=1024)
def in_year(year: int) -> Mapping[date, str]:
    """The holidays of a year from 1 to 9999, in order; before 1583 and after 4099 without Easter's.

    Where two meet on one day the fixed date gives the name (Första maj 2008).
    """
    days = {date(year, month, day): name for (month, day), name in _FIXED.items()}
    days[_first(_FRIDAY, date(year, 6, 19))] = "Midsommarafton"
    days[_first(_SATURDAY, date(year, 6, 20))] = "Midsommardagen"
    days[_first(_SATURDAY, date(year, 10, 31))] = "Alla helgons dag"
    if year in _EASTER_YEARS:
        sunday = easter(year)
        for distance, name in _FROM_EASTER.items():
            days.setdefault(sunday + timedelta(days=distance), name)
    return MappingProxyType(dict(sorted(days.items())))


def name(day: date) -> str | None:
    """What the holiday on `day` is called; None on an ordinary day."""
    return in_year(day.year).get(day)


def in_week(day: date) -> bool:
    """Is there a holiday in the ISO week, Monday to Sunday, of `day`?"""
    year, week, _ = day.isocalendar()
    return week in _weeks(year)


@lru_cache(maxsize=1024)
def _weeks(iso_year: int) -> frozenset[int]:
    """One calendar year is enough: a week over New Year has a holiday on either side of it."""
    isodates = (day.isocalendar() for day in in_year(iso_year))
    return frozenset(iso.week for iso in isodates if iso.year == iso_year)


def _first(weekday: int, start: date) -> date:
    return start + timedelta(days=(weekday - start.weekday()) % 7)
