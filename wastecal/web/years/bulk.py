"""Which sheets does staff print in one go: all addresses of a street, or of a zone?

Asked for with a query (`/adresser/hollviken/falsterbovagen/?ar=2027`), so that it is the live site's
alone: the published one has the street's page there, and robots are told to keep out.
"""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import urlencode

from wastecal import answers
from wastecal.core.rows import Address
from wastecal.web.frames import Frame, Link
from wastecal.web.years import page, sheet

SHEETS = 200
"""As many sheets on one page as a browser prints without losing its breath."""
_PART = "del"


def is_asked(request: HttpRequest) -> bool:
    return page.BULK in request.GET


def sheets(request: HttpRequest, frame: Frame, of: str, rows: Sequence[Address]) -> HttpResponse:
    """One sheet for each address in `rows`, or for those of one part of them; `of` is what they are."""
    year = _number(request, page.BULK, sheet.offered(frame.today))
    parts = range(1, max(-(-len(rows) // SHEETS), 1) + 1)
    part = _number(request, _PART, parts) if _PART in request.GET else 1
    first = (part - 1) * SHEETS
    some = rows[first : first + SHEETS]
    found = (answers.for_address(row.slug, frame.today, sheet.asked(year)) for row in some)
    body = page.bulk(
        frame,
        [answer for answer in found if answer],
        year,
        of=of,
        count=len(rows),
        first=first + 1,
        last=first + len(some),
        more=[_part(request, year, other, part) for other in parts] if len(parts) > 1 else [],
    )
    return HttpResponse(body, headers={"X-Robots-Tag": "noindex, nofollow"})


def _number(request: HttpRequest, name: str, offered: range) -> int:
    text = request.GET.get(name, "")
    if not text.isascii() or not text.isdecimal() or int(text[:9]) not in offered:
        raise Http404
    return int(text)


def _part(request: HttpRequest, year: int, part: int, current: int) -> Link:
    query = urlencode({page.BULK: year, _PART: part})
    return Link(f"{request.path}?{query}", str(part), part == current)
