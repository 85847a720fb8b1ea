"""Which zones and how many addresses have a collection on each day?"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wastecal import answers
from wastecal.core import answer
from wastecal.core.pickup import Status
from wastecal.core.spans import Span
from wastecal.edits import Write
from wastecal.preview import states
from wastecal.preview.groups import groups


@dataclass(frozen=True, slots=True)
class Share:
    """Addresses of one zone with the same containers on one day; `deviates` where staff said so.

    `comes` is False for what is cancelled or delayed on that day.
    """

    zone: str
    containers: tuple[str, ...]
    comes: bool
    deviates: bool
    addresses: int


def planned(span: Span, today: date) -> Mapping[date, tuple[Share, ...]]:
    """The shares of every day of the span that has any, the largest first."""
    now = answers.known()
    assert now is not None, "nothing is planned before there is data"
    found: defaultdict[date, Counter[tuple[str, tuple[str, ...], bool, bool]]] = defaultdict(Counter)
    for group in groups(states.after(now.register, Write({}, {}))):
        assert group.before is not None
        told: defaultdict[tuple[date, str, bool, bool], list[str]] = defaultdict(list)
        for row in answer.of(now.register, group.before, span, today).pickups:
            zone = group.before.zone_on(row.nominal or row.planned)
            deviates = row.status not in (Status.PLANNED, Status.SHIFTED)
            told[row.date, zone, row.comes, deviates].append(row.container)
        for (day, zone, comes, deviates), containers in told.items():
            found[day][zone, tuple(containers), comes, deviates] += group.addresses
    return {
        day: tuple(Share(*key, number) for key, number in shares.most_common())
        for day, shares in sorted(found.items())
    }
