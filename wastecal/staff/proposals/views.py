"""Which page of the proposals answers?"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from wastecal.staff.doors import door
from wastecal.staff.models import Proposal
from wastecal.staff.proposals import page, steps
from wastecal.staff.roles import Role


@door(Role.READ)
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    return page.listing(request)


@door(Role.PROPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = page.found(pk)
    if row is None:
        raise Http404
    if row.state != Proposal.State.WAITING:
        return page.over(request, row)
    return steps.answer(request, row)
