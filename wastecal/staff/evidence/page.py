"""How do the pages of the evidence look: all of it, one street or zone, and whom to ring?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wastecal import answers, inference, models
from wastecal import words as public
from wastecal.core import scopes
from wastecal.core.reconstruction import findings
from wastecal.inference import By, Item, Looked, Report
from wastecal.staff import desk, whom, words
from wastecal.staff.evidence import form, places, said
from wastecal.staff.evidence.cards import Known, card
from wastecal.staff.evidence.form import LIKELY
from wastecal.web.frames import Frame, Link, moment

SHOWN = 40
WANTED = 60
WORTH_ASKING = 0.01
MOST_MOVED = 60
"""So many streets fit into the address of the form that moves them."""


def overview(request: HttpRequest, query: str, faults: Sequence[str]) -> HttpResponse:
    """What can be adopted, what speaks against what holds, what is not sure yet, what was rejected."""
    frame = desk.frame_of(request)
    seen = inference.look(By.STREET, frame.today)
    context: dict[str, Any] = {"query": query, "query_faults": faults, "found": seen, **_as_of(seen, frame)}
    streets = seen.found if seen else None
    if seen and streets:
        by = By.ZONE if streets.homes else By.STREET
        zones = inference.look(by, frame.today, streets.mark)
        held = inference.held.held(frame.today) if seen.held is None else seen.held
        context["by"] = by.value
        if zones and zones.found:
            context |= _found(Known.of(frame.town, frame.today, zones.found, held))
        context |= _of_streets(Known.of(frame.town, frame.today, streets, held))
        context |= _asked(streets)
        context["doubted"] = _by_themselves(frame)
    return desk.page(request, "evidence/list", **context)


def _as_of(seen: Looked | None, frame: Frame) -> dict[str, Any]:
    """Of when the findings are, and what they do not hold yet; nothing where they are of just now."""
    if seen is None:
        return {}
    return {
        "waiting": seen.found is None,
        "at": moment(seen.at, frame.town) if seen.at else "",
        "newer": said.records(seen.newer) if seen.newer else "",
        "outdated": seen.outdated,
    }


def _by_themselves(frame: Frame) -> list[dict[str, str]]:
    """What was shown as uncertain by itself, and still is, each with the change that may be undone."""
    rows = inference.doubting.by_themselves()[:SHOWN]
    names = whom.names({row.scope for row in rows})
    return [
        {
            "url": places.url(row.scope),
            "name": ", ".join([names[row.scope], words.containers([row.container])]),
            "at": moment(row.made_at, frame.town),
            "edit": reverse("staff:edit", args=[row.edit]),
        }
        for row in rows
    ]


def place(request: HttpRequest, scope: str, fault: Any = None) -> HttpResponse:
    """One street or zone: each container with its records and what could be right. `fault` is the form of
    a rejection that could not be kept."""
    frame = desk.frame_of(request)
    seen = inference.look(form.of_scope(scope), frame.today)
    found = seen.found if seen else None
    name = whom.names([scope])[scope]
    items = found.of(scope) if found else ()
    held = inference.held.of(scope, frame.today)
    known = Known.of(frame.town, frame.today, replace(found, items=items), held) if found else None
    return desk.page(
        request,
        "evidence/place",
        status=400 if fault else 200,
        name=name,
        number=words.addresses(_houses(scope, frame.today)),
        cards=[card(known, item) for item in items] if known else [],
        streets=_streets_of(scope, frame.today) if scope.startswith("zone:") else [],
        zone=_zone_of(items),
        mark=found.mark if found else 0,
        by=form.of_scope(scope).value,
        fault=fault,
        **_as_of(seen, frame),
    )


def wanted(request: HttpRequest) -> HttpResponse:
    """The streets on which one more record would settle most, with what to ask."""
    frame = desk.frame_of(request)
    seen = inference.look(By.STREET, frame.today)
    rows = _wanted(seen.found, frame.today) if seen and seen.found else []
    return desk.page(request, "evidence/wanted", rows=rows, shown=WANTED, **_as_of(seen, frame))


def _found(known: Known) -> dict[str, Any]:
    """What was found of zones, and of streets that are in none: by how far it has come."""
    items = [row for row in known.found.items if row.possibilities]
    rejected = [row for row in items if inference.is_rejected(row, known.rejected)]
    left = [row for row in items if not row.confirmed and row not in rejected]
    sure = known.town.certain_from
    fresh = [row for row in left if not known.settled(row)]
    ready = [row for row in fresh if (row.probability or 0) >= sure]
    unsure = [row for row in fresh if (row.probability or 0) < sure]
    adopted = [(row, rule) for row in left if (rule := known.settled(row))]
    return {
        "records": said.records(known.found.records),
        "astray": said.records(known.found.astray) if known.found.astray else "",
        "mark": known.found.mark,
        "least": [(number, f"{number} %") for number in LIKELY],
        "ready": _lines(known, ready),
        "ready_more": len(ready[SHOWN:]),
        "unsure": _lines(known, unsure),
        "unsure_more": len(unsure[SHOWN:]),
        "adopted": [
            {
                **_line(known, row),
                "rule": form.name_of_rule(rule),
                "told": public.percent(rule.probability or 0),
            }
            for row, rule in adopted
        ],
        "rejected": _rejected(known),
    }


def _of_streets(known: Known) -> dict[str, Any]:
    """What speaks against what holds, the least sure first; and streets emptied together in no zone."""
    against = [
        row for row in known.found.items if (h := known.held.get((row.scope, row.container))) and h.against
    ]
    doubtful = [row for row in against if known.is_doubtful(row) or known.sure(row) is None]
    return {
        "doubts": [
            {
                **_line(known, row),
                "against": said.days(known.held[row.scope, row.container].against),
                "sure": said.percent(sure) if (sure := known.sure(row)) is not None else "",
            }
            for row in sorted(doubtful, key=lambda row: known.sure(row) or 0)[:SHOWN]
        ],
        "strays": len(against) - len(doubtful),
        "groups": [_group(known, items) for items in _groups(known)[:SHOWN]],
    }


def _group(known: Known, items: Sequence[Item]) -> dict[str, Any]:
    """Streets that one schedule fits: a zone may be made of them."""
    streets = list(dict.fromkeys(row.scope for row in items))
    names = [known.names[scope] for scope in streets]
    likely = {row.container: row for row in reversed(items) if row.possibilities}
    doubts = [row for row in items if len(row.memberships) > 1]
    written = list(dict.fromkeys(said.written(known.names[row.scope], row.part) for row in items))
    return {
        "streets": [Link(places.url(scope), name) for scope, name in zip(streets, names, strict=True)],
        "rules": [
            f"{words.containers([code])}: {said.pattern(row.possibilities[0], known.today)}"
            for code, row in sorted(likely.items())
        ],
        "doubts": public.listing(dict.fromkeys(said.name(row, known.names) for row in doubts)),
        "zone": places.new_zone(written) if len(written) <= MOST_MOVED else places.new_zone([]),
    }


def _groups(known: Known) -> list[list[Item]]:
    """What was found of the streets of each group that is no zone of the register."""
    zones = whom.zones()
    group_of = {
        name: group
        for group, members in known.found.groups.items()
        for name in members
        if len(members) > 1 and group not in zones
    }
    found: dict[str, list[Item]] = {}
    for item in known.found.items:
        name = f"{item.scope}#{item.part}" if item.part else item.scope
        if name in group_of:
            found.setdefault(group_of[name], []).append(item)
    return list(found.values())


def _asked(found: Report) -> dict[str, Any]:
    return {"wanted": sum(row.worth > WORTH_ASKING for row in inference.most_wanted(found))}


def _lines(known: Known, items: Iterable[Item]) -> list[dict[str, Any]]:
    ordered = sorted(items, key=lambda row: -(row.probability or 0))
    return [_line(known, row) for row in ordered[:SHOWN]]


def _line(known: Known, item: Item) -> dict[str, Any]:
    return {"url": places.url(item.scope), **said.finding(item, known.names, known.today)}


def _rejected(known: Known) -> list[dict[str, str]]:
    rows = list(known.rejected.values())
    names = whom.names({row.scope for row in rows})
    return [
        {
            "url": places.url(row.scope),
            "name": ", ".join([names[row.scope], words.containers([row.container])]),
            "why": row.why,
            "at": moment(row.made_at, known.town),
            "by": row.made_by,
            "undo": reverse("staff:evidence_unreject", args=[row.pk]),
        }
        for row in reversed(rows)
    ]


def _houses(scope: str, today: date) -> int:
    kind, _sep, name = scope.partition(":")
    if kind == "zone":
        return len(answers.addresses_in(name, today))
    return models.Address.objects.filter(street_slug=name, ended_edit=None).count()


def _zone_of(items: Iterable[Item]) -> Link | None:
    """The zone that a street is in, all of it."""
    code = next((row.home for row in items if row.scope.startswith("street:") and row.home), "")
    return (
        Link(places.url(scopes.zone(code)), whom.zone_name(code, whom.zones().get(code, "")))
        if code
        else None
    )


def _streets_of(scope: str, today: date) -> list[dict[str, Any]]:
    """The streets of a zone, each with what its own records say."""
    seen = inference.look(By.STREET, today)
    if seen is None or seen.found is None:
        return []
    code = scope.partition(":")[2]
    rows = [row for row in seen.found.items if row.home == code]
    names = whom.names({row.scope for row in rows})
    return [
        {
            "url": places.url(row.scope),
            "name": said.name(row, names),
            "container": words.containers([row.container]),
            "support": len(row.verdict.support),
            "misfits": len(row.verdict.contradictions),
        }
        for row in rows
        if row.verdict.records
    ]


def _wanted(found: Report, today: date) -> Iterator[dict[str, Any]]:
    rows = [row for row in inference.most_wanted(found) if row.worth > WORTH_ASKING][:WANTED]
    names = whom.names({row.scope for row in rows})
    items = {(row.scope, row.container): row for row in reversed(found.items)}
    for row in rows:
        item, container = items[row.scope, row.container], words.containers([row.container])
        day = findings.look_on(item.tells)
        yield {
            "url": places.url(row.scope),
            "name": names[row.scope],
            "container": container,
            "houses": words.addresses(row.houses),
            "now": said.percent(item.probability) if item.probability else "",
            "day": public.day(day, year=today.year) if day else "",
            "calls": places.calls(names[row.scope]),
        }
