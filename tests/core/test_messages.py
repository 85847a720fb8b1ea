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


@pytest.mark.parametrize(
    "text",
    ["tömning nu på torsdag 12e nov!", "den 12:e november", "den 12a november", "on the 12th of November"],
)
def test_an_ordinal_is_a_day_with_a_colon_or_without(text: str) -> None:
    assert days(text) == [date(2026, 11, 12)]


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


HEADINGS = (
    *("tis 3 nov. kl. 18:02", "tisdag 3 november 2026", "3 nov. 2026, 18.02", "2026-11-03", "3/11 18:02"),
    *("Tue, Nov 3, 6:02 PM", "11/3/26, 6:02 PM", "Tuesday, November 3", "tis 3 nov. • 18:02", "(tis 3 nov)"),
    *("Vellinge kommun, 3 nov. 18:02", "Från: Vellinge  Datum: 2026-11-03 18:02", "18:02, 3 november 2026"),
    *("Vellinge kommun [2026-11-03, 18:02]", "den 3 november 2026 18:02", "Mottaget tisdag 3/11 kl 18"),
    *("Text Message\nTue, Nov 3 at 6:02 PM", "tisdag 3 november\nVellinge kommun"),
)
BODIES = (
    "Imorgon töms Kärl 1. Ställ ut kärlet senast kl 06.00.",
    "Påminnelse: Kärl 1 töms imorgon onsdag 4/11. Ställ ut före 06.30.",
    "Sophämtning onsdag 4 nov. Kärl 1. Frågor? 040-42 50 00",
    "Bin 1 will be emptied tomorrow (Wed 4 Nov), from 07.10 to 16.12.",
)


@pytest.mark.parametrize("heading", HEADINGS)
def test_when_a_message_came_is_no_day_of_a_collection(heading: str) -> None:
    for body in BODIES:
        assert days(f"{heading}\n{body}") == [date(2026, 11, 4)]


@pytest.mark.parametrize(
    "before", ["kl ", "kl. ", "klockan ", "senast ", "före ", "från ", "before ", "at ", "by "]
)
@pytest.mark.parametrize("after", [".", "!", " på morgonen."])
def test_no_time_of_day_is_a_date(before: str, after: str) -> None:
    for clock in ("00.00", "05.10", "06.00", "6.30", "07.12", "12.45", "06.00-15.00", "06.10 och 07.10"):
        text = f"2026-11-03 18:02\nImorgon töms Kärl 1. Ställ ut kärlet {before}{clock}{after}"
        assert days(text) == [date(2026, 11, 4)], clock


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("3 november\n17 november", (3, 17)),
        ("3 november\nKärl 1\n17 november\nKärl 1 och 2", (3, 17)),
        ("3 november\nKärl 1 töms\n17 november\nKärl 2 töms", (3, 17)),
        ("Vi kommer 3 nov. 06:00\n\nVi kommer 17 nov. 06:00", (3, 17)),
        (
            "tisdag 3 november\n18:02 Imorgon töms Kärl 1\ntisdag 17 november\n18:02 Imorgon töms Kärl 1",
            (4, 18),
        ),
        ("3 nov 18:02 Jag: när töms kärl 1?\n3 nov 18:05 Vellinge: I morgon", (4,)),
        ("Kärl 1 töms 3.11. och 17.11.", (3, 17)),
        ("Kärl 1: 3, 17 och 30 november", (3, 17, 30)),
        ("Emptied on the 3rd and 17th of November", (3, 17)),
        ("Kärl 1 och 3 november", (3,)),
        ("Storgatan 12, 3 november", (3,)),
    ],
)
def test_days_that_stand_alone_are_told_from_when_a_message_came(text: str, told: tuple[int, ...]) -> None:
    assert days(text) == [date(2026, 11, day) for day in told]
