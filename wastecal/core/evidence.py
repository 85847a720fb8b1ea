"""What has been seen of a collection, and how much does each sighting weigh?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from enum import StrEnum

from wastecal.core import addresses


class Kind(StrEnum):
    """What was seen on the day."""

    COLLECTED = "collected"
    NOT_COLLECTED = "not_collected"


class Source(StrEnum):
    """Who or what has seen it."""

    SMS = "sms"
    RESIDENT = "resident"
    DRIVER = "driver"
    VEHICLE = "vehicle"
    INVOICE = "invoice"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A dated observation on a street.

    `number` and `container` are empty where nobody said; `sending` holds together what was sent
    at once.
    """

    date: Date
    locality: str
    street: str
    number: str = ""
    container: str = ""
    kind: Kind = Kind.COLLECTED
    source: Source = Source.SMS
    sending: str = ""

    @property
    def street_slug(self) -> str:
        return f"{addresses.slug_part(self.locality) or '-'}/{addresses.slug_part(self.street) or '-'}"


def weights(records: Sequence[Evidence]) -> tuple[float, ...]:
    """How much each record weighs, 1 at most.

    What one sending says of a container weighs as one record, and so do records that agree in
    street, container, day, kind and source: a truck that passes ninety houses is seen once.
    """
    sendings = Counter((row.sending, row.container) for row in records if row.sending)
    alike = Counter(map(_sight, records))
    return tuple(
        1 / max(alike[_sight(row)], sendings[row.sending, row.container] if row.sending else 1)
        for row in records
    )


def _sight(row: Evidence) -> tuple[str, str, str, Date, Kind, Source]:
    return row.locality, row.street, row.container, row.date, row.kind, row.source
