"""What do the forms of all acts share: clean texts, days, and how a template gets at their fields?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wastecal.core import codecs
from wastecal.web.frames import Link

LONGEST_TEXT = 10_000
FORMULA = ("=", "+", "-", "@", "\t")


class CleanText(forms.CharField):
    """A text without control characters that no spreadsheet takes for a formula (CONTRACT §2)."""

    default_error_messages: ClassVar[Any] = {
        "formula": _("Begin with a letter: a text that begins with %(sign)s is a formula to a spreadsheet."),
        "max_length": _("Write at most %(limit_value)s characters. You have written %(show_value)s."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "max_length": LONGEST_TEXT, "strip": False, **options})

    def to_python(self, value: Any) -> str:
        return codecs.clean(str(super().to_python(value) or ""))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value.startswith(FORMULA):
            raise forms.ValidationError(self.error_messages["formula"], "formula", {"sign": value[0]})


class Day(forms.DateField):
    """A day as a browser's own field sends it, or as people write it."""

    def __init__(self, **options: Any) -> None:
        messages = {"invalid": _("Write the day like this: 2026-12-24.")}
        formats = ["%Y-%m-%d", "%y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%d.%m.%Y"]
        super().__init__(
            **{"required": False, "input_formats": formats, "error_messages": messages, **options}
        )


class Several(forms.MultipleChoiceField):
    """Check boxes; none chosen means all of them."""

    def __init__(self, label: Any, invalid: Any) -> None:
        super().__init__(
            required=False,
            label=label,
            help_text=_("Choose none and it is about all of them."),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": invalid},
        )


class ActForm(forms.Form):
    """An act as it is asked for on the day `today`. Fields show themselves by their kind: see `shown`."""

    def __init__(
        self, today: date, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), use_required_attribute=False)
        self.today = today

    @property
    def about(self) -> str:
        """What it is about, where the form itself does not ask for it."""
        return ""

    def carried(self) -> Iterator[tuple[str, str]]:
        """Every (name, value) that was sent for its fields, to be sent once more by the next page."""
        for name, values in self.asked().items():
            yield from ((name, value) for value in values)

    def asked(self) -> dict[str, list[str]]:
        """What was sent for its fields, as a proposal keeps it."""
        several = getattr(self.data, "getlist", lambda name: [self.data[name]])
        return {name: list(map(str, several(name))) for name in self.fields if name in self.data}

    def shown(self) -> dict[str, dict[str, Any]]:
        """Its fields for a template, by name."""
        return {field.name: _shown(field) for field in self}

    def faults(self) -> list[Link]:
        """What is wrong, each with a link to the first thing to mend."""
        fields = self.shown()
        return [
            Link("#" + (fields[name]["id"] if name in fields else "send"), str(message))
            for name, messages in self.errors.items()
            for message in messages
        ]


def data_of(asked: Mapping[str, Sequence[str]]) -> QueryDict:
    """What was sent once, as a form takes it."""
    data = QueryDict(mutable=True)
    for name, values in asked.items():
        data.setlist(name, list(values))
    return data


def _shown(field: BoundField) -> dict[str, Any]:
    value = field.value()
    chosen = list(map(str, value)) if isinstance(value, list | tuple) else [str(value or "")]
    choices = [
        {"value": str(code), "text": text, "chosen": str(code) in chosen, "id": f"{field.name}-{number}"}
        for number, (code, text) in enumerate(getattr(field.field, "choices", ()), 1)
    ]
    listed = isinstance(field.field.widget, forms.RadioSelect)
    return {
        "name": field.name,
        "label": field.label,
        "hint": field.help_text,
        "kind": _kind(field.field),
        "value": "" if value is None or choices else codecs.clean(str(value)),
        "error": " ".join(map(str, field.errors)),
        "choices": choices,
        "id": f"{field.name}-1" if listed else field.name,
    }


def _kind(field: forms.Field) -> str:
    """How its template shows a field."""
    match field.widget:
        case forms.CheckboxSelectMultiple():  # before its parent, which is radios
            return "checkboxes"
        case forms.RadioSelect():
            return "radios"
        case forms.Select():
            return "select"
        case forms.Textarea():
            return "textarea"
        case forms.HiddenInput():
            return "hidden"
    return "date" if isinstance(field, forms.DateField) else "text"
