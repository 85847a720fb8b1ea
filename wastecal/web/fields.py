"""What have the forms in common that anybody may send: clean texts, near days, and a trap for programs?"""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext

from wastecal.core import codecs

NEAR = timedelta(days=400)
"""How far from today the day may be that a report is about."""


class Clean(forms.CharField):
    """A text without control characters; they are nobody's words, and some databases refuse them."""

    def to_python(self, value: Any) -> str:
        return codecs.clean(str(super().to_python(value) or ""))


class Trapped(forms.Form):
    """A form with a field that is hidden from people: only programs fill it in."""

    website = forms.CharField(required=False)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                gettext("A hidden field was filled in, which only programs do. Try once more.")
            )
        return ""


def near(day: date | None, today: date) -> date | None:
    """The day somebody reports something of; ValidationError where it is too far from today."""
    if day and abs(day - today) > NEAR:
        raise forms.ValidationError(gettext("Choose a day in the last year or the next."))
    return day
