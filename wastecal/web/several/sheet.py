"""What stands on the one A4 for several addresses: a row for each, a column for each container?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wastecal import words
from wastecal.core.answer import Answer, Known
from wastecal.core.pickup import Pickup, Status
from wastecal.core.rows import Container
from wastecal.core.texts import Said

LINES = 44
"""Lines of dates that one A4 holds."""
MOST = 12
"""Dates that are useful at all: about half a year."""
LARGE = 12
_A_LINE = 8  # dates that a line holds in all columns together


@dataclass(frozen=True, slots=True)
class Row:
    house: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`number` is how many dates there is room for in a cell."""

    columns: tuple[Said, ...]
    rows: tuple[Row, ...]
    number: int

    @property
    def is_large(self) -> bool:
        """Whether the rows are few enough for large type."""
        return len(self.rows) <= LARGE


def of(answers: Sequence[Answer], houses: Sequence[str], today: date) -> Sheet:
    """The next dates of each container at each address: the more, the fewer the addresses."""
    containers = tuple(dict.fromkeys(row.container for answer in answers for row in answer.standings))
    number = room(len(answers), len(containers))
    return Sheet(
        columns=tuple(row.name.said(words.language()) for row in containers),
        rows=tuple(
            Row(house, tuple(_cell(answer, row, today, number) for row in containers))
            for answer, house in zip(answers, houses, strict=True)
        ),
        number=number,
    )


def room(addresses: int, columns: int) -> int:
    """How many dates fit into a cell."""
    lines = max(1, LINES // max(1, addresses))
    return min(MOST, lines * max(1, _A_LINE // max(1, columns)))


def _cell(answer: Answer, container: Container, today: date, number: int) -> str:
    standing = next((row for row in answer.standings if row.container.code == container.code), None)
    if standing is None or not standing.emptied:
        return "–"
    coming = [row for row in answer.pickups if _counts(row, container, today)]
    if not coming and standing.known is not Known.KNOWN:
        return _("the day is not known")
    return ", ".join(map(_short, coming[:number]))


def _counts(pickup: Pickup, container: Container, today: date) -> bool:
    return pickup.container == container.code and pickup.comes and pickup.last_day >= today


def _short(pickup: Pickup) -> str:
    """`26 nov`, `11–12 dec*`: with a star where it is no ordinary day, a question mark where unsure."""
    changed = "*" if pickup.status is not Status.PLANNED else ""
    unsure = "?" if pickup.tentative or pickup.preliminary else ""
    return "–".join(_days(pickup)) + changed + unsure


def _days(pickup: Pickup) -> Iterable[str]:
    first, last = pickup.date, pickup.date_until
    if last and (last.year, last.month) == (first.year, first.month):
        yield str(first.day)
    else:
        yield _written(first)
    if last:
        yield _written(last)


def _written(day: date) -> str:
    written = dateformat.format(day, pgettext("date format in Django's letters, short", "j M"))
    return written.replace(" ", "\u00a0")
