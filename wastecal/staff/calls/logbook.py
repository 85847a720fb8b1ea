"""What does a caller say, and how is it kept? As evidence of the caller's address, or as a report.

Nobody's name is kept, neither the caller's nor that of whoever answered. What was seen of the town by
its own staff is theirs; all else is a resident's word.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from wastecal import edits, models, reports
from wastecal.core.answer import Answer
from wastecal.core.evidence import Evidence, Kind, Source
from wastecal.reports import Kind as About
from wastecal.reports import Report

PREFIX = "samtal-"
"""How the numbers of sendings begin that were written down during a call: only those are taken back."""


class What(StrEnum):
    """What one presses."""

    NOT_COLLECTED = "not_collected"
    COLLECTED = "collected"
    WRONG_DAY = "wrong_day"
    WRONG_ADDRESS = "wrong_address"
    OTHER = "other"
    MISSED = "missed"


WHATS = {
    What.NOT_COLLECTED: _("Not emptied"),
    What.COLLECTED: _("Emptied"),
    What.WRONG_DAY: _("Wrong day"),
    What.WRONG_ADDRESS: _("Something about the address is wrong"),
    What.OTHER: _("Something else"),
    What.MISSED: _("Not emptied: somebody has to see to it"),
}
SEEN = {What.NOT_COLLECTED: Kind.NOT_COLLECTED, What.COLLECTED: Kind.COLLECTED}
"""What is an observation; all else is a report for somebody to deal with."""
_ABOUT = {
    What.MISSED: About.NOT_COLLECTED,
    What.NOT_COLLECTED: About.NOT_COLLECTED,
    What.WRONG_DAY: About.WRONG_DAY,
    What.WRONG_ADDRESS: About.WRONG_ADDRESS,
}

Sight = tuple[date, str]
"""A day and the code of a container, "" where nobody knows which."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written down: the number of a sending of evidence, the number of a report; or neither."""

    sending: str = ""
    report: int = 0

    @property
    def query(self) -> Mapping[str, str]:
        """As it stands in the URL of a receipt."""
        found = {"belagg": self.sending, "anmalan": str(self.report or "")}
        return {name: value for name, value in found.items() if value}

    @classmethod
    def of(cls, asked: Any) -> "Kept":
        sending, report = str(asked.get("belagg", "")), str(asked.get("anmalan", ""))
        number = int(report[:15]) if report.isascii() and report.isdigit() else 0
        return cls(sending if sending.startswith(PREFIX) else "", number)


def keep(answer: Answer, said: Mapping[str, Any], at: datetime) -> Kept:
    """Write down what was pressed or filled in; the caller's own words are for somebody to read."""
    what = What(said["what"])
    sending = ""
    if kind := SEEN.get(what):
        source = Source.STAFF if said["seen"] else Source.RESIDENT
        sending = observe(answer, [(said["day"], said["container"])], kind, source)
    if what in SEEN and not said["text"]:
        return Kept(sending)
    about = _ABOUT.get(what, About.OTHER)
    report = Report(about, answer.place.slug, "", said["day"], said["container"], said["text"])
    return Kept(sending, reports.file(report, at))


def observe(answer: Answer, sights: Iterable[Sight], kind: Kind, source: Source) -> str:
    """Keep what was seen at the address; the number of this sending."""
    row = answer.place.address
    assert row is not None
    sending = f"{PREFIX}{secrets.randbelow(10**18):018}"
    number = f"{row.number}{row.letter}"
    edits.observe(
        models.Evidence.of(Evidence(day, row.locality, row.street, number, container, kind, source, sending))
        for day, container in dict.fromkeys(sights)
    )
    return sending


def missing(typed: str, at: datetime) -> Kept:
    """An address that we lack, as the caller says it."""
    return Kept(report=reports.file(Report(About.MISSING_ADDRESS, typed=typed), at))


def take_back(kept: Kept, at: datetime) -> bool:
    """Whether anything was there to be taken back: evidence is forgotten, a report waits no longer."""
    gone = edits.unobserve(kept.sending)
    done = reports.mark_done(kept.report, at)
    return bool(gone or done)


def seen_in(kept: Kept) -> tuple[Evidence, ...]:
    """The evidence of one sending."""
    found = models.Evidence.objects.filter(sending=kept.sending).exclude(sending="")
    return tuple(models.Evidence.values_of(found.order_by("date", "container")))


def seen_at(answer: Answer, most: int) -> tuple[Evidence, ...]:
    """What was observed at this very house, the newest days first."""
    row = answer.place.address
    assert row is not None
    found = models.Evidence.objects.filter(
        locality=row.locality, street=row.street, number=f"{row.number}{row.letter}"
    )
    return tuple(models.Evidence.values_of(found.order_by("-date", "container", "pk")[:most]))
