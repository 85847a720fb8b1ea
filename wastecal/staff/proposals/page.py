"""How do the list of proposals look, one that is decided, and one that can no longer be published?"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wastecal.staff import catalogue, desk
from wastecal.staff.acts import publishing
from wastecal.staff.models import Proposal
from wastecal.web.frames import moment

DECIDED_SHOWN = 20
_PEOPLE = ("by", "changed_by", "decided_by")


def found(pk: int) -> Proposal | None:
    return Proposal.objects.select_related(*_PEOPLE).filter(pk=min(pk, 2**62)).first()


def listing(request: HttpRequest) -> HttpResponse:
    town = desk.frame_of(request).town
    rows = Proposal.objects.select_related(*_PEOPLE)
    waiting = rows.filter(state=Proposal.State.WAITING)
    decided = rows.exclude(state=Proposal.State.WAITING).order_by("-decided_at")[:DECIDED_SHOWN]
    lists: dict[str, Any] = {
        name: [{"row": row, "at": moment(row.at, town), "url": url(row)} for row in shown]
        for name, shown in (("waiting", waiting), ("decided", decided))
    }
    return desk.page(request, "proposals", **lists)


def over(request: HttpRequest, row: Proposal, *, status: int = 200) -> HttpResponse:
    """What became of one that somebody has decided on."""
    town = desk.frame_of(request).town
    decided_at = moment(row.decided_at, town)
    return desk.page(
        request, "proposal_over", status=status, row=row, at=moment(row.at, town), decided_at=decided_at
    )


def unreadable(request: HttpRequest, row: Proposal, why: str = "") -> HttpResponse:
    """One that would not be understood now, or change nothing; it can be mended or declined."""
    act = catalogue.BY_NAME.get(row.act)
    return desk.page(
        request,
        "proposal_stale",
        status=409,
        row=row,
        why=why,
        may_handle=publishing.may_handle(desk.person(request), row),
        may_change=act is not None and act.asks,
        action=request.path,
    )


def url(row: Proposal) -> str:
    return reverse("staff:proposal", args=[row.pk])
