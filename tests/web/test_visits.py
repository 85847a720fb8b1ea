"""Which day is the next one, and what goes out then?"""

from datetime import date

import pytest

from tests.web import directory
from wastecal import answers
from wastecal.core.answer import Answer
from wastecal.core.rows import Container
from wastecal.core.texts import of
from wastecal.web import visits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town", "in_swedish")]


def known(slug: str) -> Answer:
    answer = answers.for_address(slug, directory.TODAY)
    assert answer is not None
    return answer


def next_on(slug: str, today: date) -> tuple[str, list[str]]:
    answer = known(slug)
    day = visits.next_of(visits.upcoming(answer, answer.pickups, today), today)
    assert day is not None
    return day.words, [visit.box.code for visit in day.visits]


@pytest.mark.parametrize(
    ("today", "said", "containers"),
    [
        (date(2026, 11, 26), "torsdag 26 november", ["karl-1", "karl-2"]),
        (date(2026, 11, 27), "11 eller 12 december", ["karl-1"]),
        (date(2026, 12, 12), "11 eller 12 december", ["karl-1"]),
        (date(2026, 12, 13), "onsdag 23 december", ["karl-1", "karl-2"]),
    ],
)
def test_the_next_day_is_the_first_that_is_not_over(today: date, said: str, containers: list[str]) -> None:
    assert next_on("holmby/storgatan/1", today) == (said, containers)


def test_a_delayed_container_does_not_go_out_on_its_old_day() -> None:
    assert next_on("holmby/storgatan/3", directory.TODAY) == ("torsdag 26 november", ["karl-2"])


def test_only_the_coming_weeks_are_called_a_deviation() -> None:
    answer = known("holmby/storgatan/1")
    days = visits.deviations(answer, answer.pickups, directory.TODAY)
    assert [day.first for day in days] == [date(2026, 12, 11)]


@pytest.mark.parametrize("colour", ["red", "#fff", '#12345"/><script>', "url(#x)", ""])
def test_a_colour_that_is_none_never_reaches_the_drawing(colour: str) -> None:
    box = visits.box(Container("karl-1", of({"sv": "Kärl 1"}), colour=colour, icon="../x"))
    assert (box.lid, box.shape) == ("#5b6670", "bin")


def test_a_container_without_a_number_shows_its_first_letter() -> None:
    assert visits.box(Container("t", of({"sv": "trädgårdskärl"}))).sign == "T"
    assert visits.box(Container("k", of({"sv": "Kärl 2"}))).sign == "2"
