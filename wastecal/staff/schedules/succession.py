"""What is written where one rule follows another from a day on? Until then everything stays as it was."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wastecal import words
from wastecal.core import directory, schedule, succession
from wastecal.core.errors import Problem
from wastecal.core.recurrence import Provenance, Rule
from wastecal.edits import Write
from wastecal.models import Rule as RuleRow
from wastecal.staff.acts import Refused


def of(scope: str, container: str, start: date, *fresh: Rule) -> Write:
    """The rules for a container in a scope end at `start`, later ones too, and these follow."""
    rows = RuleRow.objects.filter(scope=scope, container=container, ended_edit=None)
    live = list(RuleRow.keyed(rows.order_by("pk")))
    begun = [*succession.left(live, start), *fresh]
    _check(begun)
    return Write({"rules": begun}, {"rules": succession.ended(live, start)})


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
