"""What do residents say is wrong? Their reports: filed without a name, worked off by staff, then forgotten.

Private rows beside the Edits: they take no number of theirs and stand in no data directory.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Q

from wastecal import models

KEPT_WHEN_DONE = timedelta(days=90)
KEPT_AT_MOST = timedelta(days=365)


class Kind(StrEnum):
    """What a report is about, in the order in which the form offers it."""

    NOT_COLLECTED = "not_collected"
    WRONG_DAY = "wrong_day"
    WRONG_ADDRESS = "wrong_address"
    MISSING_ADDRESS = "missing_address"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Report:
    """What one resident says: about the address with this slug, else about what was typed."""

    kind: Kind
    address: str = ""
    typed: str = ""
    day: date | None = None
    container: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    number: int
    at: datetime
    report: Report


def file(report: Report, at: datetime) -> int:
    """Keep a report; its number."""
    number = models.Report.objects.create(**asdict(report), made_at=at).pk
    forget(at)
    return int(number)


def waiting(address: str = "") -> tuple[Filed, ...]:
    """The reports that nobody has dealt with, oldest first; only those on one address where it is given."""
    rows = models.Report.objects.filter(done_at=None)
    return tuple(map(_filed, rows.filter(address=address) if address else rows))


def find(number: int) -> Filed | None:
    """The report with this number, also one that is done."""
    return next(map(_filed, models.Report.objects.filter(pk=number)), None)


def mark_done(number: int, at: datetime) -> bool:
    """Whether there was such a report, still waiting."""
    return bool(models.Report.objects.filter(pk=number, done_at=None).update(done_at=at))


def reopen(number: int) -> bool:
    """Whether there was such a report that had been dealt with; now it waits again."""
    return bool(models.Report.objects.filter(pk=number).exclude(done_at=None).update(done_at=None))


def forget(now: datetime) -> int:
    """Delete what was dealt with long enough ago, and what is too old all the same; how many."""
    old = Q(done_at__lt=now - KEPT_WHEN_DONE) | Q(made_at__lt=now - KEPT_AT_MOST)
    deleted, _ = models.Report.objects.filter(old).delete()
    return deleted


def _filed(row: models.Report) -> Filed:
    report = Report(Kind(row.kind), row.address, row.typed, row.day, row.container, row.text)
    return Filed(row.pk, row.made_at, report)
