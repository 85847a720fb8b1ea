"""What was an address told on a given day? The Edits before the next midnight, with that day as today."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wastecal import answers, words
from wastecal.core.answer import Answer
from wastecal.core.pickup import Pickup
from wastecal.models import Edit
from wastecal.search import Kind
from wastecal.staff import desk
from wastecal.staff.acts.forms import ActForm, CleanText, Day
from wastecal.staff.doors import door
from wastecal.staff.roles import Role
from wastecal.web.frames import moment

_BEFORE, _AFTER = 3, 8
"""So many pickups before and after the day are shown."""


class ToldForm(ActForm):
    adress = CleanText(
        required=True,
        label=_("Address"),
        max_length=200,
        error_messages={"required": _("Write an address.")},
    )
    dag = Day(
        required=True,
        label=_("Which day?"),
        error_messages={
            "required": _("Write which day it is about."),
            "invalid": _("Write the day like this: 2026-12-24."),
        },
    )

    def clean_adress(self) -> str:
        """The slug of the one address that was meant."""
        text = str(self.cleaned_data["adress"])
        if answers.for_address(text, self.today):
            return text
        found = answers.find(text)
        if found.kind is Kind.ONE:
            return found.addresses[0].slug
        near = [f"{row.street} {row.number}{row.letter}, {row.locality}" for row in found.addresses[:4]]
        if near:
            raise forms.ValidationError(gettext("Did you mean %(near)s?") % {"near": words.either(near)})
        raise forms.ValidationError(gettext("There is no such address."))


@door(Role.READ)
@require_safe
def told(request: HttpRequest) -> HttpResponse:
    today = desk.frame_of(request).today
    form = ToldForm(today, request.GET) if request.GET else ToldForm(today)
    fits = form.is_bound and form.is_valid()
    return desk.page(
        request,
        "told",
        status=400 if form.is_bound and not fits else 200,
        fields=form.shown(),
        faults=form.faults(),
        **(_told(request, form.cleaned_data["adress"], form.cleaned_data["dag"]) if fits else {}),
    )


def _told(request: HttpRequest, slug: str, day: date) -> dict[str, Any]:
    town = desk.frame_of(request).town
    number = answers.edit_at(day)
    edit = Edit.objects.filter(number=number).first()
    found = answers.for_address(slug, day, as_of=number)
    return {
        "asked": True,
        "day": words.day(day, year=0),
        "edit": edit,
        "at": moment(edit.at, town) if edit else "",
        "place": words.place(found) if found else "",
        "pickups": [_line(found, row) for row in _around(found, day)] if found else [],
        "notices": [row.text.said(words.language()).text for row in found.notices_on(day)] if found else [],
    }


def _around(found: Answer, day: date) -> list[Pickup]:
    before = [row for row in found.pickups if row.last_day < day]
    after = [row for row in found.pickups if row.last_day >= day]
    return [*before[-_BEFORE:], *after[:_AFTER]]


def _line(found: Answer, row: Pickup) -> dict[str, str]:
    return {
        "day": words.window(row, year=0),
        "container": found.container(row.container).name.said(words.language()).text,
        "said": words.status_line(row),
        "certainty": words.certainty(row, dated=False),
    }
