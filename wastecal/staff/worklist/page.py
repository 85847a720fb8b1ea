"""How does the list of reports look: what waits, by address?"""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wastecal import reports, words
from wastecal.core import scopes
from wastecal.core.rows import Municipality
from wastecal.reports import Filed, Kind
from wastecal.staff import desk, whom
from wastecal.staff import words as staffs
from wastecal.staff.roles import Role
from wastecal.web.frames import moment
from wastecal.web.reporting.form import KINDS

SHOWN = 300
_TYPED = re.compile(r"([^\d,]+?)\s*(\d+\s?[a-zA-Z]?)?(?:\s*,\s*|\s+|$)(?:(\d{3}\s?\d{2})\s*)?([^\d]*)")


def listing(request: HttpRequest, done: Filed | None, *, again: bool = False) -> HttpResponse:
    """What waits, by address in the order of the oldest report; `done` was dealt with just now, unless
    it waits `again`."""
    town = desk.frame_of(request).town
    waiting = reports.waiting()
    return desk.page(
        request,
        "worklist/list",
        places=_places(waiting[:SHOWN], town),
        more=len(waiting[SHOWN:]),
        done=rows([done], town)[0] if done else None,
        again=again,
        may_work=desk.person(request).may(Role.PROPOSE),
    )


def _places(waiting: Sequence[Filed], town: Municipality) -> list[dict[str, Any]]:
    """The reports on one address, or on what was typed, under its name."""
    groups: dict[tuple[str, str], list[Filed]] = {}
    for filed in waiting:
        groups.setdefault((filed.report.address, filed.report.typed), []).append(filed)
    names = whom.names([scopes.address(slug) for slug, _ in groups if slug])
    return [
        {
            "name": names[scopes.address(slug)] if slug else typed,
            "call": reverse("staff:call", args=slug.split("/")) if slug else "",
            "rows": rows(found, town),
        }
        for (slug, typed), found in groups.items()
    ]


def rows(found: Iterable[Filed], town: Municipality) -> list[dict[str, Any]]:
    """Reports in words."""
    return [
        {
            "number": filed.number,
            "kind": KINDS[filed.report.kind],
            "day": words.day(filed.report.day, year=filed.at.year) if filed.report.day else "",
            "container": staffs.containers([filed.report.container]) if filed.report.container else "",
            "text": filed.report.text,
            "at": moment(filed.at, town),
            "done": reverse("staff:report_done", args=[filed.number]),
            "reopen": reverse("staff:report_reopen", args=[filed.number]),
            "missing": filed.report.kind is Kind.MISSING_ADDRESS,
            "form": _form(filed),
        }
        for filed in found
    ]


def _form(filed: Filed) -> str:
    """Where an address that is missing or wrong is dealt with, filled in; publishing it is the end of the
    report. "" for other reports."""
    said, about = filed.report, {"report": filed.number}
    if said.kind is Kind.MISSING_ADDRESS:
        return f"{reverse('staff:address_add')}?{urlencode({**_read(said.typed), **about})}"
    if said.kind is Kind.WRONG_ADDRESS and said.address:
        return f"{reverse('staff:address_change')}?{urlencode({'address': said.address, **about})}"
    return ""


def _read(typed: str) -> dict[str, str]:
    """What somebody typed as an address, in the fields of the form as far as it can be told apart."""
    found = _TYPED.fullmatch(" ".join(typed.split()))
    if found is None:
        return {"street": typed}
    street, number, postcode, locality = (part or "" for part in found.groups())
    return {"street": street, "number": number, "postcode": postcode, "locality": locality.strip(" ,")}
