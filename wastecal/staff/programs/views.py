"""Which question of a program that writes is at which address?"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from wastecal.api.views import lists
from wastecal.api.views.reading import rendered
from wastecal.staff.programs import bodies, doors, writing
from wastecal.staff.programs.writing import Asked

Said = Mapping[str, Any]


@doors.act(bodies.NewOverride, bodies.Written, "publish_override")
def new_override(asked: Asked, said: Said) -> HttpResponse:
    """Publish an override, or close a day. One Edit."""
    return doors.created(writing.publish(bodies.override(said, asked.today), asked))


@doors.act(bodies.NewNotice, bodies.Written, "publish_notice")
def new_notice(asked: Asked, said: Said) -> HttpResponse:
    """Publish a message. One Edit."""
    return doors.created(writing.publish(bodies.notice(said, asked.today), asked))


@doors.act(bodies.Withdrawal, bodies.Written, "withdraw")
def withdraw(asked: Asked, said: Said) -> HttpResponse:
    """Withdraw an override or a message. One Edit; what was, stays in the history."""
    return doors.created(writing.publish(bodies.withdrawal(said, asked.today), asked))


@doors.act(bodies.Tried, bodies.Shown, "preview", writes=False)
def preview(asked: Asked, said: Said) -> HttpResponse:
    """See what an override, a message or a withdrawal would change. Nothing is written."""
    shown = writing.shown(bodies.tried(said, asked.today), asked)
    response = rendered(shown)
    response.headers["ETag"] = f'"{shown["edit"]}"'
    return response


overrides = doors.beside(lists.overrides, new_override)
notices = doors.beside(lists.notices, new_notice)
