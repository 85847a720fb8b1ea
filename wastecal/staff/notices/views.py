"""Which page of the notices answers?"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wastecal.staff.doors import door
from wastecal.staff.notices import page
from wastecal.staff.roles import Role


@door(Role.READ)
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    return page.listing(request)
