"""What is said of one pickup: what changed and why, how certain it is, and all of that in a calendar?"""

from collections.abc import Iterable
from datetime import date, time

from django.utils.dateformat import time_format
from django.utils.translation import gettext, gettext_noop, pgettext

from wastecal.core.answer import Answer
from wastecal.core.overrides import Reason
from wastecal.core.pickup import Pickup, Status
from wastecal.core.recurrence import Provenance
from wastecal.core.rows import Container, Municipality
from wastecal.core.texts import Said, Text
from wastecal.words import days

# Why, at one address: the data holds only these codes.
_REASONS = {
    Reason.ACCESS: gettext_noop("the truck could not get through"),
    Reason.AGREED: gettext_noop("as agreed"),
    Reason.MISSED: gettext_noop("it was missed on the ordinary day"),
    Reason.ROADWORKS: gettext_noop("roadworks"),
    Reason.VEHICLE: gettext_noop("trouble with the truck"),
    Reason.WEATHER: gettext_noop("the weather"),
    Reason.OTHER: gettext_noop("other reasons"),
}


def summary(name: str, pickup: Pickup) -> str:
    """The title in a calendar: bare and always the same, for programs match on it, unless no truck comes."""
    words = {"container": name}
    if pickup.status is Status.CANCELLED:
        return gettext("Cancelled: %(container)s") % words
    if pickup.status is Status.DELAYED:
        return gettext("Delayed: %(container)s") % words
    return gettext("%(container)s collection") % words


def change(pickup: Pickup) -> str:
    """What became of the ordinary day, without why; "" where nothing changed."""
    match pickup.status:
        case Status.DELAYED:
            return gettext("Delayed – leave the container out")
        case Status.CANCELLED:
            return gettext("Cancelled")
        case Status.ADDED:
            return gettext("Extra collection")
    return _moved_from(pickup, pickup.moved_from) if pickup.moved_from else ""


def _moved_from(pickup: Pickup, ordinary: date) -> str:
    when = days.day(ordinary, year=pickup.date.year)
    return gettext("Moved from %(day)s") % {"day": when}


def reason(pickup: Pickup) -> Said:
    """Why it changed: the holiday, or staff's word in the nearest language there is; empty text for none."""
    language = days.language()
    if pickup.status is Status.SHIFTED:
        return Said(days.holiday(pickup.holiday or ""), language)
    return said_reason(pickup.reason)


def said_reason(text: Text) -> Said:
    """Staff's word why, or that of its code, in the nearest language there is."""
    language = days.language()
    said = text.said(language)
    if said.text in _REASONS:
        return Said(gettext(_REASONS[Reason(said.text)]), language)
    return said


def status_line(pickup: Pickup) -> str:
    """`Flyttad från torsdag 24 december: Julafton`; "" where nothing changed."""
    words = change(pickup)
    why = reason(pickup).text
    if not words or not why:
        return words
    return gettext("%(change)s: %(reason)s") % {"change": words, "reason": why}


def certainty(pickup: Pickup, *, dated: bool = True) -> str:
    """How sure the date is: `Bekräftad`, `Beräknad ur gamla uppgifter, 93 % säker`, …

    Where it is unsure the day is said again, unless `dated` is False: it stands beside it.
    """
    said = (
        [_basis(pickup, dated=dated)]
        if not (pickup.preliminary and pickup.certainty is Provenance.CONFIRMED)
        else []
    )
    if pickup.preliminary:
        said.append(gettext("Preliminary: the days of this holiday week are not decided yet"))
    return ". ".join(said)


def _basis(pickup: Pickup, *, dated: bool) -> str:
    probability = pickup.probability or 0
    if pickup.tentative:
        return _uncertain(pickup, percent(probability), dated=dated)
    match pickup.certainty:
        case Provenance.RECONSTRUCTED:
            return gettext("Worked out from old records, %(percent)s certain") % {
                "percent": percent(probability)
            }
        case Provenance.DEFAULT:
            return gettext("By the general rule")
    return gettext("Confirmed")


def _uncertain(pickup: Pickup, sure: str, *, dated: bool) -> str:
    """`Osäker: tisdag 1 december, 70 %, eller tisdag 8 december (25 %)`."""
    words = {"day": days.window(pickup), "percent": sure}
    said = gettext("Uncertain: %(day)s, %(percent)s") if dated else gettext("Uncertain, %(percent)s")
    others = pickup.alternatives if pickup.date == pickup.planned else ()
    if not others:
        return said % words
    possible = days.either(
        gettext("%(day)s (%(percent)s)") % {"day": days.day(row.date), "percent": percent(row.probability)}
        for row in others
    )
    return gettext("%(uncertain)s, or %(days)s") % {"uncertain": said % words, "days": possible}


def percent(probability: float) -> str:
    """`93 %`; nothing below certainty is called 100."""
    whole = round(probability * 100)
    if probability < 1:
        whole = min(whole, 99)
    return gettext("%(number)d%%") % {"number": whole}


def fractions(container: Container) -> tuple[tuple[str, ...], str]:
    """What goes into it, and the language in which that is said."""
    language = days.language()
    by_language = dict(container.fractions)
    if by_language.get(language):
        return by_language[language], language
    return next(((names, other) for other, names in container.fractions if names), ((), language))


def put_out(town: Municipality) -> str:
    """When the container must stand out; "" where the municipality does not say."""
    if not town.put_out_by:
        return ""
    return gettext("Put it out by %(time)s the same morning.") % {"time": _clock(town.put_out_by)}


def _clock(text: str) -> str:
    """`06.00` for `06:00`; what is no time of day, as it stands."""
    try:
        return time_format(time.fromisoformat(text), pgettext("time of day in Django's letters", "H:i"))
    except ValueError:
        return text


def description(answer: Answer, pickup: Pickup) -> str:
    """All that a calendar entry says below its title, in lines. It depends on nothing but the arguments
    and the active language."""
    return "\n".join(line for line in _lines(answer, pickup) if line)


def _lines(answer: Answer, pickup: Pickup) -> Iterable[str]:
    yield days.listing(fractions(answer.container(pickup.container))[0])
    if pickup.date_until and pickup.comes:
        yield gettext("Collected %(day)s.") % {"day": days.window(pickup)}
    if pickup.comes:
        yield put_out(answer.town)
    yield status_line(pickup)
    if pickup.status is not Status.CANCELLED:
        yield certainty(pickup)
    for notice in answer.notices_on(pickup.date):
        yield notice.text.said(days.language()).text
