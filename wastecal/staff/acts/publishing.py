"""May this person publish this, is it still what was shown, and what is kept of it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import translation

from wastecal import answers, edits, preview, surface
from wastecal.core import scopes
from wastecal.core.errors import WastecalError
from wastecal.core.rows import Municipality
from wastecal.edits import StaleEdit, Write
from wastecal.models import Address, Edit
from wastecal.preview import Preview
from wastecal.staff.acts import Act
from wastecal.staff.acts.forms import ActForm
from wastecal.staff.models import Person, Proposal, Receipt
from wastecal.staff.roles import Role

FOREMAN_DAYS = 3
"""A foreman publishes for his zones from today to so many days ahead."""


class Changed(WastecalError):
    """What was shown is no longer what would happen; `shown` is what would."""

    def __init__(self, shown: Preview | None = None) -> None:
        super().__init__("something has changed since this was shown")
        self.shown = shown


class Overtaken(WastecalError):
    """Somebody else has changed the proposal or decided on it in the meantime."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What somebody saw before they said publish: the newest Edit then, and the preview's digest."""

    edit: int
    digest: str

    @classmethod
    def of(cls, sent: Any) -> "Checked":
        number = str(sent.get("edit", ""))
        return cls(int(number) if number.isascii() and number.isdigit() else 0, str(sent.get("digest", "")))


def may_publish(person: Person, shown: Preview, today: date, proposal: Proposal | None = None) -> bool:
    """Whether the person may publish this: by role, or as a foreman; by two people where that is the rule."""
    if not person.may(Role.PUBLISH):
        return proposal is None and person.may(Role.PROPOSE) and _is_foremans(person, shown, today)
    if settings.TWO_PEOPLE and shown.for_everyone:
        return proposal is not None and proposal.author != person
    return True


def may_handle(person: Person, proposal: Proposal) -> bool:
    """Who changes or declines it: whoever may publish, and whoever proposed it and thinks better of it."""
    return person.may(Role.PUBLISH) or person == proposal.by


def publish(
    act: Act, form: ActForm, person: Person, checked: Checked, proposal: Proposal | None = None
) -> Edit | None:
    """Make an Edit of an act, if it still does what was shown; None where there is nothing to write.

    A `proposal` has been restated as in `form`. Raises Changed, Overtaken, and Refused as the act's own
    write.
    """
    town = answers.town()
    assert town is not None
    said = form.cleaned_data
    shown: list[Preview] = []

    def write() -> Write:
        wanted = act.write(said)
        shown.append(preview.of(wanted, form.today))
        if shown[0].digest != checked.digest or not may_publish(person, shown[0], form.today, proposal):
            raise Changed(shown[0])
        return wanted

    def keep(edit: Edit) -> None:
        if proposal is not None:
            _decide(proposal, person, edit)
        act.keep(said, edit)
        seen = shown[0]
        kept = Receipt(
            edit=edit.number,
            act=act.name,
            asked=form.asked(),
            by=person,
            addresses=seen.addresses,
            pickups=seen.pickups,
        )
        kept.save()

    try:
        return edits.record(write, summary(act, form, town), surface.now(town), author=str(person), then=keep)
    except StaleEdit as stale:
        raise Changed from stale


def summary(act: Act, form: ActForm, town: Municipality) -> str:
    """What the public list of Edits says of it, in the town's first language."""
    with translation.override(town.languages[0]):
        return act.summary(form.cleaned_data)


def propose(act: Act, form: ActForm, person: Person, at: datetime) -> Proposal:
    town = answers.town()
    assert town is not None
    return Proposal.objects.create(
        act=act.name, asked=form.asked(), summary=summary(act, form, town), at=at, by=person
    )


def restate(proposal: Proposal, act: Act, form: ActForm, person: Person) -> bool:
    """Give the proposal the words of a form, not yet in the database; whether they are others."""
    town = answers.town()
    assert town is not None
    asked = form.asked()
    if _plain(asked) == _plain(proposal.asked):
        return False
    proposal.asked, proposal.summary, proposal.changed_by = asked, summary(act, form, town), person
    return True


def amend(proposal: Proposal) -> None:
    """Keep a proposal as it has been restated. Raises Overtaken."""
    _keep(proposal, {})


def since(number: int) -> list[Edit]:
    """The Edits after this one, newest first."""
    return list(Edit.objects.filter(number__gt=number).order_by("-number")[:20])


def _decide(proposal: Proposal, person: Person, edit: Edit) -> None:
    state = Proposal.State.APPROVED
    _keep(proposal, {"state": state, "decided_by": person, "decided_at": edit.at, "edit": edit.number})


def _keep(proposal: Proposal, decision: Mapping[str, Any]) -> None:
    waiting = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.WAITING, version=proposal.version)
    said = {name: getattr(proposal, name) for name in ("asked", "summary", "changed_by")}
    if not waiting.update(version=proposal.version + 1, **said, **decision):
        raise Overtaken("the proposal is no longer what it was")


def _plain(asked: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What was sent, without what browsers do to line breaks."""
    return {name: ["\n".join(value.splitlines()) for value in values] for name, values in asked.items()}


def _is_foremans(person: Person, shown: Preview, today: date) -> bool:
    """Whether all of it is overrides within his zones and within the days that he may speak of."""
    near = {today + timedelta(days=days) for days in range(FOREMAN_DAYS + 1)}
    return bool(person.zones) and all(
        name == "overrides"
        and {day for day in (row.date, row.new_date, row.new_date_until) if day} <= near
        and _zones_of(row.scope, row.day) <= set(person.zones)
        for name, row in shown.rows
    )


def _zones_of(scope: str, day: date) -> set[str]:
    """The zones in which a scope lies on a day; one that nobody may have for what is in none."""
    kind, _, name = scope.partition(":")
    if kind == "zone":
        return {name}
    if kind == "street":
        rows = Address.objects.filter(street_slug=name, ended_edit=None)
        slugs = list(rows.values_list("slug", flat=True))
    else:
        slugs = [name] if scope != scopes.EVERYONE else []
    found = {answer.place.zone_on(day) for slug in slugs if (answer := answers.for_address(slug, day))}
    return found or {""}
