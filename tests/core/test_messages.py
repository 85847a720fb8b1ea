"""Are the days of collections read out of pasted text messages, and no others?"""

from datetime import date

import pytest

from tests.core import pasted
from wastecal.core import messages

NAMES = {"karl-1": ("Kärl 1", "Bin 1"), "karl-2": ("Kärl 2", "Bin 2")}


def days(text: str) -> list[date]:
    lines = messages.read(text, pasted.TODAY, NAMES)
    return [mention.day for line in lines for mention in line.mentions]


def test_nearly_every_day_in_two_hundred_messages_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    table = list(pasted.messages())
    missed = [text for text, day in table if days(text) != [day]]
    with capsys.disabled():
        print(f"\n{len(table) - len(missed)} of {len(table)} messages read right")
    assert len(table) == 200
    assert len(missed) <= 4, missed


@pytest.mark.parametrize("text", pasted.NOTHING)
def test_no_day_is_made_of_other_numbers(text: str) -> None:
    assert days(text) == []


def test_a_message_is_read_relative_to_when_it_came() -> None:
    text = "Idag 07:10\nKärl 1 töms i morgon\nIgår 18:00\nKärl 2 töms imorgon"
    assert days(text) == [date(2026, 11, 25), date(2026, 11, 24)]


def test_tomorrow_is_no_day_where_nobody_knows_from_when() -> None:
    assert days("Imorgon töms Kärl 1") == []


def test_a_missing_year_is_found_by_the_weekday() -> None:
    assert days("tisdag 14/11") == [date(2023, 11, 14)]


def test_a_missing_year_is_the_last_one_that_has_been() -> None:
    assert days("14 november") == [date(2026, 11, 14)]
    assert days("5 januari") == [date(2026, 1, 5)]


def test_what_was_understood_is_told_line_by_line() -> None:
    first, second = messages.read("2023-11-13 18:02\nImorgon töms Kärl 1", pasted.TODAY, NAMES)
    assert (first.received, first.mentions) == (date(2023, 11, 13), ())
    assert (second.number, second.text) == (2, "Imorgon töms Kärl 1")
    assert [(mention.words, mention.day) for mention in second.mentions] == [("Imorgon", date(2023, 11, 14))]
    assert second.containers == ("karl-1",)


def test_two_days_in_one_line_are_two() -> None:
    assert days("Kärl 1 töms 3/11 och Kärl 2 10/11") == [date(2026, 11, 3), date(2026, 11, 10)]


def test_a_day_far_ahead_is_no_collection() -> None:
    assert days("Garantin gäller till 2031-05-01") == []
