"""Does a month's grid hold the right days, with the right signs on them?"""

from datetime import date

import pytest
from django.template.loader import render_to_string
from holidays.countries.sweden import Sweden

from tests.web import directory
from wastecal import answers
from wastecal.core.rows import Container
from wastecal.core.spans import Span
from wastecal.core.texts import of
from wastecal.web import months, visits
from wastecal.web.months import Cell, Mark, MonthGrid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town", "in_swedish")]

WINTER = Span(date(2026, 11, 1), date(2027, 2, 1))


def grid_of(slug: str, year: int, month: int) -> MonthGrid:
    answer = answers.for_address(slug, directory.TODAY, WINTER)
    assert answer is not None
    return months.grid(year, month, visits.upcoming(answer, answer.pickups, WINTER.start))


def cells(grid: MonthGrid) -> dict[int, Cell]:
    return {cell.day.day: cell for week in grid.weeks for cell in week.cells if cell}


def marks(grid: MonthGrid) -> dict[int, list[Mark]]:
    return {number: list(cell.marks) for number, cell in cells(grid).items() if cell.marks}


@pytest.mark.parametrize(("year", "month", "weeks", "numbers"), [
    (2026, 12, 5, [49, 50, 51, 52, 53]),
    (2027, 1, 5, [53, 1, 2, 3, 4]),
    (2027, 2, 4, [5, 6, 7, 8]),
    (2027, 8, 6, [30, 31, 32, 33, 34, 35]),
])  # fmt: skip
def test_weeks_run_from_monday_and_are_numbered_as_in_an_almanac(
    year: int, month: int, weeks: int, numbers: list[int]
) -> None:
    grid = months.grid(year, month, ())
    assert [week.number for week in grid.weeks] == numbers
    assert {len(week.cells) for week in grid.weeks} == {7}
    assert [cell.day.weekday() for week in grid.weeks[:1] for cell in week.cells if cell][-1] == 6


def test_each_day_of_the_month_stands_once_and_no_other() -> None:
    found = [cell for week in months.grid(2028, 2, ()).weeks for cell in week.cells if cell]
    assert [cell.day for cell in found] == [date(2028, 2, day) for day in range(1, 30)]


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_red_days_are_those_of_the_swedish_calendar(year: int) -> None:
    red = {
        cell.day
        for month in range(1, 13)
        for cell in cells(months.grid(year, month, ())).values()
        if cell.red
    }
    known = Sweden(years=year, include_sundays=True, categories=("public", "de_facto"))
    assert red == set(known)


def test_a_day_has_the_signs_of_all_its_containers() -> None:
    found = marks(grid_of("holmby/storgatan/1", 2026, 11))
    assert {day: [mark.box.sign for mark in some] for day, some in found.items()} == {26: ["1", "2"]}


def test_a_moved_collection_marks_the_old_day_and_the_new_one() -> None:
    found = marks(grid_of("holmby/storgatan/1", 2026, 12))
    assert [(mark.changed, mark.off, mark.note) for mark in found[23]] == [
        (True, False, "Flyttad från torsdag 24 december")
    ] * 2
    assert [(mark.changed, mark.off, mark.note) for mark in found[24]] == [
        (False, True, "Flyttad till onsdag 23 december")
    ] * 2


def test_a_window_marks_each_of_its_days() -> None:
    found = marks(grid_of("holmby/storgatan/1", 2026, 12))
    assert [found[day][0].changed for day in (11, 12)] == [True, True]
    assert found[11][0].note.startswith("11 eller 12 december; Flyttad från torsdag 10 december")
    assert found[10][0].away


def test_a_cancelled_and_a_delayed_collection_are_off_on_their_day() -> None:
    cancelled = marks(grid_of("holmby/storgatan/2", 2026, 11))[26]
    assert [(mark.box.sign, mark.off, mark.away) for mark in cancelled][-1] == ("2", True, False)
    assert marks(grid_of("holmby/storgatan/3", 2026, 11))[26][0].off


def test_an_unsure_day_is_unsure_and_a_week_not_decided_is_preliminary() -> None:
    assert marks(grid_of("holmby/angavagen/4", 2026, 11))[24][0].unsure
    january = {week.number: week.preliminary for week in grid_of("holmby/storgatan/1", 2027, 1).weeks}
    both = marks(grid_of("holmby/angavagen/4", 2027, 1))[5][0]
    assert both.unsure
    assert both.preliminary
    assert january == {53: False, 1: True, 2: False, 3: False, 4: False}


def test_a_screen_reader_hears_the_day_and_what_is_emptied() -> None:
    html = render_to_string(
        "wastecal/parts/month_grid.html", {"grid": grid_of("holmby/storgatan/1", 2026, 11), "lang": "sv"}
    )
    assert '<time datetime="2026-11-26">torsdag 26</time>: Kärl 1, Kärl 2</span>' in html
    assert '<abbr title="måndag">mån</abbr>' in html
    assert html.count("<use ") == 2


@pytest.mark.parametrize(
    ("name", "icon", "form"),
    [
        ("Kärl 1", "bin", "solid"),
        ("Kärl 2", "bin", "hollow"),
        ("Säck 2", "sack", "diamond"),
        ("Trädgårdskärl", "garden", "round"),
        ("", "", "solid"),
    ],
)
def test_signs_differ_in_form_and_not_only_in_colour(name: str, icon: str, form: str) -> None:
    box = visits.box(Container("x", of({"sv": name}), icon=icon))
    assert months.sign(box).form == form
