"""What are records, rules and parts of streets called on the pages of the evidence?"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wastecal import words as public
from wastecal.core.evidence import Evidence, Kind, Source
from wastecal.core.reconstruction import Part, Possibility, Stretch
from wastecal.core.reconstruction.findings import Judged
from wastecal.inference import Item
from wastecal.staff import words

KINDS = {Kind.COLLECTED: _("emptied"), Kind.NOT_COLLECTED: _("not emptied")}
SOURCES = {
    Source.SMS: _("text message"),
    Source.RESIDENT: _("resident"),
    Source.DRIVER: _("driver"),
    Source.VEHICLE: _("vehicle"),
    Source.INVOICE: _("invoice"),
    Source.STAFF: _("staff"),
}


def pattern(row: Possibility | Stretch, today: date) -> str:
    """`varannan torsdag`."""
    return public.pattern(row.candidate.interval, row.candidate.first_from(today))


def percent(probability: float) -> str:
    """`97 %`; what is not impossible is not called 0."""
    if round(probability * 100) == 0:
        return gettext("less than 1%")
    return public.percent(probability)


def possibility(row: Possibility, today: date) -> dict[str, Any]:
    """A rule that could be right: in words, its next day, and how likely it is, also as a length."""
    return {
        "pattern": pattern(row, today),
        "next": public.day(row.candidate.first_from(today), year=today.year),
        "percent": percent(row.probability),
        "share": round(100 * row.probability),
    }


def earlier(rules: Sequence[Stretch]) -> list[str]:
    """`Till 5 januari 2026: varannan tisdag (98 %)`, of each rule that another one followed."""
    return [
        gettext("Until %(day)s: %(pattern)s (%(percent)s)")
        % {
            "day": public.day(row.stop, year=0),
            "pattern": pattern(row, row.stop),
            "percent": percent(row.probability),
        }
        for row in rules[:-1]
        if row.stop
    ]


def part(what: Part | None) -> str:
    """`udda nummer`, `nummer 1–15`, `från nummer 16`; "" for the whole."""
    if what is None:
        return ""
    if what.side:
        return gettext("odd numbers") if what.side == "odd" else gettext("even numbers")
    if what.last is None:
        return gettext("from number %(first)d") % {"first": what.first}
    if what.first == 0:
        return gettext("up to number %(last)d") % {"last": what.last}
    return gettext("numbers %(first)d–%(last)d") % {"first": what.first, "last": what.last}


def written(street: str, what: Part | None) -> str:
    """The part of a street as the form that moves streets takes it."""
    if what is None:
        return street
    if what.side:
        return f"{street} {gettext('odd') if what.side == 'odd' else gettext('even')}"
    return f"{street} {what.first}-{9999 if what.last is None else what.last}"


def name(item: Item, names: Any) -> str:
    """`Storgatan, Holmby, udda nummer`."""
    return ", ".join(filter(None, [names.get(item.scope, item.scope), part(item.part)]))


def finding(item: Item, names: Any, today: date) -> dict[str, Any]:
    """What was found of one container, in a line: where, which schedule, how likely, by how many records."""
    best = item.possibilities[0] if item.possibilities else None
    return {
        "name": name(item, names),
        "container": words.containers([item.container]),
        "pattern": pattern(best, today) if best else "",
        "percent": percent(best.probability) if best else "",
        "support": records(len(item.verdict.support)),
        "misfits": len(item.verdict.contradictions),
    }


def records(count: int) -> str:
    return ngettext("%(number)d record", "%(number)d records", count) % {"number": count}


def record(row: Judged) -> dict[str, Any]:
    """`torsdag 12 november 2026 · tömt · sms`, and how it fits."""
    return {**_seen(row.record), "agrees": row.agrees, "fits": _fits(row)}


def _seen(row: Evidence) -> dict[str, Any]:
    number = gettext("number %(number)s") % {"number": row.number} if row.number else ""
    said = [str(KINDS[row.kind]), str(SOURCES[row.source]), number]
    return {"day": public.day(row.date, year=0), "said": " · ".join(filter(None, said))}


def _fits(row: Judged) -> str:
    if not row.agrees:
        return gettext("does not fit")
    if row.nominal and row.nominal != row.record.date:
        return gettext("fits, moved from %(day)s for a holiday") % {"day": public.day(row.nominal)}
    return gettext("fits")


def days(rows: Iterable[Evidence]) -> str:
    """`onsdag 4 och fredag 13 november`, each day once."""
    return public.listing(public.day(day, year=0) for day in sorted({row.date for row in rows}))
