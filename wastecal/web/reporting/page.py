"""How do the form of a report, and its receipt, become bytes?"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BoundField, Form
from django.utils.translation import gettext

from wastecal import words
from wastecal.core import codecs
from wastecal.core.rows import Container
from wastecal.reports import KEPT_AT_MOST
from wastecal.web import language
from wastecal.web.fields import NEAR
from wastecal.web.frames import Frame, Link, render
from wastecal.web.reporting.form import ReportForm

_FIRST = {"kind": "#kind-1", "container": "#container-1", "website": "#send"}
"""What to mend first, where the field is not one element of its name."""


def report(
    frame: Frame, containers: Iterable[Container], form: ReportForm | None = None, *, fault: str = ""
) -> bytes:
    """The form: blank, or as it was sent, with what is wrong; `fault` is about the whole of it."""
    form = form or ReportForm(frame.today, containers)
    return render(
        "reporting/report",
        frame,
        fields={row.name: field(row) for row in form},
        faults=faults(form, fault, _FIRST),
        action=language.with_prefix(frame.path, words.language()),
        earliest=frame.today - NEAR,
        latest=frame.today + NEAR,
        kept_days=KEPT_AT_MOST.days,
        description=gettext("Tell the municipality that a day, an address or something else is wrong."),
    )


def received(frame: Frame, place: Link | None = None) -> bytes:
    """The receipt; `place` is the page that the report was about."""
    return render("reporting/received", frame, place=place)


def field(bound: BoundField) -> dict[str, Any]:
    """What the templates show of one field, as it was filled in."""
    value = bound.value()
    return {
        "value": "" if value is None else codecs.clean(str(value)),
        "error": " ".join(map(str, bound.errors)),
        "choices": [
            {"value": code, "text": text, "chosen": code == str(value or ""), "id": f"{bound.name}-{number}"}
            for number, (code, text) in enumerate(getattr(bound.field, "choices", ()), 1)
        ],
    }


def faults(form: Form, fault: str, first: Mapping[str, str]) -> list[Link]:
    """What is wrong, in the order of the page, each with a link to mend it; `fault` is about the whole."""
    found = [Link("#send", fault)] if fault else []
    return found + [
        Link(first.get(name, f"#{name}"), str(message))
        for name in form.fields
        for message in form.errors.get(name, ())
    ]
