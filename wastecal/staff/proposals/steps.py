"""How does a proposal go on: looked through, changed, approved or declined?

Like an act it travels in hidden fields. What comes back is what its reader saw; where that is not what
stands in the database, it is a change, and the reader's own word (decision 93).
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from wastecal import surface
from wastecal.core import codecs
from wastecal.staff import catalogue, desk
from wastecal.staff.acts import Act, Refused, flow, forms, publishing
from wastecal.staff.acts import page as acts
from wastecal.staff.acts.forms import ActForm
from wastecal.staff.acts.publishing import Changed, Checked, Overtaken
from wastecal.staff.models import Person, Proposal
from wastecal.staff.proposals import page
from wastecal.staff.roles import Role

LONGEST_WORD = 500


def answer(request: HttpRequest, row: Proposal) -> HttpResponseBase:
    """The page after any step on a proposal that waits."""
    act = catalogue.BY_NAME.get(row.act)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step and not publishing.may_handle(desk.person(request), row):
        return desk.page(request, "closed", status=403, needed=Role.PUBLISH)
    if step == "decline":
        return _declined(request, row)
    if act is None:
        return page.unreadable(request, row)
    if step and _is_overtaken(request, row):
        return _overtaken(request, act, row)
    return _stepped(request, act, row, step)


def _stepped(request: HttpRequest, act: Act, row: Proposal, step: str) -> HttpResponseBase:
    form = _form(request, act, row)
    if step == "change":
        return _changing(request, act, row, form)
    if not form.is_valid():
        return (
            acts.form(request, act, form, proposal=row, status=400) if step else page.unreadable(request, row)
        )
    if step == "publish":
        return _approved(request, row, act, form)
    if step == "propose":
        return _amended(request, row, act, form)
    return _looked_at(request, row, act, form)


def _form(request: HttpRequest, act: Act, row: Proposal) -> ActForm:
    """What was sent for the act's form, else what was proposed."""
    today = desk.frame_of(request).today
    proposed = act.form(today, forms.data_of(row.asked))
    sent = request.method == "POST" and not proposed.fields.keys().isdisjoint(
        {**request.POST, **request.FILES}
    )
    return act.form(today, act.received(request)) if sent else proposed


def _changing(request: HttpRequest, act: Act, row: Proposal, form: ActForm) -> HttpResponse:
    """The form filled in; what could no longer be published is marked in it."""
    if form.is_valid():
        form = act.form(form.today, initial=flow.initial(form))
    return acts.form(request, act, form, proposal=row)


def _looked_at(
    request: HttpRequest, row: Proposal, act: Act, form: ActForm, *, overtaken: Person | None = None
) -> HttpResponse:
    restated = publishing.restate(row, act, form, desk.person(request))
    try:
        shown = flow.seen(act, form)
    except Refused as refused:
        return _refused(request, row, act, form, refused, restated=restated)
    return acts.check(
        request,
        act,
        form,
        shown,
        proposal=row,
        restated=restated,
        overtaken=overtaken,
        status=409 if overtaken else 200,
    )


def _approved(request: HttpRequest, row: Proposal, act: Act, form: ActForm) -> HttpResponseBase:
    checked = Checked.of(request.POST)
    restated = publishing.restate(row, act, form, desk.person(request))
    try:
        edit = publishing.publish(act, form, desk.person(request), checked, row)
    except Changed as changed:
        shown = changed.shown or flow.seen(act, form)
        others = publishing.since(checked.edit)
        return acts.check(
            request, act, form, shown, others=others, proposal=row, restated=restated, status=409
        )
    except Overtaken:
        return _overtaken(request, act, row)
    except Refused as refused:
        return _refused(request, row, act, form, refused, restated=restated)
    if edit is None:
        return page.unreadable(request, row, gettext("There is nothing to publish: nothing changes."))
    return HttpResponseRedirect(reverse("staff:receipt", args=[edit.number]), status=303)


def _amended(request: HttpRequest, row: Proposal, act: Act, form: ActForm) -> HttpResponseBase:
    """Keep it as it is changed, for somebody else to publish."""
    try:
        flow.seen(act, form)
        if publishing.restate(row, act, form, desk.person(request)):
            publishing.amend(row)
    except Refused as refused:
        return _refused(request, row, act, form, refused, restated=True)
    except Overtaken:
        return _overtaken(request, act, row)
    return HttpResponseRedirect(page.url(row), status=303)


def _refused(
    request: HttpRequest, row: Proposal, act: Act, form: ActForm, refused: Refused, *, restated: bool
) -> HttpResponse:
    if restated and act.asks:
        return flow.refusal(request, act, form, refused, proposal=row)
    return page.unreadable(request, row, refused.words)


def _is_overtaken(request: HttpRequest, row: Proposal) -> bool:
    seen = request.POST.get("version", "")
    return seen != "" and seen != str(row.version)


def _overtaken(request: HttpRequest, act: Act, row: Proposal) -> HttpResponse:
    """What stands there now, in place of what was approved or changed unseen."""
    now = page.found(row.pk)
    assert now is not None, "proposals are never deleted"
    if now.state != Proposal.State.WAITING:
        return page.over(request, now, status=409)
    form = _form(request, act, now)
    if not request.POST.get("restated") or not form.is_valid():
        form = act.form(form.today, forms.data_of(now.asked))
    if not form.is_valid():
        return page.unreadable(request, now)
    return _looked_at(request, now, act, form, overtaken=now.author)


def _declined(request: HttpRequest, row: Proposal) -> HttpResponseBase:
    Proposal.objects.filter(pk=row.pk, state=Proposal.State.WAITING).update(
        state=Proposal.State.DECLINED,
        decided_by=desk.person(request),
        decided_at=surface.now(desk.frame_of(request).town),
        word=codecs.clean(request.POST.get("word", ""))[:LONGEST_WORD],
    )
    return HttpResponseRedirect(reverse("staff:proposals"), status=303)
