"""Which finding is held for wrong, and why?"""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal.inference import Item
from wastecal.staff.acts.forms import CleanText
from wastecal.staff.evidence.form import FoundForm, name_of, scope_in
from wastecal.unpublished import Rejected

LONGEST_WORD = 500


class RejectionForm(FoundForm):
    """A finding by its name, and why it is wrong."""

    item = forms.CharField(max_length=600, widget=forms.HiddenInput)
    why = CleanText(
        required=True,
        max_length=LONGEST_WORD,
        label=_("Why is it wrong?"),
        error_messages={"required": _("Write why it is wrong, so that others know.")},
    )

    @property
    def scope(self) -> str:
        return scope_in(str(self.data.get("item", "")))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors:
            rows = (row for row in said["found"].items if name_of(row) == said["item"] and row.possibilities)
            said["row"] = next(rows, None)
            if said["row"] is None:
                raise forms.ValidationError(gettext("This was not found. Look at it once more."))
        return said

    def what(self) -> Rejected:
        row: Item = self.cleaned_data["row"]
        why = self.cleaned_data["why"].strip()
        return Rejected(row.scope, str(row.part or ""), row.container, row.possibilities[0].candidate, why)
