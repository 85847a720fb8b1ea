"""On which page does somebody make, see and revoke the tokens of their programs?"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from wastecal.staff import desk
from wastecal.staff.acts.forms import CleanText
from wastecal.staff.doors import door
from wastecal.staff.models import Person, Token
from wastecal.staff.programs import tokens as kept
from wastecal.staff.roles import SAID, Role

_HELD = {30: _("30 days"), 90: _("90 days"), 365: _("A year")}
"""For how many days a token may hold."""


class TokenForm(forms.Form):
    """What a program is called, what it may do, and for how long."""

    name = CleanText(
        required=True,
        max_length=100,
        error_messages={"required": _("Write what the program is called, so that you know it again.")},
    )
    role = forms.ChoiceField(error_messages={"required": _("Choose what the program may do.")})
    days = forms.TypedChoiceField(
        coerce=int,
        choices=list(_HELD.items()),
        error_messages={"required": _("Choose for how long.")},
    )

    def __init__(self, person: Person, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        allowed = [(role.value, said) for role, said in SAID.items() if person.may(role)]
        self.fields["role"] = forms.ChoiceField(
            choices=[row for row in allowed if row[0] in (Role.PROPOSE, Role.PUBLISH)],
            error_messages={
                "required": _("Choose what the program may do."),
                "invalid_choice": _("Choose what the program may do."),
            },
        )


@door(Role.PROPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    person = desk.person(request)
    if person.from_directory:
        return _shown(request, TokenForm(person), status=200 if request.method != "POST" else 403)
    if "revoke" in request.POST:
        return _revoked(request, person)
    form = TokenForm(person, request.POST or None, initial={"days": 90, "role": Role.PROPOSE})
    if request.method != "POST" or not form.is_valid():
        return _shown(request, form, status=400 if form.errors else 200)
    said = form.cleaned_data
    made, text = kept.make(person, said["name"], Role(said["role"]), said["days"], timezone.now())
    return desk.page(request, "programs/once", token=made, text=text)


def _revoked(request: HttpRequest, person: Person) -> HttpResponse:
    number = request.POST["revoke"]
    found = get_object_or_404(Token, pk=number if number.isascii() and number.isdigit() else 0, person=person)
    kept.revoke(found, timezone.now(), by=person.username)
    return redirect("staff:tokens")


def _shown(request: HttpRequest, form: TokenForm, *, status: int) -> HttpResponse:
    now = timezone.now()
    found = Token.objects.filter(person=desk.person(request)).select_related("person")[:100]
    rows = [{"token": row, "role": SAID[Role(row.role)], "holds": kept.holds(row, now)} for row in found]
    return desk.page(request, "programs/tokens", status=status, form=form, rows=rows)
