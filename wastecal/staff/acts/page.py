"""How do the pages of an act look: its form, and what it would change?"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wastecal.models import Edit
from wastecal.preview import Line, Preview
from wastecal.staff import desk, whom, words
from wastecal.staff.acts import Act, publishing
from wastecal.staff.acts.forms import ActForm
from wastecal.staff.models import Person, Proposal

LINES = 60
"""So many lines of before and after are shown; the others are counted."""
TABLE = 30


def form(
    request: HttpRequest, act: Act, asked: ActForm, *, proposal: Proposal | None = None, status: int = 200
) -> HttpResponse:
    """The form of an act, blank or filled in, with what is wrong; that of a proposal which is changed."""
    return desk.page(
        request,
        act.template,
        status=status,
        act=act,
        about=asked.about,
        proposal=proposal,
        fields=asked.shown(),
        faults=asked.faults() if asked.is_bound else [],
        action=request.path,
    )


def check(
    request: HttpRequest,
    act: Act,
    asked: ActForm,
    shown: Preview,
    *,
    others: Sequence[Edit] = (),
    proposal: Proposal | None = None,
    restated: bool = False,
    overtaken: Person | None = None,
    status: int = 200,
) -> HttpResponse:
    """What would change, before anything has. `others` are Edits made since it was shown the first time;
    a `proposal` may be `restated` by this very person, and `overtaken` by another one in the meantime."""
    today = desk.frame_of(request).today
    who = desk.person(request)
    return desk.page(
        request,
        "check",
        status=status,
        act=act,
        aside=act.aside(asked.cleaned_data, shown),
        summary=act.summary(asked.cleaned_data),
        carried=[(name, _in_one_line(value)) for name, value in asked.carried()],
        shown=shown,
        digest=shown.digest,
        told=effect(shown),
        rows=written(shown),
        may_publish=publishing.may_publish(who, shown, today, proposal),
        may_handle=proposal is not None and publishing.may_handle(who, proposal),
        restated=restated,
        overtaken=overtaken,
        conflict=status == 409,
        others=others,
        proposal=proposal,
        action=request.path,
    )


def effect(shown: Preview) -> dict[str, Any]:
    """All that a preview tells, in words."""
    names = whom.names([clash.override.scope for clash in shown.clashes])
    # What looks the same before and after is no longer preliminary, or becomes so.
    settles = "municipality" in shown.begun
    lines = [line for line in shown.lines if not settles or line.before != line.after]
    settled = settles * sum(
        line.addresses * len(line.containers) for line in shown.lines if line.before == line.after
    )
    return {
        "addresses": words.addresses(shown.addresses),
        "pickups": words.pickups(shown.pickups),
        "standings": words.addresses(shown.standings) if shown.standings else "",
        "lines": [_line(line) for line in lines[:LINES]],
        "more": len(lines[LINES:]),
        "settled": words.pickups(settled) if settled else "",
        "clashes": [
            {
                "words": words.override(clash.override, names),
                "wins": clash.wins,
                "addresses": words.addresses(clash.addresses),
            }
            for clash in shown.clashes[:TABLE]
        ],
        "clashes_more": len(shown.clashes[TABLE:]),
        "free": [words.free_day(day, name) for day, name in shown.free],
        "loads": [
            {
                "day": words.day(load.day),
                "before": words.number(load.before),
                "after": words.number(load.after),
            }
            for load in shown.loads
        ],
    }


def written(shown: Preview) -> list[dict[str, Any]]:
    """The rows that begin and end, in words."""
    names = whom.names([row.scope for _, row in shown.rows if hasattr(row, "scope")])
    begun = [(table, row, True) for table, rows in shown.begun.items() for row in rows]
    ended = [(table, row, False) for table, rows in shown.ended.items() for row in rows]
    return [
        {"words": words.row(table, row, names), "begins": begins} for table, row, begins in [*ended, *begun]
    ][:LINES]


def _in_one_line(value: str) -> SafeString:
    """The value of a hidden field: line breaks as references, for those of a page are tidied away."""
    return mark_safe(escape(value).replace("\r", "&#13;").replace("\n", "&#10;"))


def _line(line: Line) -> dict[str, Any]:
    return {
        "zone": whom.zone_name(line.zone, whom.zones().get(line.zone, "")),
        "containers": words.containers(line.containers),
        "before": words.seen(line.before),
        "after": words.seen(line.after),
        "addresses": words.addresses(line.addresses),
    }
