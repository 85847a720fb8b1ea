"""How does an act go: asked, checked, published or proposed? No step but the last leaves a trace.

The form travels with the person, in hidden fields: nothing is kept in the session, two windows do not
meet, and what was typed outlives a restart. What was checked is named by its digest (decision 50).
"""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from wastecal import preview, surface
from wastecal.preview import Preview
from wastecal.staff import desk
from wastecal.staff.acts import Act, Refused, page, publishing
from wastecal.staff.acts.forms import ActForm
from wastecal.staff.acts.publishing import Changed, Checked
from wastecal.staff.doors import View, door
from wastecal.staff.models import Proposal


def view(act: Act) -> View:
    """The page of an act."""

    @door(act.role)
    @require_http_methods(["GET", "HEAD", "POST"])
    def answered(request: HttpRequest) -> HttpResponseBase:
        today = desk.frame_of(request).today
        if request.method != "POST":
            return _begun(request, act, today)
        return _sent(request, act, act.form(today, act.received(request)))

    return answered


def _begun(request: HttpRequest, act: Act, today: date) -> HttpResponse:
    if act.asks:
        return page.form(request, act, act.form(today, initial=request.GET.dict()))
    form = act.form(today, request.GET)
    if not form.is_valid():
        raise Http404
    return _checked(request, act, form)


def _sent(request: HttpRequest, act: Act, form: ActForm) -> HttpResponseBase:
    step = request.POST.get("step", "")
    if step == "change":
        return page.form(request, act, act.form(form.today, initial=initial(form)))
    if not form.is_valid():
        return page.form(request, act, form, status=400)
    if step == "publish":
        return _published(request, act, form)
    if step == "propose":
        return _proposed(request, act, form)
    return _checked(request, act, form)


def initial(form: ActForm) -> dict[str, object]:
    """What was sent, for the same form blank of faults."""
    return {
        name: values if form.shown()[name]["kind"] == "checkboxes" else values[-1]
        for name, values in form.asked().items()
        if values
    }


def _checked(request: HttpRequest, act: Act, form: ActForm) -> HttpResponse:
    try:
        return page.check(request, act, form, seen(act, form))
    except Refused as refused:
        return refusal(request, act, form, refused)


def seen(act: Act, form: ActForm) -> Preview:
    """What the act would change now. Raises Refused."""
    write = act.write(form.cleaned_data)
    if not write:
        raise Refused(gettext("There is nothing to publish: nothing changes."))
    return preview.of(write, form.today)


def _published(request: HttpRequest, act: Act, form: ActForm) -> HttpResponseBase:
    checked = Checked.of(request.POST)
    try:
        edit = publishing.publish(act, form, desk.person(request), checked)
    except Changed as changed:
        return _conflict(request, act, form, checked, changed)
    except Refused as refused:
        return refusal(request, act, form, refused)
    if edit is None:
        return refusal(request, act, form, Refused(gettext("There is nothing to publish: nothing changes.")))
    return HttpResponseRedirect(reverse("staff:receipt", args=[edit.number]), status=303)


def _proposed(request: HttpRequest, act: Act, form: ActForm) -> HttpResponseBase:
    try:
        seen(act, form)
    except Refused as refused:
        return refusal(request, act, form, refused)
    at = surface.now(desk.frame_of(request).town)
    made = publishing.propose(act, form, desk.person(request), at)
    return HttpResponseRedirect(reverse("staff:proposal", args=[made.pk]), status=303)


def _conflict(
    request: HttpRequest, act: Act, form: ActForm, checked: Checked, changed: Changed
) -> HttpResponse:
    try:
        shown = changed.shown or seen(act, form)
    except Refused as refused:
        return refusal(request, act, form, refused, status=409)
    others = publishing.since(checked.edit)
    return page.check(request, act, form, shown, others=others, status=409)


def refusal(
    request: HttpRequest,
    act: Act,
    form: ActForm,
    refused: Refused,
    *,
    proposal: Proposal | None = None,
    status: int = 400,
) -> HttpResponse:
    """The form once more, with why it cannot be written."""
    if not act.asks:
        return desk.page(request, "refused", status=status, title=act.title, why=refused.words)
    form.add_error(refused.field, refused.words)
    return page.form(request, act, form, proposal=proposal, status=status)
