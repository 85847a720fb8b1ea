"""What is written where one rule follows another from a day on? Until then everything stays as it was."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from wastecal import words
from wastecal.core import directory, schedule
from wastecal.core.errors import Problem
from wastecal.core.recurrence import Provenance, Rule
from wastecal.edits import Write
from wastecal.models import Rule as RuleRow
from wastecal.staff.acts import Refused

Keyed = tuple[Any, Rule]


def of(scope: str, container: str, start: date, *fresh: Rule) -> Write:
    """The rules for a container in a scope end at `start`, later ones too, and these follow."""
    rows = RuleRow.objects.filter(scope=scope, container=container, ended_edit=None)
    live: list[Keyed] = list(RuleRow.keyed(rows.order_by("pk")))
    over = [(pk, row) for pk, row in live if row.valid_until is None or row.valid_until > start]
    begun = [*_until(live, start), *fresh]
    _check(begun)
    return Write({"rules": begun}, {"rules": [pk for pk, _ in over]})


def _until(live: Sequence[Keyed], start: date) -> Iterator[Rule]:
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


def _check(rows: Iterable[Rule]) -> None:
    """Refuses what loading would call a Problem."""
    seen: set[Any] = set()
    for row in rows:
        for code, column, value in directory.RULES.check(row):
            raise Refused(words.problem(Problem(code, column=column, value=value)))
        place = row.scope, row.container, schedule.precedence(row)
        if row.provenance is not Provenance.RECONSTRUCTED and place in seen:
            raise Refused(words.problem(Problem("rule_conflict", value=row.scope)))
        seen.add(place)
