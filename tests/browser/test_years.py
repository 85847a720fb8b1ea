"""Does the year print on exactly one A4, upright and across, and can everybody read it?"""

import io
import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import Visitor
from tests.web import directory
from wastecal import answers
from wastecal.core.answer import Answer
from wastecal.models import Address
from wastecal.web.years import sheet

Window = Callable[..., Visitor]
VELLINGE = Path(__file__).parents[2] / "fixtures" / "vellinge"
PLACE = "/adress/holmby/storgatan/1"


def pages(page: Page, *, across: bool) -> int:
    return len(PdfReader(io.BytesIO(page.pdf(format="A4", landscape=across))).pages)


def fullest() -> tuple[str, int]:
    """The address and year of Vellinge with the most days that are not as usual, then the most days."""
    years = [
        (marks(answer, year), slug, year)
        for slug in Address.objects.values_list("slug", flat=True)
        for year in sheet.offered(directory.TODAY)
        if (answer := answers.for_address(slug, directory.TODAY, sheet.asked(year)))
    ]
    _most, slug, year = max(years)
    return slug, year


def marks(answer: Answer, year: int) -> tuple[int, int]:
    found = [row for row in (*answer.pickups, *answer.optional_pickups) if row.date.year == year]
    return sum(row.status != "planned" for row in found), len(found)


def test_the_fullest_year_of_vellinge_is_one_a4_upright_and_across(window: Window) -> None:
    call_command("load", str(VELLINGE), remove=True, stdout=StringIO())
    call_command("demo", verbosity=0)
    slug, year = fullest()
    page = window().go(f"/adress/{slug}/ar/{year}/")
    assert [pages(page, across=across) for across in (False, True)] == [1, 1]


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("year", [pytest.param(2025, marks=pytest.mark.nightly), 2026, 2027])
@pytest.mark.parametrize("language", ["", pytest.param("/en", marks=pytest.mark.nightly)])
def test_each_year_is_one_a4(window: Window, language: str, year: int, *, across: bool) -> None:
    assert pages(window().go(f"{language}{PLACE}/ar/{year}/"), across=across) == 1


def crowded(folder: Path) -> Path:
    """A year in which next to nothing is as usual, four containers, and long names and reasons."""
    chance = random.Random(7)
    days = [date(2027, 1, 1) + timedelta(days=7 * week) for week in range(52)]
    moved = [
        {
            "kind": "add",
            "scope": "zone:H1",
            "containers": "karl-1",
            "date": str(day + timedelta(days=chance.randrange(5))),
            "reason_sv": "Vägarbeten på Falsterbovägen gör att bilen måste ta en omväg hela den veckan " * 2,
        }
        for day in days
    ]
    names = ("Kärl för matavfall och restavfall", "Kärl för papper och plast", "Kärl 3", "Kärl 4")
    containers = [
        {
            "code": f"karl-{number}",
            "name_sv": name,
            "fractions_sv": "matavfall; restavfall; plastförpackningar; färgade glasförpackningar; metall",
            "order": str(number),
        }
        for number, name in enumerate(names, 1)
    ]
    weekly = {"scope": "zone:H1", "anchor": "2026-11-26", "rrule": "FREQ=WEEKLY;INTERVAL=1"}
    rules = [{**weekly, "container": row["code"]} for row in containers]
    return directory.write(
        folder, containers=containers, rules=rules, overrides=moved, notices=directory.NOTICES[:1]
    )


@pytest.fixture
def in_a_crowded_year(address: str, tmp_path: Path) -> None:
    folder = tmp_path / "crowded"
    folder.mkdir()
    call_command("load", str(crowded(folder)), stdout=StringIO())


@pytest.mark.usefixtures("in_a_crowded_year")
@pytest.mark.parametrize("across", [False, True])
def test_even_a_crowded_year_is_one_a4(window: Window, *, across: bool) -> None:
    visitor = window()
    page = visitor.go(f"{PLACE}/ar/2027/")
    visitor.picture("year-crowded")
    assert pages(page, across=across) == 1


@pytest.mark.usefixtures("in_a_crowded_year")
def test_nothing_in_the_pdf_of_a_crowded_year_stands_below_its_margin(window: Window) -> None:
    response = window().context.request.get(f"{window().address}{PLACE}/ar/2027.pdf")
    heights: list[float] = []
    reader = PdfReader(io.BytesIO(response.body()), strict=True)
    reader.pages[0].extract_text(
        visitor_text=lambda text, _cm, tm, _font, _size: heights.append(tm[5]) if text.strip() else None
    )
    assert len(heights) > 500
    assert min(heights) > 20


@pytest.mark.parametrize("across", [False, pytest.param(True, marks=pytest.mark.nightly)])
def test_a_street_prints_one_a4_for_each_address(window: Window, *, across: bool) -> None:
    page = window().go("/adresser/holmby/storgatan/?ar=2027")
    assert pages(page, across=across) == 5


def test_the_large_edition_is_a_few_pages_in_large_type(window: Window) -> None:
    page = window().go(f"{PLACE}/ar/2027/stor/")
    assert 1 < pages(page, across=False) <= 4
    page.emulate_media(media="print")
    size = page.eval_on_selector(".year-days time", "node => parseFloat(getComputedStyle(node).fontSize)")
    assert size * 72 / 96 >= 16


def test_the_print_shows_the_sheet_and_not_the_page_around_it(window: Window) -> None:
    visitor = window()
    page = visitor.go(f"{PLACE}/ar/2026/")
    page.emulate_media(media="print")
    visitor.picture("year-print")
    assert page.locator(".qr").is_visible()
    for part in (".top", ".bottom", ".year-links"):
        assert not page.locator(part).is_visible()


def test_a_code_is_large_enough_for_a_telephone(window: Window) -> None:
    """A module of half a millimetre is read from 25 cm by any of them."""
    page = window().go(f"{PLACE}/ar/2026/")
    page.emulate_media(media="print")
    width = page.eval_on_selector(".qr", "node => node.getBoundingClientRect().width") * 25.4 / 96
    drawn = page.eval_on_selector(".qr", "node => fetch(node.src).then((answer) => answer.text())")
    found = re.search(r'viewBox="0 0 (\d+)', drawn)
    assert found
    assert width / int(found[1]) >= 0.5


def test_a_screen_reader_hears_a_table_with_its_name_and_its_days(window: Window) -> None:
    page = window().go(f"{PLACE}/ar/2026/")
    table = page.get_by_role("table", name="december 2026")
    assert table.get_by_role("columnheader").count() == 8
    cell = table.get_by_role("cell", name="onsdag 23: Kärl 1 (Flyttad från torsdag 24 december)")
    assert cell.count() == 1


@pytest.mark.usefixtures("in_arabic")
def test_from_right_to_left_too_it_is_one_a4_and_fits_a_telephone(window: Window) -> None:
    visitor = window(viewport={"width": 320, "height": 700})
    page = visitor.go(f"/ar{PLACE}/ar/2026/")
    visitor.picture("year-rtl")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert pages(page, across=False) == 1
