"""How do the pages of addresses look: the search, what waits, and one address with its history?"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wastecal import answers, models, reports, unpublished
from wastecal import words as public
from wastecal.core import scopes, slugs, versions
from wastecal.core.answer import Answer
from wastecal.core.rows import Address, Municipality
from wastecal.reports import Kind
from wastecal.search import Found
from wastecal.staff import desk, whom, words
from wastecal.staff.places.form import KINDS, label
from wastecal.web.frames import Link, moment


def listing(request: HttpRequest, query: str, found: Found[Address] | None) -> HttpResponse:
    """A search, what it found, and how many say that an address is missing or wrong."""
    wanted = (Kind.MISSING_ADDRESS, Kind.WRONG_ADDRESS)
    return desk.page(
        request,
        "addresses",
        query=query,
        hits=[Link(url(row.slug), label(row)) for row in found.addresses] if found else [],
        near=[f"{street}, {locality}" for locality, street in found.suggestions] if found else [],
        more=found.more if found else 0,
        waiting=sum(row.report.kind in wanted for row in reports.waiting()),
        number=words.number(answers.number_of_addresses()),
    )


def url(slug: str) -> str:
    return reverse("staff:address", args=slug.split("/"))


def address(request: HttpRequest, history: Sequence[Address], answer: Answer | None) -> HttpResponse:
    """One address by all versions of its row; `answer` is None where it is gone."""
    frame = desk.frame_of(request)
    row = max(history, key=lambda row: (row.ended_edit is None, row.edit))
    scope = scopes.address(row.slug)
    return desk.page(
        request,
        "address",
        label=label(row),
        row=row,
        kind=KINDS.get(row.kind, row.kind),
        gone=answer is None,
        names=[row.slug, *row.also] + ([slugs.natural(row)] if slugs.natural(row) != row.slug else []),
        parts=row.slug.split("/"),
        point="" if row.lat is None else f"{row.lat}, {row.lon}",
        zones=_zones(answer, row, frame.today),
        known=_known(answer, frame.today) if answer else [],
        rules=_rules(scope),
        history=_history(history, frame.town),
        suspensions=[_suspension(one, frame.today, frame.town) for one in unpublished.suspensions(row.slug)],
        notes=[(one, moment(one.made_at, frame.town)) for one in unpublished.notes(scope)],
        acts=_acts(row.slug, scope),
    )


def _acts(slug: str, scope: str) -> dict[str, str]:
    here = urlencode({"address": slug})
    found = {name: f"{reverse(f'staff:address_{name}')}?{here}" for name in ("change", "merge", "retire")}
    found["agree"] = f"{reverse('staff:schedule_change')}?{urlencode({'scope': scope})}"
    found["suspend"] = reverse("staff:suspend", args=slug.split("/"))
    return found


def _zones(answer: Answer | None, row: Address, today: date) -> list[str]:
    """Its zone today, and the moves to come."""
    place = answer.place if answer else None
    found = [whom.names([scopes.zone(code)])[scopes.zone(code)] if code else whom.zone_name("")
             for code in [place.zone_on(today) if place else row.zone]]  # fmt: skip
    for day, code in place.moves if place else ():
        if day > today:
            name = whom.names([scopes.zone(code)])[scopes.zone(code)]
            found.append(words.moved_to(name, day))
    return found


def _known(answer: Answer, today: date) -> list[dict[str, str]]:
    """What holds for each container, with the next day."""
    pickups = (*answer.pickups, *answer.optional_pickups)
    found = []
    for row in (*answer.standings, *answer.optional):
        code = row.container.code
        ahead = (one for one in pickups if one.container == code and one.comes and one.last_day >= today)
        coming = next(ahead, None)
        found.append(
            {
                "often": words.standing(row),
                "next": public.window(coming, year=today.year) if coming else "",
            }
        )
    return found


def _rules(scope: str) -> list[dict[str, str]]:
    """What was otherwise agreed for the address."""
    rows = versions.live(models.Rule.values_of(models.Rule.objects.filter(scope=scope).order_by("pk")))
    change = reverse("staff:schedule_change")
    return [
        {
            "words": words.rule(row, {scope: ""}),
            "url": f"{change}?{urlencode({'scope': scope, 'container': row.container})}",
        }
        for row in rows
    ]


def _history(history: Sequence[Address], town: Municipality) -> list[dict[str, Any]]:
    """Every Edit that made or ended a version, the newest first."""
    made = {row.edit: words.address(row) for row in history}
    ended = {row.ended_edit: "" for row in history if row.ended_edit and row.ended_edit not in made}
    edits = models.Edit.objects.filter(number__in=[*made, *ended]).order_by("-number")
    return [
        {"edit": edit, "at": moment(edit.at, town), "words": {**ended, **made}[edit.number]} for edit in edits
    ]


def _suspension(row: models.Suspension, today: date, town: Municipality) -> dict[str, Any]:
    return {
        "row": row,
        "starts": words.day(row.starts),
        "stops": words.day(row.stops) if row.stops else "",
        "made": moment(row.made_at, town),
        "lifted": moment(row.lifted_at, town) if row.lifted_at else "",
        "holds": row.lifted_at is None and (row.stops is None or row.stops > today),
    }
