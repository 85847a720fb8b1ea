"""Which rules are left where others follow them from a day on? Until then everything stays as it was."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from wastecal.core import schedule
from wastecal.core.recurrence import Provenance, Rule

Keyed = tuple[Any, Rule]


def ended(live: Sequence[Keyed], start: date) -> list[Any]:
    """The keys of those of the live rules for one container in one scope that hold on `start` or later."""
    return [key for key, row in live if row.valid_until is None or row.valid_until > start]


def left(live: Sequence[Keyed], start: date) -> Iterator[Rule]:
    """What is left before `start` of the rules that hold on or after it.

    They begin anew, with the number of this Edit. So a rule that another one of the same rank had gone
    before must not come before that one now: it is left with the days on which it held.
    """
    covered: dict[Any, date] = {}
    for _, row in sorted(live, key=lambda pair: schedule.precedence(pair[1]), reverse=True):
        stop = min(row.valid_until or start, start)
        rank = row.provenance, row.valid_from
        ahead = covered.get(rank) if row.provenance is not Provenance.RECONSTRUCTED else None
        covered[rank] = max(covered.get(rank, stop), stop)
        if row.valid_until is not None and row.valid_until <= start:
            continue
        since = ahead or row.valid_from
        if since is None or since < stop:
            yield replace(row, valid_from=since, valid_until=stop, edit=0)
