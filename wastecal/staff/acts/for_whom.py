"""For whom is something? Everyone, or zones, streets and addresses in one's own words: two questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal.core import scopes
from wastecal.staff import whom
from wastecal.staff.acts.forms import CleanText

EVERYONE, SOME = "everyone", "some"


def who() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("For whom?"),
        choices=[(EVERYONE, _("Everyone")), (SOME, _("Only these:"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for whom."), "invalid_choice": _("Choose for whom.")},
    )


def these() -> CleanText:
    return CleanText(
        label=_("Zones, streets or addresses"),
        help_text=_("One a line, or with commas between. For example: H1, Storgatan, Storgatan 12 B"),
        widget=forms.Textarea,
    )


def read(form: forms.Form, said: dict[str, Any]) -> None:
    """The fields `who` and `whom` of a form as `scopes`, none where they were not understood."""
    if said.get("who") != SOME:
        said["scopes"] = (scopes.EVERYONE,)
        return
    found = whom.understand(said.get("whom", ""))
    for fault in found.faults:
        form.add_error("whom", fault)
    if not found.scopes and not found.faults and "whom" in said:
        form.add_error("whom", gettext("Write at least one zone, street or address, or choose everyone."))
    said["scopes"] = found.scopes
