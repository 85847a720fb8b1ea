"""Which Edit bears on a pickup or on a span last, with what was withdrawn counted like what was made?"""

from dataclasses import replace
from datetime import date

from tests import town
from wastecal.core import sequence, versions
from wastecal.core.overrides import Override
from wastecal.core.pickup import Pickup
from wastecal.core.rows import Zone
from wastecal.core.spans import Span

PICKUP = Pickup("karl-1", date(2026, 12, 24), date(2026, 12, 23), date(2026, 12, 28))
DECEMBER = Span(date(2026, 12, 1), date(2027, 1, 1))


def said(kind: str, on: str, to: str = "", edit: int = 1, ended: int | None = None) -> Override:
    return replace(town.override(kind, on, to), edit=edit, ended_edit=ended)


def test_the_newest_counts_ends_as_well_as_beginnings() -> None:
    assert versions.newest([]) == 0
    assert versions.newest([Zone("A", "a", edit=2), Zone("B", "b", edit=1, ended_edit=7)]) == 7
    assert versions.live([Zone("A", "a", edit=1, ended_edit=7)]) == ()


def test_an_override_counts_on_the_planned_day_not_on_the_nominal_or_the_real_one() -> None:
    for day, number in (("12-23", 5), ("12-24", 0), ("12-28", 0)):
        assert sequence.of_pickup(PICKUP, [said("cancel", day, edit=5)], []) == number


def test_a_notice_counts_on_the_real_day() -> None:
    for day, number in (("12-23", 0), ("12-28", 5)):
        shown = replace(town.notice("x", day, "12-29" if number else "12-24"), edit=5)
        assert sequence.of_pickup(PICKUP, [], [shown]) == number


def test_a_stronger_override_counts_in_the_span_that_a_weaker_one_moves_into() -> None:
    into = said("move", "2030-01-10", "12-10", edit=2)
    away = said("move", "2030-01-10", "2031-01-10", edit=9)
    assert sequence.of_span(DECEMBER, [into], []) == 2
    assert sequence.of_span(DECEMBER, [into, away], []) == 9
    assert sequence.of_span(DECEMBER, [away], []) == 0


def test_the_policy_counts_its_entries_and_what_makes_an_event_unsure() -> None:
    first = town.municipality(edit=1, ended_edit=4)
    for changes, number in (
        ({"name": "Holm"}, 1),
        ({"holidays_decided_until": None}, 4),
        ({"certain_from": 0.5}, 4),
    ):
        history = [first, replace(first, edit=4, ended_edit=None, **changes)]
        assert sequence.of_policy(town.known(municipality=history, shifts=[])) == number
    assert sequence.of_policy(town.known(shifts=[replace(town.SHIFTS[0], edit=2, ended_edit=6)])) == 6
