"""What do the staff know that is never published? Suspensions, notes and rejected rules, with who wrote
them when.

Private rows beside the Edits: they take no number of theirs and stand in no data directory. They are
their own log: a suspension that is over or was lifted stays, and so does a rejection.
"""

from dataclasses import dataclass
from datetime import date, datetime

from wastecal import models
from wastecal.core.reconstruction.candidates import Candidate
from wastecal.models import Note, Rejection, Suspension


def suspend(address: str, starts: date, stops: date | None, cause: str, at: datetime, by: str) -> None:
    """Collection at the address with this slug is stopped on the days starts <= day < stops."""
    models.Suspension.objects.create(
        address=address, starts=starts, stops=stops, cause=cause, made_at=at, made_by=by
    )


def lift(number: int, at: datetime, by: str) -> Suspension | None:
    """The suspension that is lifted now; None where there is none, or it was lifted already."""
    lifted = models.Suspension.objects.filter(pk=number, lifted_at=None).update(lifted_at=at, lifted_by=by)
    return models.Suspension.objects.get(pk=number) if lifted else None


def suspensions(address: str) -> tuple[Suspension, ...]:
    """All there are and were at an address, the newest first."""
    return tuple(models.Suspension.objects.filter(address=address).order_by("-pk"))


def suspended_on(day: date) -> tuple[Suspension, ...]:
    """Those that hold on a day, or will later."""
    rows = models.Suspension.objects.filter(lifted_at=None).order_by("starts", "pk")
    return tuple(row for row in rows if row.stops is None or row.stops > day)


def note(scope: str, text: str, at: datetime, by: str) -> None:
    models.Note.objects.create(scope=scope, text=text, made_at=at, made_by=by)


def notes(scope: str) -> tuple[Note, ...]:
    """What was noted for a scope, the newest first."""
    return tuple(models.Note.objects.filter(scope=scope).order_by("-pk"))


@dataclass(frozen=True, slots=True)
class Rejected:
    """A rule that somebody holds for wrong in a scope or in a part of a street, and why."""

    scope: str
    part: str
    container: str
    candidate: Candidate
    why: str = ""


def reject(what: Rejected, newest: int, at: datetime, by: str) -> Rejection:
    """The rule is not proposed again, unless evidence comes that is newer than the key `newest`."""
    return models.Rejection.objects.create(
        scope=what.scope,
        part=what.part,
        container=what.container,
        interval=what.candidate.interval,
        phase=what.candidate.phase,
        why=what.why,
        newest=newest,
        made_at=at,
        made_by=by,
    )


def withdraw_rejection(number: int, at: datetime) -> Rejection | None:
    """The rejection that is taken back now; None where there is none, or it was taken back already."""
    withdrawn = models.Rejection.objects.filter(pk=number, withdrawn_at=None).update(withdrawn_at=at)
    return models.Rejection.objects.get(pk=number) if withdrawn else None


def rejections() -> tuple[Rejection, ...]:
    """Those that have not been taken back, the newest first."""
    return tuple(models.Rejection.objects.filter(withdrawn_at=None).order_by("-pk"))
