"""Which page keeps the accounts? Each act names who did it in the accounts' own log."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from wastecal.staff import desk, people
from wastecal.staff.accounts.forms import Duties, NewAccount
from wastecal.staff.doors import door
from wastecal.staff.entrance import factors
from wastecal.staff.models import Person
from wastecal.staff.roles import SAID, Role

_get_or_post = require_http_methods(["GET", "HEAD", "POST"])

DONE = {
    "made": _("Account made"),
    "changed": _("Role or zones changed"),
    "deactivated": _("Account closed"),
    "activated": _("Account opened again"),
    "logged_out": _("Logged out everywhere"),
    "factor_reset": _("Second step removed"),
    "password_reset": _("New password"),
    "token_made": _("Token for a program made"),
    "token_revoked": _("Token for a program revoked"),
}
"""The accounts' log in words."""

_ACTS: dict[str, Callable[..., None]] = {
    "deactivate": people.deactivate,
    "activate": people.activate,
    "end_sessions": people.end_sessions,
    "reset_second_factor": people.reset_second_factor,
}


@door(Role.ADMINISTER)
@_get_or_post
def everybody(request: HttpRequest) -> HttpResponse:
    form = NewAccount(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = people.generated_password()
        said = form.cleaned_data
        made = people.make(said["name"], said["role"], said["zones"], password, by=_by(request))
        return _once(request, made, password)
    rows = [_row(person) for person in Person.objects.order_by("-is_active", "username")]
    return desk.page(request, "accounts/everybody", form=form, rows=rows, roles=SAID)


@door(Role.ADMINISTER)
@_get_or_post
def one(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Person, pk=pk)
    own = account.pk == desk.person(request).pk
    if request.method == "POST":
        return _act(request, account) if not own else _shown(request, account, status=403)
    return _shown(request, account)


def _act(request: HttpRequest, account: Person) -> HttpResponse:
    what, by = request.POST.get("act", ""), _by(request)
    if what == "new_password" and not account.from_directory:
        password = people.generated_password()
        people.new_password(account, password, by=by)
        return _once(request, account, password)
    form = Duties(request.POST)
    if what == "change" and form.is_valid():
        people.change(account, by=by, role=form.cleaned_data["role"], zones=form.cleaned_data["zones"])
    elif what in _ACTS:
        _ACTS[what](account, by=by)
    else:
        return _shown(request, account, status=400)
    return redirect("staff:account", pk=account.pk)


def _shown(request: HttpRequest, account: Person, *, status: int = 200) -> HttpResponse:
    return desk.page(
        request,
        "accounts/one",
        status=status,
        own=account.pk == desk.person(request).pk,
        account=account,
        row=_row(account),
        form=Duties(initial={"role": account.role, "zones": account.zones}),
        notes=[(note, DONE.get(note.what, note.what)) for note in account.notes.all()[:50]],
    )


def _once(request: HttpRequest, account: Person, password: str) -> HttpResponse:
    return desk.page(request, "accounts/password", account=account, password=password)


def _row(person: Person) -> dict[str, object]:
    return {"person": person, "role": SAID[Role(person.role)], "has_factor": factors.has(person)}


def _by(request: HttpRequest) -> str:
    return desk.person(request).username
