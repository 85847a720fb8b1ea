"""Which page of the history answers?"""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wastecal.models import Edit
from wastecal.staff.doors import door
from wastecal.staff.history import page
from wastecal.staff.roles import Role


@door(Role.READ)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    before = request.GET.get("fore", "")
    rows = Edit.objects.order_by("-number")
    if before.isascii() and before.isdigit():
        rows = rows.filter(number__lt=int(before[:9]))
    found = list(rows[: page.PAGE + 1])
    shown = found[: page.PAGE]
    return page.listing(request, shown, shown[-1].number if len(found) > page.PAGE else None)


@door(Role.READ)
@require_safe
def edit(request: HttpRequest, number: int) -> HttpResponse:
    return page.edit(request, _edit(number))


@door(Role.READ)
@require_safe
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    return page.receipt(request, _edit(number))


def _edit(number: int) -> Edit:
    found = Edit.objects.filter(number=min(number, 2**31 - 1)).first()
    if found is None:
        raise Http404
    return found
