"""How do the pages of the ordinary schedule look: all zones, and one with its next twelve months?"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wastecal import answers, models, unpublished
from wastecal import words as public
from wastecal.core import scopes, spans, versions
from wastecal.core.answer import Answer, Standing
from wastecal.core.recurrence import Provenance, Rule
from wastecal.core.rows import Zone
from wastecal.staff import desk, whom, words
from wastecal.web import months, visits

SHOWN = 100
GRIDS = 12


def listing(request: HttpRequest) -> HttpResponse:
    """Every zone with its rules in words, agreements, and what is suspended."""
    today = desk.frame_of(request).today
    counts = sum(answers.counted.by_street(today).values(), Counter[str]())
    agreed = models.Rule.objects.filter(scope__startswith="address:", ended_edit=None).order_by("scope", "pk")
    rows = list(models.Rule.values_of(agreed[:SHOWN]))
    suspended = unpublished.suspended_on(today)
    return desk.page(
        request,
        "schedules",
        zones=[_zone(row, counts[row.code], today) for row in answers.zones()],
        without=words.addresses(counts[""]) if counts[""] else "",
        wide=_rules([scopes.EVERYONE]),
        agreed=_agreed(rows),
        agreed_more=max(agreed.count() - SHOWN, 0),
        suspended=_suspended(suspended[:SHOWN]),
        suspended_more=len(suspended[SHOWN:]),
    )


def zone(request: HttpRequest, answer: Answer) -> HttpResponse:
    """One zone: what holds, what is to come, and the months as grids."""
    today = desk.frame_of(request).today
    code = answer.place.zone
    scope = scopes.zone(code)
    days = visits.upcoming(answer, (*answer.pickups, *answer.optional_pickups), today)
    standings = (*answer.standings, *answer.optional)
    return desk.page(
        request,
        "schedule",
        name=whom.zone_name(code, answer.zone_name),
        number=words.addresses(len(answers.addresses_in(code, today))),
        known=[_line(answer, row, today, scope) for row in standings],
        rules=_rules([scope]),
        grids=months.ahead(today, days)[:GRIDS],
        signs=[months.sign(visits.box(row.container)) for row in standings],
        rename=f"{reverse('staff:zone_rename')}?{urlencode({'code': code, 'name': answer.zone_name})}",
        retire=f"{reverse('staff:zone_retire')}?{urlencode({'code': code})}",
        move=f"{reverse('staff:zone_move')}?{urlencode({'zone': code})}",
        public=reverse("zone", args=[code]),
    )


def _zone(row: Zone, number: int, today: date) -> dict[str, Any]:
    answer = answers.for_zone(row.code, today)
    standings = (*answer.standings, *answer.optional) if answer else ()
    return {
        "name": whom.zone_name(row.code, row.name),
        "url": reverse("staff:schedule", args=[row.code]),
        "addresses": words.addresses(number),
        "known": [_line(answer, one, today, scopes.zone(row.code)) for one in standings] if answer else [],
    }


def _line(answer: Answer, row: Standing, today: date, scope: str) -> dict[str, str]:
    """`Kärl 1: torsdag varannan vecka`, the next day, and the way to change it."""
    pickups = (*answer.pickups, *answer.optional_pickups)
    code = row.container.code
    coming = next(
        (one for one in pickups if one.container == code and one.comes and one.last_day >= today), None
    )
    guessed = row.rule is not None and row.rule.provenance is Provenance.RECONSTRUCTED
    return {
        "words": words.standing(row),
        "next": public.window(coming, year=today.year) if coming else "",
        "sure": public.percent(row.rule.probability or 0) if guessed and row.rule else "",
        "url": f"{reverse('staff:schedule_change')}?{urlencode({'scope': scope, 'container': code})}",
    }


def _rules(wanted: Iterable[str]) -> list[str]:
    """The rules as they are written, each in a line."""
    rows = models.Rule.values_of(models.Rule.objects.filter(scope__in=list(wanted), ended_edit=None))
    ordered = sorted(versions.live(rows), key=lambda row: (row.container, row.valid_from or date.min))
    return [_said(row) for row in ordered]


def _said(row: Rule) -> str:
    sure = public.percent(row.probability) if row.probability is not None else ""
    return " · ".join(filter(None, [words.rule(row, {row.scope: ""}), sure]))


def _agreed(rows: Iterable[Rule]) -> list[dict[str, str]]:
    listed = list(rows)
    named = whom.names([row.scope for row in listed])
    return [
        {
            "address": named[row.scope],
            "words": words.rule(row, {row.scope: ""}),
            "url": reverse("staff:address", args=row.scope.partition(":")[2].split("/")),
        }
        for row in listed
    ]


def _suspended(rows: Iterable[models.Suspension]) -> list[dict[str, str]]:
    listed = list(rows)
    named = whom.names([scopes.address(row.address) for row in listed])
    return [
        {
            "address": named[scopes.address(row.address)],
            "since": words.day(row.starts),
            "until": words.day(row.stops) if row.stops else "",
            "url": reverse("staff:address", args=row.address.split("/")),
        }
        for row in listed
    ]


def year_ahead(today: date) -> spans.Span:
    """The month of `today` and the twelve after it."""
    return spans.Span(spans.first_of_month(today), spans.first_of_month(today, GRIDS + 1))
