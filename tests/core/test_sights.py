"""Is a pasted text read as its writer meant it: which container, which day, and what was not understood?"""

import time
from datetime import date

import pytest

from wastecal.core import sights
from wastecal.core.evidence import Source

TODAY = date(2026, 11, 24)
NAMES = {"karl-1": ("Kärl 1", "Bin 1"), "karl-2": ("Kärl 2", "Bin 2")}
ONE, TWO = ("karl-1",), ("karl-2",)


def read(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The days that count, the oldest first, each with its containers."""
    found = sights.read(text, TODAY, NAMES).sights
    return [(row.day.isoformat(), row.containers) for row in reversed(found) if not row.denied]


def unread(text: str) -> list[str]:
    return [line.text for line in sights.read(text, TODAY, NAMES).unread]


def test_each_of_two_days_in_a_line_has_the_container_it_stands_with() -> None:
    for text in ("Kärl 1 töms 29/10 och Kärl 2 5/11.", "29/10 kärl 1, 5/11 kärl 2"):
        assert read(text) == [("2026-10-29", ONE), ("2026-11-05", TWO)]


def test_a_day_for_two_containers_is_of_both() -> None:
    assert read("Bin 1 and Bin 2 on 29 October") == [("2026-10-29", ONE + TWO)]


def test_a_container_on_a_line_of_its_own_is_a_heading() -> None:
    text = "Kärl 1:\n2026-10-01\n2026-10-15\n\nKÄRL 2\n2026-10-01"
    assert read(text) == [("2026-10-01", ONE + TWO), ("2026-10-15", ONE)]


def test_a_container_is_that_of_its_whole_message_and_of_no_other() -> None:
    text = "2026-10-14 18:02\nHej! Imorgon är det tömning.\nStäll ut kärl 1.\n2026-10-28 18:02\nImorgon igen!"
    assert read(text) == [("2026-10-15", ONE), ("2026-10-29", ())]


@pytest.mark.parametrize(
    "said", ["Ditt kärl har tömts.", "Hej!\nKärl 1 tömt", "Bin 1 was emptied. Reply STOP"]
)
def test_what_has_been_emptied_was_so_on_the_day_on_which_that_was_said(said: str) -> None:
    assert [day for day, _ in read(f"2026-10-15 09:12\n{said}")] == ["2026-10-15"]


@pytest.mark.parametrize("said", ["Ställ ut kärl 1", "Bin 1 will be emptied", "Hej!", "Kärl 1 ska bli tömt"])
def test_what_is_yet_to_be_emptied_says_nothing_of_the_day_on_which_that_was_said(said: str) -> None:
    assert read(f"2026-10-15 09:12\n{said}") == []


def test_a_message_without_a_time_has_none_of_another_message() -> None:
    assert read("2026-10-14 18:02\nImorgon töms Kärl 1\n\nImorgon töms Kärl 2") == [("2026-10-15", ONE)]


def test_a_day_that_is_told_twice_is_one() -> None:
    assert read("Kärl 1 töms 29/10\nKärl 1 tömt 29/10") == [("2026-10-29", ONE)]


@pytest.mark.parametrize(
    "text",
    [
        "Kärl 1 kunde inte tömmas 29/10",
        "Vi har tyvärr inte hämtat kärl 1 den 29/10",
        "Tömningen 29/10 är inställd",
        "Ingen tömning 29/10",
        "Bin 1 was not emptied on 29 October",
        "No collection on 29 October",
    ],
)
def test_a_day_without_a_collection_is_read_but_does_not_count(text: str) -> None:
    (found,) = sights.read(text, TODAY, NAMES).sights
    assert (found.day, found.denied) == (date(2026, 10, 29), True)


@pytest.mark.parametrize(
    "text", ["Tömning 29/10. Svara inte på detta sms.", "Do not reply. Bin 1 is emptied 29/10"]
)
def test_not_to_answer_is_not_not_to_come(text: str) -> None:
    assert [day for day, _ in read(text)] == ["2026-10-29"]


def test_of_a_moved_collection_only_the_new_day_counts() -> None:
    assert read("Kärl 1: tömningen flyttas från 24/12 till 23/12") == [("2026-12-23", ONE)]


def test_a_day_that_came_after_all_counts() -> None:
    assert read("Kärl 1 kunde inte tömmas 29/10\nKärl 1 tömdes 29/10") == [("2026-10-29", ONE)]


@pytest.mark.parametrize(
    "text", ["Imorgon töms Kärl 1", "Tömning 31/2", "31 juni tömt", "Collected tomorrow"]
)
def test_a_line_that_ought_to_tell_a_day_and_does_not_is_named(text: str) -> None:
    assert unread(text) == [text]


@pytest.mark.parametrize(
    "text", ["Hej!", "Ring 040-42 50 00", "2026-10-14 18:02", "Kod 141123 gäller i 10 min"]
)
def test_a_line_that_tells_no_day_is_not_named(text: str) -> None:
    assert unread(text) == []


def test_plain_days_are_what_a_resident_says_and_messages_are_messages() -> None:
    assert sights.read("2026-10-15\nKärl 1 29/10", TODAY, NAMES).source is Source.RESIDENT
    assert sights.read("2026-10-14 18:02\nImorgon", TODAY, NAMES).source is Source.SMS
    assert sights.read("Kärl 1 töms 29/10", TODAY, NAMES).source is Source.SMS


def test_the_words_of_a_date_are_those_that_stand_in_the_text() -> None:
    (found,) = sights.read("Öppet 24/7. Kärl 1 töms tisdag den 10 november.", TODAY, NAMES).sights
    assert (found.words, found.line) == (
        "tisdag den 10 november",
        "Öppet 24/7. Kärl 1 töms tisdag den 10 november.",
    )


@pytest.mark.parametrize(
    "piece", ["1/1 ", "v1 måndag ", "kärl 1 ", "2023-11-14 ", "måndag den ", "från den "]
)
def test_one_endless_line_is_read_all_the_same(piece: str) -> None:
    """Each was quadratic or could be: at this length that would take minutes."""
    assert len(sights.read(piece * (50_000 // len(piece)), TODAY, NAMES).sights) <= 1


@pytest.mark.parametrize(
    "text", ["3 november" + " " * 19_900 + "x", "at" + " \t" * 9_900 + "x", "3 nov\n" * 3_300]
)
def test_a_text_that_is_all_space_or_all_days_takes_no_time(text: str) -> None:
    began = time.process_time()
    sights.read(text, TODAY, NAMES)
    assert time.process_time() - began < 3
