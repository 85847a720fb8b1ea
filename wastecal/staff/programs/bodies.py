"""What does a program send to change something, and which act of the staff is that?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    IntegerField,
    ListField,
    Serializer,
)

from wastecal.api import listed, problems, shapes
from wastecal.api.shapes import day_of, edit_number, example, words_in, words_of
from wastecal.staff.acts import Act
from wastecal.staff.acts.for_whom import EVERYONE, SOME
from wastecal.staff.acts.forms import ActForm, data_of
from wastecal.staff.deviations import acts as deviations
from wastecal.staff.deviations.form import REASONS, What
from wastecal.staff.notices import acts as notice_acts

MOST = 200
_TEXTS = "by language, the municipality's first at least"


def _scopes() -> Any:
    meaning = "For whom: `everyone` alone, or any of `zone:H3`, `street:<slug>`, `address:<slug>`."
    return example(
        ListField, meaning, ["zone:H3"], child=CharField(max_length=500), min_length=1, max_length=MOST
    )


class NewOverride(Serializer[Any]):
    """One word on the pickups of a day."""

    kind = example(
        ChoiceField,
        "`move`, `cancel`, `delay`, `add`; or `close`: nothing at all is emptied on the day, what was moved "
        "there included, and all of it goes to `new_date` where there is one.",
        "move",
        choices=[what.value for what in What],
    )
    scopes = _scopes()
    containers = words_in("The codes of the containers; empty: all.", ["karl-1"], required=False)
    date = day_of("The planned day it is about, after holiday moves.", "2026-12-10")
    new_date = day_of(
        "The day instead, or the first of a window.", "2026-12-11", required=False, allow_null=True
    )
    new_date_until = day_of("The last day of a window.", "2026-12-12", required=False, allow_null=True)
    reason = example(
        ChoiceField,
        "Why, as a code: it is said in every language.",
        "roadworks",
        choices=[code.value for code in REASONS],
        required=False,
        allow_null=True,
    )
    reason_text = example(
        shapes.ByLanguage,
        f"Why, in your own words, {_TEXTS}; never for a single address.",
        {"sv": "Vägarbete på Storgatan", "en": "Roadworks"},
        required=False,
    )


class NewNotice(Serializer[Any]):
    """A message to those who live somewhere."""

    scopes = _scopes()
    text = example(shapes.ByLanguage, f"The message, {_TEXTS}.", {"sv": "Snö väntas.", "en": "Snow ahead."})
    shown_from = day_of("The first day on which it is shown.", "2026-12-01")
    shown_until = day_of("The first day on which it is not shown any more.", "2026-12-08")


class Withdrawal(Serializer[Any]):
    """What holds no longer."""

    what = example(ChoiceField, "What it is that ends.", "override", choices=["override", "notice"])
    key = words_of("The key of the override or message.", "42.1", max_length=40)


class Tried(Serializer[Any]):
    """Exactly one of these, to see what it would change."""

    override = NewOverride(required=False, help_text="A new override.")
    notice = NewNotice(required=False, help_text="A new message.")
    withdraw = Withdrawal(required=False, help_text="What would hold no longer.")


class Written(Serializer[Any]):
    """The Edit that was made."""

    edit = listed.Edit(help_text="The Edit, with what it did.")
    keys = words_in("The keys of the overrides or messages that it made.", ["43.1"])


class Load(Serializer[Any]):
    """How many addresses have a pickup on a day."""

    date = day_of("The day.", "2026-12-11")
    before = example(IntegerField, "How many addresses now.", 120, min_value=0)
    after = example(IntegerField, "How many addresses then.", 240, min_value=0)


class Shown(Serializer[Any]):
    """What would change; nothing has."""

    edit = edit_number("The newest Edit that this was seen after: send it as `If-Match`.", 42)
    addresses = example(IntegerField, "How many addresses would have another answer.", 120, min_value=0)
    pickups = example(IntegerField, "How many pickups would, each counted at each address.", 120, min_value=0)
    zones = words_in("The zones of these addresses.", ["H3"])
    everyone = example(BooleanField, "Whether it is said to everyone.", False)
    allowed = example(BooleanField, "Whether you may publish it yourself.", True)
    free = example(
        ListField,
        "Saturdays, Sundays and holidays that would get pickups.",
        ["2026-12-25"],
        child=DateField(),
    )
    loads = Load(many=True, help_text="The days that would gain or lose pickups.")


@dataclass(frozen=True, slots=True)
class Order:
    """An act, and its form as it was filled in."""

    act: Act
    form: ActForm


def override(said: Mapping[str, Any], today: date) -> Order:
    asked: dict[str, list[str]] = {
        "what": [said["kind"]],
        "day": [said["date"].isoformat()],
        "new_day": [_day(said.get("new_date"))],
        "new_day_until": [_day(said.get("new_date_until"))],
        **_for_whom(said["scopes"]),
        "containers": list(said.get("containers", ())),
        "reason": [said.get("reason") or ""],
        **{f"reason_{lang}": [text] for lang, text in said.get("reason_text", {}).items()},
    }
    return _order(deviations.NEW, asked, today)


def notice(said: Mapping[str, Any], today: date) -> Order:
    if any(scope.startswith("address:") for scope in said["scopes"]):
        fault = _("No message is for a single address: its page is public.")
        raise problems.Refused(422, "unanswerable", fault, errors=[{"field": "scopes", "detail": fault}])
    asked: dict[str, list[str]] = {
        **_for_whom(said["scopes"]),
        "shown_from": [said["shown_from"].isoformat()],
        "shown_until": [_before(said["shown_until"]).isoformat()],
        **{f"text_{lang}": [text] for lang, text in said["text"].items()},
    }
    return _order(notice_acts.NEW, asked, today)


def _before(day: date) -> date:
    """The day before; of the first day that a calendar has, that day, which the form then says is past."""
    return date.fromordinal(max(day.toordinal() - 1, 1))


def withdrawal(said: Mapping[str, Any], today: date) -> Order:
    act = deviations.WITHDRAW if said["what"] == "override" else notice_acts.END
    return _order(act, {"key": [said["key"]]}, today)


def tried(said: Mapping[str, Any], today: date) -> Order:
    if len(said) != 1:
        raise problems.Refused(422, "unanswerable", _("Send exactly one of override, notice and withdraw."))
    ((name, body),) = said.items()
    return MAKERS[name](body, today)


MAKERS: dict[str, Callable[..., Order]] = {"override": override, "notice": notice, "withdraw": withdrawal}


def _order(act: Act, asked: dict[str, list[str]], today: date) -> Order:
    form = act.form(today, data_of(asked))
    if not form.is_valid():
        errors = [
            {"field": _FIELDS.get(name, name), "detail": str(message)}
            for name, messages in form.errors.items()
            for message in messages
        ]
        raise problems.Refused(422, "unanswerable", errors[0]["detail"], errors=errors)
    return Order(act, form)


_FIELDS = {
    "what": "kind",
    "day": "date",
    "new_day": "new_date",
    "new_day_until": "new_date_until",
    "whom": "scopes",
    "ready": "text",
    "__all__": "key",
}
"""What the fields of the staff's forms are called here."""


def _for_whom(scopes: list[str]) -> dict[str, list[str]]:
    """The scopes as somebody would answer the staff's form, one a line."""
    if scopes == ["everyone"]:
        return {"who": [EVERYONE], "whom": [""]}
    lines = (scope.removeprefix("zone:").replace("\n", " ") for scope in scopes)
    return {"who": [SOME], "whom": ["\n".join(lines)]}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
