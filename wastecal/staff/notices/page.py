"""How does the list of notices look: in force, coming and past?"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wastecal import words as public
from wastecal.staff import desk, words
from wastecal.staff.notices import acts, standing
from wastecal.staff.notices.standing import Standing

PAST_SHOWN = 30


def listing(request: HttpRequest) -> HttpResponse:
    today = desk.frame_of(request).today
    found = standing.everything()
    past = [row for row in found if row.last < today]
    return desk.page(
        request,
        "notices/list",
        current=[_shown(row) for row in found if row.first <= today <= row.last],
        coming=[_shown(row) for row in found if row.first > today],
        past=[_shown(row) for row in sorted(past, key=lambda row: row.last, reverse=True)[:PAST_SHOWN]],
        more=len(past[PAST_SHOWN:]),
    )


def _shown(found: Standing) -> dict[str, Any]:
    said = found.rows[0].text.said(public.language())
    return {
        "said": said,
        "whom": acts.whose(row.scope for row in found.rows),
        "first": words.day(found.first),
        "last": words.day(found.last),
        "edit": found.rows[0].edit,
        "change": f"{reverse('staff:change_notice')}?key={found.key}",
        "end": f"{reverse('staff:end_notice')}?key={found.key}",
    }
