"""What is said, for whom, and from when until when? Five questions."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import answers
from wastecal.core import scopes
from wastecal.core.rows import Notice
from wastecal.staff import whom
from wastecal.staff.acts import for_whom
from wastecal.staff.acts.forms import ActForm, CleanText, Day
from wastecal.staff.notices import ready, standing

AHEAD = timedelta(days=800)
ONE_DAY = timedelta(days=1)
LIKE_THIS = _("Write the day like this: 2026-12-24.")
GONE = _("This notice is no longer there: it has ended, or somebody has changed it.")


class NoticeForm(ActForm):
    """One notice; `cleaned_data` has besides its fields `scopes`, `text` and `stop`, the day it is gone."""

    ready = forms.ChoiceField(
        required=False,
        label=_("What is said?"),
        choices=[("", _("Only your own words below")), *ready.SENTENCES.items()],
        error_messages={"invalid_choice": _("Choose a sentence in the list.")},
    )
    who = for_whom.who()
    whom = for_whom.these()
    shown_from = Day(
        required=True,
        label=_("Shown from"),
        error_messages={"required": _("Write from which day it is shown."), "invalid": LIKE_THIS},
    )
    shown_until = Day(
        required=True,
        label=_("up to and including"),
        error_messages={"required": _("Write which day is the last one."), "invalid": LIKE_THIS},
    )

    def __init__(
        self, today: date, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(today, data, {"shown_from": today, **(initial or {})})
        town = answers.town()
        self.languages = town.languages if town else ()
        names = dict(settings.LANGUAGES)
        for place, lang in enumerate(self.languages):
            label = gettext("… and in %(language)s") if place else gettext("Your own words, in %(language)s")
            self.fields[f"text_{lang}"] = CleanText(
                label=label % {"language": names.get(lang, lang)}, widget=forms.Textarea
            )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        self._read_days(said)
        for_whom.read(self, said)
        self._read_text(said)
        return said

    def _read_days(self, said: dict[str, Any]) -> None:
        start, last = said.get("shown_from"), said.get("shown_until")
        if start is None or last is None:
            return
        said["stop"] = last + ONE_DAY
        if last < start:
            self.add_error("shown_until", gettext("The last day is before the first. Write a later one."))
        elif last < self.today:
            self.add_error("shown_until", gettext("That day is over. Write today or a later day."))
        elif not self.today - AHEAD <= start <= last <= self.today + AHEAD:
            field = "shown_until" if last > self.today + AHEAD else "shown_from"
            self.add_error(field, gettext("Choose a day in the last or the next two years."))

    def _read_text(self, said: dict[str, Any]) -> None:
        own = {lang: said.get(f"text_{lang}", "") for lang in self.languages}
        first = self.languages[0]
        said["text"] = ready.text(said.get("ready", ""), own, self.languages)
        if not said["text"] and not self.errors.keys() & {"ready", *(f"text_{lang}" for lang in own)}:
            self.add_error("ready", gettext("Choose a sentence, write your own words, or both."))
        elif any(own.values()) and not own[first] and f"text_{first}" not in self.errors:
            fault = gettext("Write it in this language too: it is shown where others lack.")
            self.add_error(f"text_{first}", fault)
        if any(own.values()) and any(scope.startswith("address:") for scope in said["scopes"]):
            fault = gettext("For a single address, choose a ready sentence only: its page is public.")
            self.add_error("ready", fault)


class ChangeForm(NoticeForm):
    """A notice as it stands, to be changed; `key` is that of any of its rows."""

    key = CleanText(widget=forms.HiddenInput)

    def __init__(
        self, today: date, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        asked = dict(initial or {})
        rows = list(standing.rows_of(str(asked.get("key", ""))).values())
        super().__init__(today, data, {**_as_asked(rows), **asked})
        if data is None and not rows:
            self.fields["key"].help_text = GONE


class EndForm(ActForm):
    """Which notice ends; `cleaned_data["notice"]` is the row with the key, also where it has ended."""

    key = CleanText(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        said["notice"] = standing.row_of(said.get("key", ""))
        said["today"] = self.today
        if said["notice"] is None:
            raise forms.ValidationError(GONE)
        return said


def _as_asked(rows: list[Notice]) -> dict[str, Any]:
    """What one would fill in to make the notice that there is."""
    if not rows:
        return {}
    first = rows[0]
    wide = any(row.scope == scopes.EVERYONE for row in rows)
    return {
        "who": for_whom.EVERYONE if wide else for_whom.SOME,
        "whom": "" if wide else "\n".join(whom.written(row.scope) for row in rows),
        "shown_from": first.shown_from,
        "shown_until": first.shown_until - ONE_DAY,
        **{f"text_{lang}": text for lang, text in first.text.pairs},
    }
