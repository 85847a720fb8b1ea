"""What are days, windows, intervals, seasons and holidays called?"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import dateformat, translation
from django.utils.translation import gettext, gettext_noop, ngettext, pgettext

from wastecal.core.pickup import Pickup
from wastecal.core.recurrence import NOT_EMPTIED, Rule, Season

# The data's names are Swedish (core.holidays.NAMES); these are the msgids.
_HOLIDAYS = {
    "Nyårsdagen": gettext_noop("New Year's Day"),
    "Trettondedag jul": gettext_noop("Epiphany"),
    "Långfredagen": gettext_noop("Good Friday"),
    "Påskdagen": gettext_noop("Easter Sunday"),
    "Annandag påsk": gettext_noop("Easter Monday"),
    "Första maj": gettext_noop("May Day"),
    "Kristi himmelsfärdsdag": gettext_noop("Ascension Day"),
    "Pingstdagen": gettext_noop("Whit Sunday"),
    "Nationaldagen": gettext_noop("National Day"),
    "Midsommarafton": gettext_noop("Midsummer's Eve"),
    "Midsommardagen": gettext_noop("Midsummer's Day"),
    "Alla helgons dag": gettext_noop("All Saints' Day"),
    "Julafton": gettext_noop("Christmas Eve"),
    "Juldagen": gettext_noop("Christmas Day"),
    "Annandag jul": gettext_noop("Boxing Day"),
    "Nyårsafton": gettext_noop("New Year's Eve"),
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ORDINALS = {"1": 0, "2": 1, "3": 2, "4": 3, "-1": 4}
_MANY_WEEKS = 12  # more week numbers than this are no words


def day(when: date, *, year: int | None = None) -> str:
    """`torsdag 26 november`; with the year where it is not the one given."""
    if year is None or when.year == year:
        return dateformat.format(when, pgettext("date format in Django's letters", "l j F"))
    return dateformat.format(when, pgettext("date format in Django's letters", "l j F Y"))


def away(days: int) -> str:
    """How far ahead a day is: `i dag`, `i morgon`, `om 3 dagar`."""
    near = (gettext("today"), gettext("tomorrow"), pgettext("two days ahead", "in 2 days"))
    if days < len(near):
        return near[days]
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


def window(pickup: Pickup, *, year: int | None = None) -> str:
    """`27 eller 28 december`, or the day where the pickup has only one."""
    first, last = pickup.date, pickup.date_until
    if last is None:
        return day(first, year=year)
    words = {"first": _short(first, last), "last": _short(last)}
    if year is not None and last.year != year:
        words["last"] += f" {last.year}"
    if (last - first).days == 1:
        return gettext("%(first)s or %(last)s") % words
    return gettext("between %(first)s and %(last)s") % words


def _short(when: date, last: date | None = None) -> str:
    """`27 december`, or `27` where the month follows with the last day."""
    if last and (when.year, when.month) == (last.year, last.month):
        return str(when.day)
    return dateformat.format(when, pgettext("date format in Django's letters", "j F"))


def holiday(name: str) -> str:
    """The holiday with this Swedish name; the name itself where it is none of the calendar's."""
    return gettext(_HOLIDAYS[name]) if name in _HOLIDAYS else name


def listing(parts: Iterable[str]) -> str:
    """`Kärl 1, Kärl 2 och trädgårdskärl`."""
    *some, last = tuple(parts) or ("",)
    return gettext("%(some)s and %(last)s") % {"some": _comma().join(some), "last": last} if some else last


def either(parts: Iterable[str]) -> str:
    """`tisdag 1 december eller tisdag 8 december`."""
    *some, last = tuple(parts) or ("",)
    return gettext("%(some)s or %(last)s") % {"some": _comma().join(some), "last": last} if some else last


def _comma() -> str:
    return pgettext("between the parts of a list", ", ")


def season(weeks: Season) -> str:
    return gettext("weeks %(first)d–%(last)d") % {"first": weeks.first, "last": weeks.last}


def begins_again(first: date, *, year: int) -> str:
    """`Börjar igen vecka 18, tisdag 28 april`; with the year where it is not `year` or the next."""
    said = {"week": first.isocalendar().week}
    said_day = day(first, year=first.year if first.year - year < 2 else year)
    return gettext("Begins again in week %(week)d, %(day)s") % {**said, "day": said_day}


def frequency(rule: Rule) -> str:
    """`tisdag varannan vecka`; only the interval, or nothing, where no weekday says it."""
    often = interval(rule.rrule, rule.dates)
    parts = _parts(rule.rrule)
    if not often or rule.anchor is None or parts.get("FREQ") not in ("WEEKLY", "YEARLY"):
        return often
    days = parts.get("BYDAY", _WEEKDAYS[rule.anchor.weekday()]).split(",")
    if not set(days) <= set(_WEEKDAYS):
        return often
    names = listing([_weekday(name) for name in days])
    return gettext("%(weekday)s %(interval)s") % {"weekday": names, "interval": often}


def _weekday(code: str) -> str:
    # 4 January 2027 is a Monday.
    return dateformat.format(date(2027, 1, 4 + _WEEKDAYS.index(code)), "l")


def interval(rrule: str, dates: Sequence[date] = ()) -> str:
    """`varannan vecka`; "" where no plain words say it."""
    if dates:
        return gettext("on certain days")
    parts = _parts(rrule)
    number = int(parts.get("INTERVAL", "1"))
    match parts.get("FREQ"):
        case "WEEKLY":
            return _weekly(number)
        case "DAILY":
            return _daily(number)
        case "MONTHLY":
            return _monthly(number, parts.get("BYDAY", ""))
        case "YEARLY" if "BYWEEKNO" in parts and number == 1:
            return _in_weeks(parts["BYWEEKNO"])
    return ""


def _parts(rrule: str) -> dict[str, str]:
    if rrule in ("", NOT_EMPTIED):
        return {}
    return dict(part.partition("=")[::2] for part in rrule.split(";"))


def _daily(number: int) -> str:
    if number % 7 == 0:
        return _weekly(number // 7)
    if number == 1:
        return gettext("every day")
    return ngettext("every %(number)d day", "every %(number)d days", number) % {"number": number}


def _weekly(number: int) -> str:
    named = {
        1: gettext("every week"),
        2: gettext("every other week"),
        3: gettext("every third week"),
        4: gettext("every fourth week"),
    }
    if number in named:
        return named[number]
    return ngettext("every %(number)d week", "every %(number)d weeks", number) % {"number": number}


def _monthly(number: int, byday: str) -> str:
    found = re.fullmatch(r"(-1|[1-4])([A-Z]{2})", byday)
    if found and number == 1:
        return _ordinal(_ORDINALS[found[1]]) % {"weekday": _weekday(found[2])}
    if number == 1:
        return gettext("every month")
    if number == 2:
        return gettext("every other month")
    return ngettext("every %(number)d month", "every %(number)d months", number) % {"number": number}


def _ordinal(place: int) -> str:
    # Whole phrases: a language may bend both the number and the weekday.
    return (
        gettext("the first %(weekday)s of the month"),
        gettext("the second %(weekday)s of the month"),
        gettext("the third %(weekday)s of the month"),
        gettext("the fourth %(weekday)s of the month"),
        gettext("the last %(weekday)s of the month"),
    )[place]


def _in_weeks(byweekno: str) -> str:
    weeks = sorted({int(week) for week in byweekno.split(",")})
    first, last = weeks[0], weeks[-1]
    if first < 1:
        return ""
    if weeks == list(range(first, last + 1, 2)) and len(weeks) > 2:
        return _odd_or_even(first, last)
    if len(weeks) > _MANY_WEEKS:
        return ""
    names = listing([str(week) for week in weeks])
    return ngettext("week %(weeks)s", "weeks %(weeks)s", len(weeks)) % {"weeks": names}


def _odd_or_even(first: int, last: int) -> str:
    odd = first % 2 == 1
    whole_year = first <= 2 and last >= 51
    if whole_year:
        return gettext("odd weeks") if odd else gettext("even weeks")
    words = (
        gettext("odd weeks from %(first)d to %(last)d")
        if odd
        else gettext("even weeks from %(first)d to %(last)d")
    )
    return words % {"first": first, "last": last}


def language() -> str:
    """The active language."""
    return translation.get_language() or "en"
