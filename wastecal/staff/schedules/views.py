"""Which page of the ordinary schedule answers?"""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wastecal import answers
from wastecal.staff import desk
from wastecal.staff.doors import door
from wastecal.staff.roles import Role
from wastecal.staff.schedules import page


@door(Role.READ)
@require_safe
def schedules(request: HttpRequest) -> HttpResponse:
    return page.listing(request)


@door(Role.READ)
@require_safe
def schedule(request: HttpRequest, code: str) -> HttpResponse:
    today = desk.frame_of(request).today
    answer = answers.for_zone(code, today, page.year_ahead(today))
    if answer is None:
        raise Http404
    return page.zone(request, answer)
