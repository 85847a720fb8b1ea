"""What is one visit of the truck for one container?"""

from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from enum import StrEnum

from wastecal.core.recurrence import Provenance
from wastecal.core.texts import NOTHING, Text


class Status(StrEnum):
    """What became of the rule's date."""

    PLANNED = "planned"
    SHIFTED = "shifted"
    MOVED = "moved"
    DELAYED = "delayed"
    CANCELLED = "cancelled"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Alternative:
    """The day on which another rule that may be right has it, and how likely that one is."""

    date: Date
    probability: float


@dataclass(frozen=True, slots=True)
class Pickup:
    """One visit for one container.

    `nominal` is what the rule says and the identity (None for an added pickup, whose identity is
    its override's `key`); `planned` the day after holiday moves; `date` the day the truck comes,
    or the first of the window that ends with `date_until`. `holiday` names the holiday that moved
    it, `reason` is staff's word. `alternatives` are those of a tentative one, the likeliest first.
    `sequence` is the highest Edit that bears on it, `stamp` its time.
    """

    container: str
    nominal: Date | None
    planned: Date
    date: Date
    date_until: Date | None = None
    status: Status = Status.PLANNED
    certainty: Provenance = Provenance.CONFIRMED
    probability: float | None = None
    tentative: bool = False
    alternatives: tuple[Alternative, ...] = ()
    preliminary: bool = False
    holiday: str | None = None
    reason: Text = NOTHING
    key: str = ""
    sequence: int = 0
    stamp: datetime | None = None

    @property
    def identity(self) -> str:
        """The first part of its UID: the nominal date, or the key of the override that added it."""
        return self.nominal.isoformat() if self.nominal else self.key

    @property
    def last_day(self) -> Date:
        return self.date_until or self.date

    @property
    def comes(self) -> bool:
        """Whether the truck is still expected on `date`."""
        return self.status not in (Status.CANCELLED, Status.DELAYED)

    @property
    def moved_from(self) -> Date | None:
        """The ordinary day that lost it; None where it did not move."""
        match self.status:
            case Status.SHIFTED:
                return self.nominal or self.planned
            case Status.MOVED:
                return self.planned
        return None
