"""How do the days of an answer look to a client of the old portals?"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from wastecal import words
from wastecal.core import buildings, recurrence, spans
from wastecal.core.answer import Answer, Standing
from wastecal.core.pickup import Pickup
from wastecal.core.spans import Span

_LETTERS = {"DAILY": "D", "WEEKLY": "V", "MONTHLY": "M", "YEARLY": "A"}
_WEEKS = 364
"""Days in a year of whole weeks: a rule gives as many days in each."""


def of(answer: Answer) -> Iterator[dict[str, Any]]:
    """One row for each container and day ahead, and one without a day where none is known."""
    number = str(buildings.number(answer.place.slug))
    for index, (standing, pickup) in enumerate(_ahead(answer), 1):
        yield _row(answer, standing, pickup) | {"ID": index, "BuildingID": number}


def _ahead(answer: Answer) -> Iterator[tuple[Standing, Pickup | None]]:
    dated: dict[str, dict[date, Pickup]] = {}
    for pickup in answer.pickups:
        if pickup.comes and pickup.last_day >= answer.today:
            dated.setdefault(pickup.container, {}).setdefault(_day(answer, pickup), pickup)
    for standing in answer.standings:
        days = dated.get(standing.container.code, {})
        yield from ((standing, days[day]) for day in sorted(days))
        if not days and standing.emptied:
            yield standing, None


def _day(answer: Answer, pickup: Pickup) -> date:
    """The first day of a window; today in one that has begun."""
    return max(pickup.date, answer.today)


def _row(answer: Answer, standing: Standing, pickup: Pickup | None) -> dict[str, Any]:
    name = standing.container.name.said(words.language()).text
    often = words.frequency(standing.rule) if standing.rule and pickup else ""
    return {
        "NextWastePickup": _day(answer, pickup).isoformat() if pickup else "",
        "WastePickupsPerYear": _in_a_year(standing, answer.today),
        "WasteType": name,
        "WastePickupFrequency": often[:1].upper() + often[1:],
        "WastePickupFrequencyCode": _code(standing.rrule) if pickup else "",
        "BinType": {"Code": "", "Size": 0.0, "Unit": "l", "ContainerType": name},
        "NumberOfBins": 1.0,
        "NumberOfBinsAntl": 1,
        "IsActive": True,
        "ID": 0,
        "BuildingID": "",
        "Description": _description(pickup) if pickup else "",
        "StartDate": "",
        "StopDate": "",
        "Fee": {"Description": "", "CalculatedCost": 0},
    }


def _description(pickup: Pickup) -> str:
    """What is not as usual: a window, a move and why, an uncertain or preliminary day."""
    unsure = words.certainty(pickup) if pickup.tentative or pickup.preliminary else ""
    window = words.window(pickup) if pickup.date_until else ""
    return ". ".join(part for part in (window, words.status_line(pickup), unsure) if part)


def _in_a_year(standing: Standing, today: date) -> int:
    rule = standing.rule
    if rule is None:
        return 0
    start = max(spans.first_of_month(today), rule.anchor or date.min)
    return len(recurrence.expand(rule, Span(start, spans.plus(start, _WEEKS))))


def _code(rrule: str) -> str:
    """`V2` for every other week."""
    often = re.search(r"FREQ=([A-Z]+)", rrule)
    interval = re.search(r"INTERVAL=([0-9]+)", rrule)
    return f"{_LETTERS[often[1]]}{interval[1] if interval else 1}" if often else ""
