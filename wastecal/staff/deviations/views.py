"""Which page of the deviations answers?"""

import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wastecal.core import codecs, spans
from wastecal.staff import desk
from wastecal.staff.deviations import page
from wastecal.staff.doors import door
from wastecal.staff.roles import Role

_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)


@door(Role.READ)
@require_safe
def deviations(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("manad", "")
    month = _day(f"{asked}-01") if _MONTH.fullmatch(asked) else desk.frame_of(request).today
    return page.listing(request, spans.first_of_month(month))


@door(Role.READ)
@require_safe
def day(request: HttpRequest, day: str) -> HttpResponse:
    return page.day(request, _day(day))


def _day(text: str) -> date:
    try:
        found = codecs.CODECS["date"].read(text)
    except ValueError as error:
        raise Http404 from error
    if not isinstance(found, date):
        raise Http404
    return found
