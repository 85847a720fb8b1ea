"""How do the form of a report, and its receipt, become bytes?"""

from collections.abc import Iterable
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext

from wastecal.core import codecs
from wastecal.core.rows import Container
from wastecal.reports import KEPT_AT_MOST
from wastecal.web.frames import Frame, Link, render
from wastecal.web.reporting.form import NEAR, ReportForm


def report(
    frame: Frame, containers: Iterable[Container], form: ReportForm | None = None, *, fault: str = ""
) -> bytes:
    """The form: blank, or as it was sent, with what is wrong; `fault` is about the whole of it."""
    form = form or ReportForm(frame.today, containers)
    return render(
        "reporting/report",
        frame,
        fields={field.name: _field(field) for field in form},
        faults=_faults(form, fault),
        action=frame.path,
        earliest=frame.today - NEAR,
        latest=frame.today + NEAR,
        kept_days=KEPT_AT_MOST.days,
        description=gettext("Tell the municipality that a day, an address or something else is wrong."),
    )


def received(frame: Frame, place: Link | None = None) -> bytes:
    """The receipt; `place` is the page that the report was about."""
    return render("reporting/received", frame, place=place)


def _field(field: BoundField) -> dict[str, Any]:
    value = field.value()
    return {
        "value": "" if value is None else codecs.clean(str(value)),
        "error": " ".join(map(str, field.errors)),
        "choices": [
            {"value": code, "text": text, "chosen": code == str(value or ""), "id": f"{field.name}-{number}"}
            for number, (code, text) in enumerate(getattr(field.field, "choices", ()), 1)
        ],
    }


def _faults(form: ReportForm, fault: str) -> list[Link]:
    """What is wrong, each with a link to the first thing to mend."""
    first = {"kind": "#kind-1", "container": "#container-1", "website": "#send"}
    found = [Link("#send", fault)] if fault else []
    return found + [
        Link(first.get(name, f"#{name}"), str(message))
        for name, messages in form.errors.items()
        for message in messages
    ]
