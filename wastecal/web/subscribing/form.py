"""What does the subscriber choose: which containers, which reminder, which language?"""

import re
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from wastecal import words
from wastecal.core.ics import Reminder
from wastecal.core.options import EVENING_BEFORE, Options
from wastecal.core.rows import Municipality
from wastecal.web import language
from wastecal.web.subscribing.offers import Offer

_DAYS_BEFORE = {"kvall": 1, "morgon": 0}
_CLOCK = re.compile("([01][0-9]|2[0-3]):([0-5][0-9])")
_AHEAD = 30
_MORNING = "06:00"
_NO_TIME = _("Write a time of day, such as 18:00.")
_time = forms.TimeField(
    input_formats=["%H:%M", "%H.%M"], error_messages={"required": _NO_TIME, "invalid": _NO_TIME}
)

Given = MultiValueDict[str, str]


class Form(forms.Form):
    """The parameters are `karl`, `nar` (kvall, morgon or nothing), the two times and `sprak`."""

    karl = forms.MultipleChoiceField(
        error_messages={
            "required": _("Choose at least one container."),
            "invalid_choice": _("There is no container “%(value)s”."),
        }
    )
    nar = forms.ChoiceField(
        required=False,
        choices=[("kvall", ""), ("morgon", "")],
        error_messages={"invalid_choice": _("Choose when you want to be reminded, or no reminder.")},
    )
    kvall = forms.CharField(required=False, max_length=20)
    morgon = forms.CharField(required=False, max_length=20)
    sprak = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": _("Choose one of the languages.")}
    )

    def __init__(self, offer: Offer, town: Municipality, given: Given | None = None) -> None:
        initial = {
            "karl": [row.code for row in offer.own],
            "nar": "",
            "kvall": f"{EVENING_BEFORE.at:%H:%M}",
            "morgon": morning(town.put_out_by),
            "sprak": words.language(),
        }
        super().__init__(_with_times(given, initial), initial=initial)
        self.offer = offer
        names = dict(settings.LANGUAGES)
        languages = [(code, names[code]) for code in language.of_town(town)]
        _choices(self, "karl", [(row.code, "") for row in (*offer.own, *offer.optional)])
        _choices(self, "sprak", languages)
        self.reminder: Reminder | None = None

    def clean(self) -> None:
        """Only the time that was chosen has to be one."""
        when = self.cleaned_data.get("nar", "")
        if when not in _DAYS_BEFORE or when in self.errors:
            return
        try:
            at = _time.clean(self.cleaned_data[when])
        except ValidationError as error:
            self.add_error(when, error)
        else:
            self.reminder = Reminder(at, _DAYS_BEFORE[when])

    def wanted(self) -> Options:
        """The options of the feed; the place's own containers need not be named."""
        if not self.is_bound:
            return Options()
        usual, more = ([row.code for row in rows] for rows in (self.offer.own, self.offer.optional))
        chosen = [code for code in usual + more if code in self.cleaned_data["karl"]]
        return Options(self.reminder, () if chosen == usual else tuple(chosen))

    def language(self) -> str:
        chosen = self.cleaned_data["sprak"] if self.is_bound else ""
        return chosen or words.language()


def is_asked(given: Mapping[str, Any]) -> bool:
    return any(name in given for name in Form.base_fields)


def morning(put_out_by: str) -> str:
    """A time at which half an hour is left until the containers must stand out."""
    found = _CLOCK.fullmatch(put_out_by)
    if not found:
        return _MORNING
    minutes = max(0, int(found[1]) * 60 + int(found[2]) - _AHEAD)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _with_times(given: Given | None, initial: Mapping[str, Any]) -> Given | None:
    """A URL written by hand may leave out the times; the fields then hold the usual ones."""
    if given is None:
        return None
    whole = given.copy()
    for name in _DAYS_BEFORE:
        whole.setdefault(name, initial[name])
    return whole


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices
