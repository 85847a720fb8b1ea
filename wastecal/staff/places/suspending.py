"""When is collection stopped at one address, and why? Never public: that would say the house is empty."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal.core import spans
from wastecal.staff.acts.forms import ActForm, CleanText, Day


class SuspensionForm(ActForm):
    """From which day until which, and the cause that only the staff see."""

    starts = Day(
        required=True,
        label=_("From which day is nothing collected?"),
        error_messages={
            "required": _("Write the first day."),
            "invalid": _("Write the day like this: 2026-12-24."),
        },
    )
    stops = Day(
        label=_("From which day is it collected again?"),
        help_text=_("Leave it empty where nobody knows yet."),
    )
    cause = CleanText(
        label=_("Why?"),
        help_text=_("Only the staff see this."),
        widget=forms.Textarea,
        max_length=1000,
    )

    def clean_starts(self) -> date:
        day = cast(date, self.cleaned_data["starts"])
        if not spans.first_of_month(self.today, -12) <= day <= spans.first_of_month(self.today, 24):
            raise forms.ValidationError(gettext("Choose a day in the last year or the next two years."))
        return day

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("starts") and said.get("stops") and said["stops"] <= said["starts"]:
            self.add_error("stops", gettext("That is not after the first day. Write a later one."))
        return said
