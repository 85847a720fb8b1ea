"""Is what the dry run says of a year what the answers say afterwards?"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests import loaded, town
from wastecal import answers, edits
from wastecal.core import changes, policy
from wastecal.core.policy import Decision
from wastecal.core.shifts import Move
from wastecal.core.spans import Span
from wastecal.edits import Write
from wastecal.models import Shift as ShiftRow
from wastecal.preview import trial
from wastecal.preview.trial import Trial

pytestmark = pytest.mark.django_db

YEAR = Span(date(2026, 12, 14), date(2028, 1, 10))
WEEKLY = town.rule("zone:H2", "11-27", "FREQ=WEEKLY")
DAYS = policy.days_of(2027)


_holmby = loaded.once(lambda: town.directory(rules=(*town.RULES, WEEKLY), zone_moves=()), autouse=True)


def writing(moves: dict[date, str], **more: Any) -> Write:
    live = list(ShiftRow.keyed(ShiftRow.objects.filter(ended_edit=None).order_by("pk")))
    fresh = policy.decide([row for _, row in live], Decision(DAYS, moves, **more))
    found = changes.diff_in_order([row for _, row in live], fresh)
    kept = len(live) - len(found.ended)
    return Write(
        {"shifts": [replace(row, edit=0) for row in found.begun]}, {"shifts": [pk for pk, _ in live[kept:]]}
    )


def trial_of(moves: dict[date, str]) -> Trial:
    return trial.of(writing(moves), town.TODAY, YEAR)


def collected() -> Counter[date]:
    """How many addresses are collected at on each day, by asking for each of them."""
    found: Counter[date] = Counter()
    for slug in town.SLUGS:
        answer = answers.for_address(slug, town.TODAY, YEAR)
        found.update({row.date for row in answer.pickups if row.comes} if answer else ())
    return found


def long_waits() -> Counter[tuple[str, date, date]]:
    """The waits of more than the usual days at each address that end within the year."""
    usual = {"karl-1": 14, "karl-2": 28, "tradgard": 14}
    found: Counter[tuple[str, date, date]] = Counter()
    for slug in town.SLUGS:
        answer = answers.for_address(slug, town.TODAY, YEAR.widen(trial.MARGIN))
        for code, days in usual.items():
            weekly = slug == "holmby/angavagen/4" and code == "karl-1"
            told = [row for row in (answer.pickups if answer else ()) if row.container == code]
            dates = sorted(row.date for row in told if row.comes)
            for first, last in pairwise(dates):
                late = last + timedelta(days=1) if last == date(2026, 12, 11) else last  # a window
                if (
                    (late - first).days < 60
                    and (late - first).days > (7 if weekly else days)
                    and last in YEAR
                ):
                    found[code, first, late] += 1
    return found


@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])
@given(st.dictionaries(st.sampled_from(DAYS), st.sampled_from([move.value for move in Move]), min_size=1))
def test_the_numbers_of_the_dry_run_are_those_of_the_answers_afterwards(moves: dict[date, str]) -> None:
    with loaded.taken_back():
        write, before = writing(moves), collected()
        found = trial.of(write, town.TODAY, YEAR)
        edits.record(lambda: write, "Helger", town.NOON)
        answers.forget()
        after = collected()
        told = {weight.day: (weight.before, weight.after) for weight in found.weights}
        assert all(told[day] == (before[day], after[day]) for day in told)
        assert {day for day in {*before, *after} if before[day] != after[day]} <= set(told)
        waits: Counter[Any] = Counter()
        for gap in found.gaps:
            waits[gap.container, gap.first, gap.last] += gap.addresses
        assert waits == long_waits()


def test_a_day_that_gets_two_weeks_is_doubled() -> None:
    """Kärl 1 in H2 comes each Friday; that of New Year's Day moved on a week falls on the next one."""
    found = trial_of({date(2027, 3, 26): "to:2027-04-02"})
    doubled = [weight for weight in found.weights if weight.is_doubled]
    assert [(weight.day, weight.ordinary) for weight in doubled] == [
        (date(2027, 4, 2), (date(2027, 3, 26), date(2027, 4, 2)))
    ]


def test_a_wait_that_becomes_longer_is_named_with_its_days_and_addresses() -> None:
    found = trial_of({date(2027, 3, 26): "next_weekday"})
    gaps = [(gap.days, gap.usual, gap.addresses) for gap in found.gaps if gap.last == date(2027, 3, 29)]
    assert gaps == [(10, 7, 1)]


def test_week_53_is_seen_to_part_fortnights_from_numbers_of_weeks() -> None:
    odd = ",".join(map(str, range(1, 54, 2)))
    rule = town.rule("zone:H1", "12-03", f"FREQ=YEARLY;BYWEEKNO={odd};BYDAY=TH", container="karl-2")
    town.load(town.directory(rules=(town.RULES[0], rule)))
    found = trial_of({})
    assert found.week_53 == date(2026, 12, 28)
    rhythms = {row.container: (row.kept, row.longer, row.shorter) for row in found.rhythms}
    assert rhythms["karl-1"][1:] == (0, 0)
    assert rhythms["karl-2"][0] == rhythms["karl-2"][1] == 0
    assert rhythms["karl-2"][2] > 0


def test_a_season_is_no_gap() -> None:
    assert all(gap.days < 60 for gap in trial_of({}).gaps)
    assert timedelta(days=trial.MARGIN) > timedelta(days=28)
