"""What stands on the one screen of a call? All that is known of an address, private things too."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from wastecal import answers, models, reports, words
from wastecal.core import scopes, spans
from wastecal.core.answer import Answer
from wastecal.core.evidence import Evidence, Kind, Source
from wastecal.core.pickup import Pickup
from wastecal.core.rows import Address, Municipality
from wastecal.core.spans import Span
from wastecal.staff import whom
from wastecal.staff import words as staffs
from wastecal.staff.calls import aloud, logbook
from wastecal.staff.worklist import page as worklist
from wastecal.web import visits

LAST, NEXT, TOLD, NEIGHBOURS, SEEN = 3, 5, 3, 4, 6
BACK = timedelta(days=190)
"""So far back the last days are looked for: three times every eight weeks, and something over."""
KINDS = {
    "villa": gettext_noop("House"),
    "fritidshus": gettext_noop("Holiday house"),
    "flerbostadshus": gettext_noop("Block of flats"),
    "verksamhet": gettext_noop("Business"),
}


def find(slug: str, today: date) -> Answer | None:
    """The answer with the last days in it."""
    usual = spans.default(today)
    return answers.for_address(slug, today, Span(min(today - BACK, usual.start), usual.stop))


def of(answer: Answer, town: Municipality, today: date) -> dict[str, Any]:
    """Everything but what was asked for on this very call."""
    row = answer.place.address
    assert row is not None, "a call is about an address"
    slug = answer.place.slug
    suspensions = list(_suspensions(slug, today))
    return {
        "house": aloud.house(answer),
        "town_line": words.place(answer).partition(", ")[2],
        "label": words.place(answer),
        "kind": gettext(KINDS[row.kind]) if row.kind in KINDS else "",
        "zone": whom.zone_name(answer.zone, answer.zone_name),
        "aloud": aloud.sentences(answer, today),
        "last": _last(answer, today),
        "next": _next(answer, answer.pickups, today)[:NEXT],
        "optional": _optional(answer, today),
        "messages": visits.messages(answer, today),
        "neighbours": list(_neighbours(row, answer.place.street, today)),
        "suspensions": suspensions,
        "suspended": any(row["now"] for row in suspensions),
        "agreements": list(_agreements(slug)),
        "reports": worklist.rows(reports.waiting(slug), town),
        "seen": [sight(found, today) for found in logbook.seen_at(answer, SEEN)],
    }


def told(slug: str, day: date) -> dict[str, Any]:
    """What the address was told on a day: the same, with what stood when that day ended."""
    edit = answers.edit_at(day)
    answer = answers.for_address(slug, day, as_of=edit) if edit else None
    if answer is None:
        return {"day": staffs.day(day), "aloud": (), "next": []}
    return {
        "day": staffs.day(day),
        "aloud": aloud.sentences(answer, day),
        "next": _next(answer, answer.pickups, day)[:TOLD],
    }


def sight(row: Evidence, today: date) -> str:
    """`torsdag 12 november: Kärl 1 ej tömt (boende)`."""
    said = {
        "day": words.day(row.date, year=today.year),
        "container": staffs.containers([row.container]) if row.container else gettext("unknown container"),
        "who": _source(row.source),
    }
    if row.kind is Kind.COLLECTED:
        return gettext("%(day)s: %(container)s emptied (%(who)s)") % said
    return gettext("%(day)s: %(container)s not emptied (%(who)s)") % said


def _source(source: Source) -> str:
    match source:
        case Source.RESIDENT | Source.SMS:
            return gettext("a resident's word")
        case Source.STAFF:
            return gettext("seen by the staff")
    return gettext("the truck's own records")


Days = list[dict[str, Any]]


def _last(answer: Answer, today: date) -> Days:
    """The last days that are over, the newest first."""
    over = [row for row in answer.pickups if row.last_day < today]
    return list(reversed(_by_day(answer, over, today)))[:LAST]


def _next(answer: Answer, pickups: Iterable[Pickup], today: date) -> Days:
    return _by_day(answer, [row for row in pickups if row.last_day >= today], today)


def _by_day(answer: Answer, pickups: Iterable[Pickup], today: date) -> Days:
    groups: dict[tuple[date, date], list[Pickup]] = {}
    for row in pickups:
        groups.setdefault((row.date, row.last_day), []).append(row)
    return [
        {
            "day": words.window(groups[days][0], year=today.year),
            "today": days[0] == today,
            "pickups": _together([_pickup(answer, row, today) for row in groups[days]]),
        }
        for days in sorted(groups)
    ]


def _pickup(answer: Answer, row: Pickup, today: date) -> dict[str, Any]:
    why = words.reason(row).text
    return {
        "name": answer.container(row.container).name.said(words.language()).text,
        "container": row.container,
        "iso": row.date.isoformat(),
        "ordinary": words.day(row.moved_from, year=today.year) if row.moved_from else "",
        "what": "" if row.moved_from else words.change(row),
        "why": why,
        "certainty": words.certainty(row, dated=False) if row.comes else "",
        "comes": row.comes,
        "can_have_been": row.comes and row.date_until is None and row.date <= today,
    }


def _together(found: Days) -> Days:
    """Containers of which the same is said in one line; not where each has buttons of its own."""
    lines: dict[object, dict[str, Any]] = {}
    for row in found:
        alone = row["container"] if row["can_have_been"] else ""
        said = (alone, row["ordinary"], row["what"], row["why"], row["certainty"], row["comes"])
        if said in lines:
            names = (*lines[said]["names"], row["name"])
            lines[said] |= {"names": names, "name": words.listing(names), "container": ""}
        else:
            lines[said] = {**row, "names": (row["name"],)}
    return list(lines.values())


def _optional(answer: Answer, today: date) -> dict[str, Any]:
    """The next day of what one may have besides."""
    coming = _next(answer, answer.optional_pickups, today)
    return {"said": words.optional(answer), "next": coming[0]} if coming else {}


def _neighbours(own: Address, street: str, today: date) -> Iterator[dict[str, Any]]:
    """The houses with the nearest numbers, and when the truck comes to them next."""
    others = [row for row in answers.addresses_on(street) if row.slug != own.slug]
    nearest = sorted(others, key=lambda row: abs(_number(row) - _number(own)))[:NEIGHBOURS]
    for row in sorted(nearest, key=others.index):
        answer = answers.for_address(row.slug, today)
        if answer is None:
            continue
        coming = visits.next_of(visits.upcoming(answer, answer.pickups, today), today)
        yield {
            "house": f"{row.street} {row.number}{row.letter}",
            "url": url(row.slug),
            "day": coming.words if coming else "",
            "containers": words.listing(dict.fromkeys(row.box.name.text for row in coming.visits))
            if coming
            else "",
        }


def _number(row: Address) -> int:
    found = re.match(r"[0-9]{1,9}", row.number)
    return int(found[0]) if found else 0


def _suspensions(slug: str, today: date) -> Iterator[dict[str, Any]]:
    """Those that hold or are still to come, until the day on which it is collected again; nobody outside
    may see them."""
    ahead = Q(stops=None) | Q(stops__gt=today)
    found = models.Suspension.objects.filter(ahead, address=slug, lifted_at=None)
    for row in found.order_by("starts", "pk"):
        yield {
            "first": staffs.day(row.starts),
            "again": staffs.day(row.stops) if row.stops else "",
            "cause": row.cause,
            "now": row.starts <= today,
        }


def _agreements(slug: str) -> Iterator[str]:
    """What is agreed with this house alone: its own rules, and the staff's notes."""
    scope = scopes.address(slug)
    rules = models.Rule.objects.filter(scope=scope, ended_edit=None).order_by("pk")
    yield from (staffs.rule(row.to_core(), whom.names([scope])) for row in rules)
    yield from models.Note.objects.filter(scope=scope).order_by("pk").values_list("text", flat=True)


def url(slug: str, page: str = "call") -> str:
    return reverse(f"staff:{page}", args=slug.split("/"))
