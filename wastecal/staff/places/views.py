"""Which page of the addresses answers?"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wastecal import answers, models, surface, unpublished
from wastecal.core import codecs
from wastecal.search import Kind
from wastecal.staff import desk
from wastecal.staff.doors import door
from wastecal.staff.places import form, page
from wastecal.staff.places.suspending import SuspensionForm
from wastecal.staff.roles import Role

LONGEST_QUERY = 200
LONGEST_NOTE = 1000


@door(Role.READ)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    query = codecs.clean(request.GET.get("q", ""))[:LONGEST_QUERY].strip()
    found = answers.find(query) if query else None
    if found and found.kind is Kind.ONE:
        return HttpResponseRedirect(page.url(found.addresses[0].slug))
    return page.listing(request, query, found)


@door(Role.READ)
@require_safe
def address(request: HttpRequest, locality: str, street: str, number: str) -> HttpResponseBase:
    slug = f"{locality}/{street}/{number}"
    answer = answers.for_address(slug, desk.frame_of(request).today)
    if answer and answer.place.slug != slug:
        return HttpResponseRedirect(page.url(answer.place.slug))
    history = list(models.Address.values_of(models.Address.objects.filter(slug=slug).order_by("pk")))
    if not history:
        raise Http404
    return page.address(request, history, answer)


@door(Role.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def suspend(request: HttpRequest, locality: str, street: str, number: str) -> HttpResponseBase:
    row = form.live(f"{locality}/{street}/{number}")
    if row is None:
        raise Http404
    today = desk.frame_of(request).today
    asked = SuspensionForm(today, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not asked.is_valid():
        return _asked(request, asked, form.label(row), page.url(row.slug))
    said, at = asked.cleaned_data, surface.now(desk.frame_of(request).town)
    by = str(desk.person(request))
    unpublished.suspend(row.slug, said["starts"], said["stops"], said["cause"], at, by)
    return HttpResponseRedirect(page.url(row.slug) + "#privat", status=303)


@door(Role.PUBLISH)
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponseBase:
    at = surface.now(desk.frame_of(request).town)
    row = unpublished.lift(min(pk, 2**31 - 1), at, str(desk.person(request)))
    if row is None:
        raise Http404
    return HttpResponseRedirect(page.url(row.address) + "#privat", status=303)


@door(Role.PROPOSE)
@require_POST
def note(request: HttpRequest, locality: str, street: str, number: str) -> HttpResponseBase:
    """Staff's own words on an address."""
    row = form.live(f"{locality}/{street}/{number}")
    text = codecs.clean(request.POST.get("text", ""))[:LONGEST_NOTE].strip()
    if row is None:
        raise Http404
    if text:
        at = surface.now(desk.frame_of(request).town)
        unpublished.note(f"address:{row.slug}", text, at, str(desk.person(request)))
    return HttpResponseRedirect(page.url(row.slug) + "#privat", status=303)


def _asked(request: HttpRequest, asked: SuspensionForm, about: str, back: str) -> HttpResponse:
    return desk.page(
        request,
        "suspension",
        status=400 if asked.is_bound else 200,
        about=about,
        back=back,
        fields=asked.shown(),
        faults=asked.faults() if asked.is_bound else [],
        action=request.path,
    )
