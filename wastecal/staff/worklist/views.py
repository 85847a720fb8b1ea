"""Which page of the reports answers?"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wastecal import reports, surface
from wastecal.reports import Filed
from wastecal.staff import desk
from wastecal.staff.doors import door
from wastecal.staff.roles import Role
from wastecal.staff.worklist import page


@door(Role.READ)
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    done, again = _asked(request, "klar"), _asked(request, "igen")
    return page.listing(request, done or again, again=again is not None)


@door(Role.PROPOSE)
@require_POST
def report_done(request: HttpRequest, number: int) -> HttpResponseBase:
    """Dealt with; that somebody else has said so in the meantime is no matter."""
    _found(number)
    reports.mark_done(number, surface.now(desk.frame_of(request).town))
    return HttpResponseRedirect(f"{reverse('staff:worklist')}?klar={number}", status=303)


@door(Role.PROPOSE)
@require_POST
def report_reopen(request: HttpRequest, number: int) -> HttpResponseBase:
    _found(number)
    reports.reopen(number)
    return HttpResponseRedirect(f"{reverse('staff:worklist')}?igen={number}", status=303)


def _asked(request: HttpRequest, name: str) -> Filed | None:
    number = request.GET.get(name, "")[:15]
    return reports.find(int(number)) if number.isascii() and number.isdigit() else None


def _found(number: int) -> None:
    if reports.find(min(number, 2**62)) is None:
        raise Http404
