"""Which page of the evidence answers?"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from wastecal import answers, surface, unpublished
from wastecal.core import codecs, scopes
from wastecal.staff import desk, whom
from wastecal.staff.doors import door
from wastecal.staff.evidence import page, places
from wastecal.staff.evidence.rejecting import RejectionForm
from wastecal.staff.roles import Role

LONGEST_QUERY = 200


@door(Role.READ)
@require_safe
def evidence(request: HttpRequest) -> HttpResponseBase:
    query = codecs.clean(request.GET.get("q", ""))[:LONGEST_QUERY].strip()
    meant = whom.understand(query)
    found = [scope for scope in meant.scopes if scope != scopes.EVERYONE]
    if len(found) == 1 and not meant.faults:
        return HttpResponseRedirect(places.url(found[0]))
    return page.overview(request, query, meant.faults)


@door(Role.READ)
@require_safe
def street(request: HttpRequest, locality: str, street: str) -> HttpResponse:
    return page.place(request, _there(scopes.street(f"{locality}/{street}")))


@door(Role.READ)
@require_safe
def zone(request: HttpRequest, code: str) -> HttpResponse:
    own = next((row.code for row in answers.zones() if row.code.casefold() == code.casefold()), "")
    return page.place(request, _there(scopes.zone(own)))


@door(Role.READ)
@require_safe
def wanted(request: HttpRequest) -> HttpResponse:
    return page.wanted(request)


@door(Role.PROPOSE)
@require_POST
def reject(request: HttpRequest) -> HttpResponseBase:
    """What was found is held for wrong; nothing public changes."""
    form = RejectionForm(desk.frame_of(request).today, request.POST)
    if not form.is_valid():
        return page.place(request, _there(form.scope), form)
    at = surface.now(desk.frame_of(request).town)
    unpublished.reject(form.what(), form.cleaned_data["mark"], at, str(desk.person(request)))
    return HttpResponseRedirect(places.url(form.scope), status=303)


@door(Role.PROPOSE)
@require_POST
def unreject(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = unpublished.withdraw_rejection(min(pk, 2**31 - 1), surface.now(desk.frame_of(request).town))
    if row is None:
        raise Http404
    return HttpResponseRedirect(places.url(row.scope), status=303)


def _there(scope: str) -> str:
    """The scope, if it is that of a zone or a street there is."""
    kind, _sep, name = scope.partition(":")
    names = {
        "zone": [row.code for row in answers.zones()],
        "street": [row.slug for row in answers.all_streets()],
    }
    if not name or name not in names.get(kind, []):
        raise Http404
    return scope
