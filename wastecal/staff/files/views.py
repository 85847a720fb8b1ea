"""Which file does a member of the staff get, and from where is one sent?"""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wastecal.core import spans
from wastecal.importing import overrides
from wastecal.staff import desk, words
from wastecal.staff.doors import door
from wastecal.staff.files import sheets
from wastecal.staff.roles import Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {"csv": (sheets.text, "text/csv; charset=utf-8"), "xlsx": (sheets.workbook, XLSX)}


@door(Role.READ)
@require_safe
def files(request: HttpRequest) -> HttpResponse:
    today = desk.frame_of(request).today
    return desk.page(
        request,
        "files",
        since=words.day(spans.first_of_month(today, -1)),
        in_force=words.number(len(overrides.in_force(spans.first_of_month(today, -1)))),
        most=words.number(overrides.MAX_ROWS),
    )


@door(Role.READ)
@require_safe
def template(request: HttpRequest, form: str) -> HttpResponse:
    return _sent("mall", form, [sheets.header()])


@door(Role.READ)
@require_safe
def in_force(request: HttpRequest, form: str) -> HttpResponse:
    frame = desk.frame_of(request)
    found = overrides.in_force(spans.first_of_month(frame.today, -1))
    return _sent("avvikelser", form, overrides.rows_of(found, frame.town.languages))


def _sent(name: str, form: str, rows: Iterable[list[str]]) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    make, kind = FORMS[form]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-store"}
    return HttpResponse(make(rows), content_type=kind, headers=headers)
