"""How does a program write: once, on what it has seen, and only what its person may?

As on the staff's pages everything is decided behind the lock of `edits.record`; a refusal writes nothing.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from wastecal import answers, data, edits, preview, surface
from wastecal.answers import changes
from wastecal.api import problems, resources
from wastecal.core.rows import Municipality
from wastecal.edits import StaleEdit, Write
from wastecal.models import Edit, Notice, Override
from wastecal.preview import Preview
from wastecal.staff import catalogue
from wastecal.staff.acts import Refused, publishing
from wastecal.staff.models import Person, Receipt, Replay
from wastecal.staff.programs.bodies import Order

LONGEST_KEY = 200
REMEMBERED = timedelta(days=30)
"""So long a key gets its first answer again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who writes what: on which Edit (None where that was not said), under which key ("" for none)."""

    person: Person
    town: Municipality
    today: date
    on: int | None
    key: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """What the program is answered, and whether it was so before."""

    edit: int
    body: bytes
    again: bool = False


class _Again(Exception):
    """This key has been used."""

    def __init__(self, found: Replay) -> None:
        super().__init__(found.key)
        self.found = found


def publish(order: Order, asked: Asked) -> Written:
    """Make an Edit of an order. Raises problems.Refused."""
    shown: list[Preview] = []
    told: list[bytes] = []

    def write() -> Write:
        _never_twice(asked)
        _unchanged(asked)
        wanted = order.act.write(order.form.cleaned_data)
        shown.append(preview.of(wanted, asked.today))
        if not publishing.may_publish(asked.person, shown[0], asked.today):
            raise problems.Refused(403, "not-allowed", _not_yours(asked.person))
        return wanted

    def keep(edit: Edit) -> None:
        told.append(data.written(_told(edit, asked.town)))
        _keep(order, asked, edit, shown[0], told[0])

    summary = publishing.summary(order.act, order.form, asked.town)
    try:
        edit = edits.record(write, summary, surface.now(asked.town), author=str(asked.person), then=keep)
    except _Again as again:
        return Written(again.found.edit, again.found.body.encode(), again=True)
    except Refused as refused:
        raise problems.Refused(422, "unanswerable", refused.words) from refused
    except StaleEdit as stale:
        raise _stale(asked) from stale
    if edit is None:
        raise problems.Refused(422, "unanswerable", _("There is nothing to publish: nothing changes."))
    return Written(edit.number, told[0])


def shown(order: Order, asked: Asked) -> dict[str, Any]:
    """What an order would change; nothing is written. Raises problems.Refused."""
    try:
        write = order.act.write(order.form.cleaned_data)
    except Refused as refused:
        raise problems.Refused(422, "unanswerable", refused.words) from refused
    seen = preview.of(write, asked.today)
    return {
        "edit": seen.edit,
        "addresses": seen.addresses,
        "pickups": seen.pickups,
        "zones": sorted(filter(None, seen.zones)),
        "everyone": seen.for_everyone,
        "allowed": publishing.may_publish(asked.person, seen, asked.today),
        "free": [day.isoformat() for day, _name in seen.free],
        "loads": [
            {"date": load.day.isoformat(), "before": load.before, "after": load.after} for load in seen.loads
        ],
    }


def _never_twice(asked: Asked) -> None:
    found = Replay.objects.filter(person_id=asked.person.pk, key=asked.key).first() if asked.key else None
    if found is None:
        return
    if found.asked != _digest(asked):
        detail = _("This Idempotency-Key came with something else before. Take a new one.")
        raise problems.Refused(422, "key-used", detail)
    raise _Again(found)


def _unchanged(asked: Asked) -> None:
    if asked.on is None:
        detail = _("Say on which Edit you write: If-Match with the number from preview or edits.")
        raise problems.Refused(428, "condition-missing", detail)
    if asked.on != answers.newest_edit():
        raise _stale(asked)


def _stale(asked: Asked) -> problems.Refused:
    """With what others have done since."""
    since = answers.edits(asked.on or 0, 20)
    detail = _("Something has changed since Edit %(number)d. Look at it, and send again what you still want.")
    return problems.Refused(
        412,
        "changed",
        detail % {"number": asked.on or 0},
        newest=answers.newest_edit(),
        edits=[resources.change(row, asked.town) for row in changes.of(since)],
    )


def _not_yours(person: Person) -> str:
    if person.zones:
        return _("You may publish overrides for your own zones, from today to three days ahead.")
    return _("This takes somebody else: propose it on the staff's pages.")


def _told(edit: Edit, town: Municipality) -> dict[str, Any]:
    (change,) = changes.of([edit.to_core()])
    made: list[type[Override | Notice]] = [Override, Notice]
    found = [model._default_manager.filter(edit=edit).order_by("pk") for model in made]
    keys = [row.key for rows in found for row in rows]
    return {"edit": resources.change(change, town), "keys": keys}


def _keep(order: Order, asked: Asked, edit: Edit, seen: Preview, body: bytes) -> None:
    person = Person.objects.get(pk=asked.person.pk)
    if order.act.name in catalogue.BY_NAME:
        Receipt.objects.create(
            edit=edit.number,
            act=order.act.name,
            asked=order.form.asked(),
            by=person,
            addresses=seen.addresses,
            pickups=seen.pickups,
        )
    Replay.objects.filter(at__lt=edit.at - REMEMBERED).delete()
    if asked.key:
        Replay.objects.create(
            person=person,
            key=asked.key,
            asked=_digest(asked),
            edit=edit.number,
            body=body.decode(),
            at=edit.at,
        )


def _digest(asked: Asked) -> str:
    return sha256(asked.body).hexdigest()
