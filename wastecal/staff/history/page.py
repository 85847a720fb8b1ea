"""How do the history, one Edit and its receipt look?"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from wastecal import undoing
from wastecal.core.rows import Municipality
from wastecal.models import TABLES, Edit
from wastecal.staff import catalogue, desk, whom, words
from wastecal.staff.acts import forms
from wastecal.staff.history.acts import why_not
from wastecal.staff.models import Proposal, Receipt
from wastecal.web.frames import moment

PAGE = 30
ROWS = 40
"""So many rows of one Edit are told one by one, of each table and way."""


def listing(request: HttpRequest, edits: Sequence[Edit], older: int | None) -> HttpResponse:
    """The Edits, newest first; `older` is where the next page begins."""
    town = desk.frame_of(request).town
    receipts = {row.edit: row for row in Receipt.objects.filter(edit__in=[row.number for row in edits])}
    rows = [{**_edit(row, town), **_counts(receipts.get(row.number))} for row in edits]
    return desk.page(request, "history", edits=rows, older=older)


def edit(request: HttpRequest, row: Edit) -> HttpResponse:
    """One Edit: who made it, what it did, and whether it can be undone."""
    return desk.page(request, "edit", **_whole(request, row))


def receipt(request: HttpRequest, row: Edit) -> HttpResponse:
    """What somebody is told who has just published."""
    return desk.page(request, "receipt", **_whole(request, row))


def _whole(request: HttpRequest, row: Edit) -> dict[str, Any]:
    town = desk.frame_of(request).town
    kept = Receipt.objects.filter(edit=row.number).select_related("by").first()
    proposal = Proposal.objects.filter(edit=row.number).select_related("by", "changed_by").first()
    return {
        **_edit(row, town),
        **_counts(kept),
        "rows": list(_rows(row.number)),
        "proposal": proposal,
        "texts": _texts(kept, town, desk.frame_of(request).today) if kept else [],
        "fixed": _why_not(row.number),
        "undo": f"{reverse('staff:undo')}?edit_undone={row.number}",
    }


def _edit(row: Edit, town: Municipality) -> dict[str, Any]:
    return {
        "number": row.number,
        "at": moment(row.at, town),
        "author": row.author,
        "summary": row.summary,
    }


def _counts(kept: Receipt | None) -> dict[str, Any]:
    if kept is None:
        return {}
    return {"addresses": words.addresses(kept.addresses), "pickups": words.pickups(kept.pickups)}


def _rows(number: int) -> Iterator[dict[str, Any]]:
    """What an Edit began and ended, in words."""
    for table, model in TABLES.items():
        for column, begins in (("ended_edit", False), ("edit", True)):
            found = model._default_manager.filter(**{column: number}).order_by("pk")
            count = found.count()
            rows = list(model.values_of(found[:ROWS])) if count else []
            names = whom.names([row.scope for row in rows if hasattr(row, "scope")]) if rows else {}
            for row in rows:
                yield {"words": words.row(table, row, names), "begins": begins}
            if count > ROWS:
                yield {"words": "", "begins": begins, "more": words.number(count - ROWS), "table": table}


def _why_not(number: int) -> str:
    try:
        return "" if undoing.write(number) else "-"
    except undoing.CannotUndo as error:
        return why_not(error)


def _texts(kept: Receipt, town: Municipality, day: date) -> list[dict[str, str]]:
    """What to send by other ways, in each of the town's languages."""
    act = catalogue.BY_NAME.get(kept.act)
    if act is None:
        return []
    form = act.form(day, forms.data_of(kept.asked))
    if not form.is_valid():
        return []
    found = []
    for lang in town.languages:
        with translation.override(lang):
            found.append({"lang": lang, "text": act.tell(form.cleaned_data, town)})
    return [row for row in found if row["text"]]
