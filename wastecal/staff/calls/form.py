"""What can one write down during a call, and what is missing in it?"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import answers, words
from wastecal.core import messages
from wastecal.core.rows import Container
from wastecal.staff.acts.forms import ActForm, CleanText, Day
from wastecal.staff.calls.logbook import SEEN, WHATS, Sight, What
from wastecal.web.fields import near

LONGEST_WORD = 1000
LONGEST_MESSAGES = 20_000
MOST_DAYS = 150
_BAD_CONTAINER = _("Choose among the containers there are.")
_LIKE_THIS = _("Write the day like this: 2026-12-24.")


class LogForm(ActForm):
    """What a caller says of one day; most is pressed beside the day itself, and then all is filled in."""

    what = forms.ChoiceField(
        label=_("What does the caller say?"),
        choices=list(WHATS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what the caller says."),
            "invalid_choice": _("Choose what the caller says."),
        },
    )
    day = Day(label=_("Which day?"), error_messages={"invalid": _LIKE_THIS})
    container = forms.ChoiceField(
        required=False, label=_("Which container?"), error_messages={"invalid_choice": _BAD_CONTAINER}
    )
    text = CleanText(
        label=_("In the caller's own words"),
        help_text=_("No names and no telephone numbers. It goes to the list of reports."),
        widget=forms.Textarea,
        max_length=LONGEST_WORD,
    )
    seen = forms.BooleanField(required=False, label=_("I have seen it myself"))

    def __init__(
        self, today: date, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(today, data, initial)
        cast(forms.ChoiceField, self.fields["container"]).choices = containers()

    def clean_day(self) -> date | None:
        return near(self.cleaned_data["day"], self.today)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        what, day = said.get("what"), said.get("day")
        if what in SEEN and "day" in said:
            if day is None:
                self.add_error("day", gettext("Write which day it is about."))
            elif day > self.today:
                self.add_error("day", gettext("That day has not been yet. Write an earlier one."))
        if what == What.OTHER and "text" in said and not said["text"]:
            self.add_error("text", gettext("Write what it is about."))
        return said


class MessagesForm(ActForm):
    """Old text messages, as the caller reads them aloud: days with or without more words."""

    messages = CleanText(
        required=True,
        label=_("Days out of the caller's old text messages"),
        help_text=_("As they are read to you, one a line: 12 november, 26/11 Kärl 2, 2026-10-15 …"),
        widget=forms.Textarea,
        max_length=LONGEST_MESSAGES,
        error_messages={"required": _("Write at least one day.")},
    )
    unnamed = forms.ChoiceField(
        required=False,
        label=_("Which container, where it is not said?"),
        error_messages={"invalid_choice": _BAD_CONTAINER},
    )

    def __init__(
        self, today: date, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(today, data, initial)
        cast(forms.ChoiceField, self.fields["unnamed"]).choices = containers()

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "messages" not in said or "unnamed" not in said:
            return said
        said["sights"] = found = self._sights(said["messages"], said["unnamed"])
        if not found:
            self.add_error("messages", gettext("No day was found. Write days like this: 2026-10-15."))
        elif len(found) > MOST_DAYS:
            fault = gettext("There are %(found)d days, and at most %(most)d can be kept at a time.")
            self.add_error("messages", fault % {"found": len(found), "most": MOST_DAYS})
        return said

    def _sights(self, text: str, unnamed: str) -> tuple[Sight, ...]:
        called = {row.code: tuple(_called(row)) for row in answers.containers()}
        found = (
            (mention.day, code)
            for line in messages.read(text, self.today, called)
            for mention in line.mentions
            for code in line.containers or (unnamed,)
        )
        return tuple(sorted(dict.fromkeys(found), reverse=True))


class SightsForm(ActForm):
    """Which of the days that were read are kept; each is `2026-11-12 karl-1`."""

    sight = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day."), "invalid_choice": _("Choose a day.")},
    )

    def __init__(self, today: date, sights: tuple[Sight, ...], data: Mapping[str, Any]) -> None:
        super().__init__(today, data)
        self.sights = {written(sight): sight for sight in sights}
        cast(forms.MultipleChoiceField, self.fields["sight"]).choices = [(key, key) for key in self.sights]

    @property
    def chosen(self) -> list[Sight]:
        return [self.sights[key] for key in self.cleaned_data["sight"]]


def written(sight: Sight) -> str:
    day, container = sight
    return f"{day.isoformat()} {container}".strip()


def containers() -> list[tuple[str, str]]:
    """What one may choose: nothing, or one of the municipality's containers."""
    language = words.language()
    known = [(row.code, row.name.said(language).text) for row in answers.containers()]
    return [("", gettext("I do not know, or all of them")), *known]


def _called(container: Container) -> Iterator[str]:
    for name in (container.code, *(name for _lang, name in container.name.pairs if name)):
        yield from (name, name.replace(" ", ""))
