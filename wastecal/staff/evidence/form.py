"""Which of the rules found are meant: some of them, or all that are likely enough?"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import inference, models
from wastecal.core import scopes
from wastecal.core.recurrence import Provenance, Rule
from wastecal.edits import Proposal
from wastecal.inference import POSSIBLE, By, Held, Item, Report
from wastecal.staff.acts.forms import ActForm

LIKELY = (99, 95, 90, 80, 60)
"""Of so many percent one may adopt all that is found."""
LARGEST_KEY = 2**62
_SEPARATOR = "|"


class Names(forms.MultipleChoiceField):
    """Any number of texts that a page of ours has put together."""

    widget = forms.MultipleHiddenInput

    def valid_value(self, value: str) -> bool:
        return True


def name_of(item: Item) -> str:
    """A finding in one text, as the form takes it."""
    return _SEPARATOR.join((item.scope, str(item.part or ""), item.container))


def name_of_rule(row: Rule) -> str:
    return _SEPARATOR.join((row.scope, row.container, str(row.anchor or ""), row.rrule))


class FoundForm(ActForm):
    """What was found up to the record with the key `mark`; `cleaned_data["found"]` is the report.

    It is found here, before anything is locked.
    """

    by = forms.ChoiceField(
        choices=[(by.value, by.value) for by in (By.STREET, By.ZONE)], widget=forms.HiddenInput
    )
    mark = forms.IntegerField(min_value=1, max_value=LARGEST_KEY, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not self.errors:
            said["found"] = inference.pinned(By(said["by"]), self.today, said["mark"])
            said["today"] = self.today
            if said["found"] is None:
                raise forms.ValidationError(
                    gettext("This has been worked out anew since, or is just now. Look at it once more.")
                )
        return said


class AdoptionForm(FoundForm):
    """`cleaned_data["items"]` are the findings that become rules, `["proposals"]` the rules."""

    item = Names(required=False)
    least = forms.ChoiceField(required=False, choices=[(number, f"{number} %") for number in LIKELY])

    def clean_least(self) -> int:
        return int(self.cleaned_data["least"] or 0)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.errors:
            return said
        if not said["item"] and not said["least"]:
            raise forms.ValidationError(gettext("Choose what is to be adopted."))
        found: Report = said["found"]
        known = inference.rejections(found)
        said["items"] = [row for row in _meant(found, said) if not inference.is_rejected(row, known)]
        least = POSSIBLE if said["item"] else said["least"] / 100
        said["proposals"] = list(_proposals(said["items"], found.start, least))
        return said


def _meant(found: Report, said: Any) -> Iterator[Item]:
    wanted, least = set(said["item"]), said["least"]
    for item in found.items:
        is_likely = not item.confirmed and (item.probability or 0) >= least / 100
        if name_of(item) in wanted or (is_likely and not wanted):
            yield item


def _proposals(items: Iterable[Item], start: date, least: float) -> Iterator[Proposal]:
    for item in items:
        yield from inference.proposed(item, start, least)


class ConfirmationForm(ActForm):
    """`cleaned_data["rows"]` are the rules that become confirmed, with their keys."""

    rule = Names(required=True, error_messages={"required": _("Choose at least one schedule.")})

    def clean_rule(self) -> list[str]:
        return list(dict.fromkeys(self.cleaned_data["rule"]))

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not self.errors:
            rows = {name_of_rule(row): (pk, row) for pk, row in guesses()}
            if not set(said["rule"]) <= set(rows):
                raise forms.ValidationError(
                    gettext("The schedule is no longer as it was shown. Look at it once more.")
                )
            said["rows"] = [rows[name] for name in said["rule"]]
        return said


def guesses() -> list[tuple[Any, Rule]]:
    """The live rules that were worked out, with their keys."""
    found = models.Rule.objects.filter(ended_edit=None, provenance=Provenance.RECONSTRUCTED)
    return list(models.Rule.keyed(found.order_by("pk")))


class DoubtForm(FoundForm):
    """A confirmed rule that the evidence speaks against; `cleaned_data["held"]` and `["item"]` are what is
    known of it."""

    scope = forms.CharField(max_length=400, widget=forms.HiddenInput)
    container = forms.CharField(max_length=100, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.errors:
            return said
        place = said["scope"], said["container"]
        said["held"] = next(
            (row for row in own(said["scope"], self.today) if row.container == place[1]), None
        )
        said["items"] = [row for row in said["found"].items if (row.scope, row.container) == place]
        if said["held"] is None or not said["items"]:
            raise forms.ValidationError(gettext("No record speaks against this schedule any longer."))
        return said


def own(scope: str, today: date) -> list[Held]:
    """The rules of a scope itself, where records of late speak against them."""
    return [row for row in inference.held.of(scope, today) if row.against and row.rule.scope == scope]


def of_scope(scope: str) -> By:
    return By.ZONE if scope.startswith(scopes.zone("")) else By.STREET


def scope_in(name: str) -> str:
    """The scope in the name of a finding."""
    return name.partition(_SEPARATOR)[0]
