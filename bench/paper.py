"""How long does the year on one A4 take as a PDF, the first of its kind and one whose calendar is drawn?"""

from collections.abc import Iterator, Sequence
from statistics import median
from time import perf_counter

from django.utils import translation

from bench import town, year
from bench.rounds import Row, Table
from wastecal.core import answer
from wastecal.core.answer import Answer
from wastecal.web.years import page, sheet

ROUNDS = 15
PATIENCE = 0.05
"""Seconds for a PDF that nobody has asked for before."""


def tables() -> Iterator[Table]:
    content = town.directory()
    facts, places = year.known(content), year.located(content)[:: town.ON_A_STREET][:ROUNDS]
    years = [town.TODAY.year + number % 2 for number in range(ROUNDS)]
    answers = [
        answer.of(facts, place, sheet.asked(asked), town.TODAY)
        for place, asked in zip(places, years, strict=True)
    ]
    rows = (Row("what one waits for gladly", PATIENCE * 1000, 1), *_rows(answers, years))
    yield Table("paper", "the year of one address on one A4, as a PDF", "ms", rows)


def _rows(answers: Sequence[Answer], years: Sequence[int]) -> Iterator[Row]:
    """Each way has web addresses of its own, so no code is found kept; the second finds the calendars."""
    with translation.override("sv"):
        for way in ("first of its kind", "calendar drawn"):
            taken = [
                _seconds(f"https://{way[0]}{number}.example", asked, which)
                for number, (asked, which) in enumerate(zip(answers, years, strict=True))
            ]
            yield Row(way, median(taken) * 1000, PATIENCE / median(taken))


def _seconds(site: str, asked: Answer, which: int) -> float:
    began = perf_counter()
    page.pdf(site, asked, which)
    return perf_counter() - began
