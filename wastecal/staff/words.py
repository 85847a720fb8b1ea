"""What are rows and their changes called, to those who write them? In the active language."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from wastecal import answers, words
from wastecal.core import addresses as names_of_addresses
from wastecal.core import recurrence, shifts
from wastecal.core.answer import Known, Standing
from wastecal.core.overrides import Kind, Override
from wastecal.core.pickup import Pickup, Status
from wastecal.core.recurrence import Rule
from wastecal.core.rows import Address, Container, Municipality, Notice, Zone, ZoneMove
from wastecal.core.shifts import Shift
from wastecal.core.texts import Text
from wastecal.preview import Seen

Names = Mapping[str, str]
"""Scopes in words: see whom.names."""

_MOVES = {
    "none": gettext_noop("is collected as usual"),
    "next_weekday": gettext_noop("moves to the next weekday"),
    "previous_weekday": gettext_noop("moves to the weekday before"),
    "nearest_weekday": gettext_noop("moves to the nearest weekday"),
    "earlier_in_week": gettext_noop("moves the week's days to earlier ones"),
    "later_in_week": gettext_noop("moves the week's days to later ones"),
    "monday_of_week": gettext_noop("moves to the Monday of the week"),
    "friday_before": gettext_noop("moves to the Friday before"),
    "saturday_before": gettext_noop("moves to the Saturday before"),
}


def number(count: int) -> str:
    """`1 204`."""
    return number_format(count, force_grouping=True)


def addresses(count: int) -> str:
    return ngettext("%(number)s address", "%(number)s addresses", count) % {"number": number(count)}


def pickups(count: int) -> str:
    return ngettext("%(number)s collection", "%(number)s collections", count) % {"number": number(count)}


def day(when: date) -> str:
    """`torsdag 15 januari 2027`."""
    return words.day(when, year=0)


def days(first: date, last: date | None) -> str:
    """The day, or the days of a window."""
    return words.window(Pickup("", None, first, first, last), year=0) if last else day(first)


def free_day(when: date, name: str) -> str:
    return f"{day(when)}, {words.holiday(name)}" if name else day(when)


def containers(codes: Iterable[str]) -> str:
    """`Kärl 1 och Kärl 2`; all of them where none is named."""
    wanted = tuple(codes)
    if not wanted:
        return _("all containers")
    language = words.language()
    known = {row.code: row.name.said(language).text for row in answers.containers()}
    return words.listing(known.get(code, code) for code in wanted)


def seen(told: Seen | None) -> dict[str, str]:
    """A collection as a resident sees it: its day, and what is said of it."""
    if told is None:
        return {"day": "", "note": ""}
    what = {
        Status.CANCELLED: _("cancelled"),
        Status.DELAYED: _("delayed"),
        Status.ADDED: _("extra"),
        Status.MOVED: _("moved"),
        Status.SHIFTED: _("moved for a holiday"),
    }.get(told.status, "")
    return {
        "day": days(told.date, told.date_until),
        "note": ": ".join(filter(None, (what, why(told.reason)))),
    }


def why(reason: Text) -> str:
    """Staff's reason as a resident reads it; "" for none."""
    return words.reason(Pickup("", None, date.min, date.min, reason=reason)).text if reason else ""


def row(table: str, what: Any, names: Names) -> str:
    """One row in a line."""
    match what:
        case Override():
            return override(what, names)
        case Rule():
            return rule(what, names)
        case Notice():
            return notice(what, names)
        case Address():
            return address(what)
        case ZoneMove():
            said = {"address": what.address, "zone": what.zone, "day": day(what.valid_from)}
            return _("%(address)s belongs to %(zone)s from %(day)s") % said
        case Zone():
            return _("Zone %(name)s") % {"name": f"{what.name} ({what.code})"}
        case Container():
            return _("Container %(name)s") % {"name": what.name.said(words.language()).text}
        case Shift():
            return shift(what)
        case Municipality():
            return municipality(what)
    return table


def override(what: Override, names: Names) -> str:
    """`Flyttad från torsdag 15 januari till fredag 16 januari · Norra (H1) · Kärl 1 · halka`."""
    parts = [
        happening(what),
        names.get(what.scope, what.scope),
        containers(what.containers),
        why(what.reason),
    ]
    return " · ".join(filter(None, parts))


def happening(what: Override) -> str:
    """What happens on which day."""
    said = {"day": day(what.day)}
    match what.kind:
        case Kind.MOVE:
            assert what.new_date
            said["to"] = days(what.new_date, what.new_date_until)
            return _("Moved from %(day)s to %(to)s") % said
        case Kind.CANCEL:
            return _("Cancelled on %(day)s") % said
        case Kind.DELAY:
            return _("Delayed on %(day)s") % said
        case Kind.ADD:
            return _("Extra on %(day)s") % {"day": days(what.day, what.new_date_until)}


def often(what: Rule) -> str:
    """`torsdag varannan vecka, veckorna 18–40`."""
    said = words.frequency(what) or (
        _("not emptied here") if what.rrule == recurrence.NOT_EMPTIED else what.rrule
    )
    return ", ".join(filter(None, [said, words.season(what.season) if what.season else ""]))


def standing(what: Standing) -> str:
    """`Kärl 1: torsdag varannan vecka`; what is known of the container, where that is no rule."""
    if what.known is not Known.KNOWN or what.rule is None:
        return words.known(what)
    name = what.container.name.said(words.language()).text
    return _("%(container)s: %(often)s") % {"container": name, "often": often(what.rule)}


def moved_to(zone: str, since: date) -> str:
    return _("%(zone)s from %(day)s") % {"zone": zone, "day": day(since)}


def rule(what: Rule, names: Names) -> str:
    since = _("from %(day)s") % {"day": day(what.valid_from)} if what.valid_from else ""
    until = _("until %(day)s") % {"day": day(what.valid_until)} if what.valid_until else ""
    parts = [_("Schedule: %(often)s") % {"often": often(what)}, names.get(what.scope, what.scope)]
    return " · ".join(filter(None, [*parts, containers([what.container]), since, until]))


def notice(what: Notice, names: Names) -> str:
    text = what.text.said(words.language()).text
    shown = _("from %(first)s until %(last)s") % {
        "first": day(what.shown_from),
        "last": day(what.shown_until - timedelta(days=1)),
    }
    short = text if len(text) < 160 else text[:150] + "…"
    return " · ".join([_("Notice: %(text)s") % {"text": short}, names.get(what.scope, what.scope), shown])


def address(what: Address) -> str:
    parts = (what.street, what.number, what.letter, what.postcode, what.locality)
    zone = _("zone %(code)s") % {"code": what.zone} if what.zone else ""
    return " · ".join(filter(None, [names_of_addresses.label(*parts), what.kind, zone]))


def shift(what: Shift) -> str:
    name = day(what.holiday) if isinstance(what.holiday, date) else words.holiday(what.holiday)
    if what.holiday == "*":
        name = _("any holiday")
    target = shifts.to_target(what.move)
    move = _("moves to %(day)s") % {"day": day(target)} if target else _(_MOVES.get(what.move, what.move))
    years = ", ".join(map(str, what.years))
    return " · ".join(
        filter(None, [f"{name}: {move}", years, ", ".join(what.containers), ", ".join(what.zones)])
    )


def municipality(what: Municipality) -> str:
    until = what.holidays_decided_until
    said = _("holidays are decided until %(day)s") % {"day": day(until)} if until else ""
    return " · ".join(filter(None, [what.name, said]))
