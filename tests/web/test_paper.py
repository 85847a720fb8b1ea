"""Is the year's PDF one tagged page that says the same as the page, quickly, and in equal bytes?"""

import io
import re
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone
from pypdf import PdfReader

from tests.web import catalogues, directory
from wastecal import answers
from wastecal.core.spans import Span
from wastecal.web.years import glyphs, paper, qr

PLACE = "/adress/holmby/storgatan/1"
YEAR = f"{PLACE}/ar/2027"
pytestmark = [pytest.mark.django_db]
loaded = pytest.mark.usefixtures("town")


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content), strict=True)


def root(reader: PdfReader) -> Any:
    return reader.root_object


def elements(reader: PdfReader) -> list[Any]:
    """The parts of the page as a screen reader meets them."""
    return [one.get_object() for one in root(reader)["/StructTreeRoot"]["/K"]["/K"]]


def months_of(reader: PdfReader) -> list[str]:
    """What is read aloud in place of each month's drawing."""
    return [str(one["/Alt"]) for one in elements(reader) if one["/S"] == "/Figure"][:12]


@loaded
def test_the_pdf_has_the_same_days(client: Client) -> None:
    months = months_of(read(client.get(f"{YEAR}.pdf").content))
    assert len(months) == 12
    spoken = {(month, int(number)) for month, said in enumerate(months, 1) for number in numbers(said)}
    answer = answers.for_address(
        "holmby/storgatan/1", directory.TODAY, Span(date(2027, 1, 1), date(2028, 1, 1))
    )
    assert answer is not None
    days = {row.date for row in (*answer.pickups, *answer.optional_pickups)}
    assert spoken == {(day.month, day.day) for day in days}


def numbers(said: str) -> list[str]:
    return re.findall(r"(?:; |: )\w+ (\d+) ", said)


@loaded
def test_a_month_is_read_aloud_by_its_days(client: Client) -> None:
    months = months_of(read(client.get(f"{PLACE}/ar/2026.pdf").content))
    assert months[9] == "Oktober 2026: –"
    assert months[10] == "November 2026: torsdag 26 Kärl 1, Kärl 2"


@loaded
def test_every_tag_of_the_pdf_names_a_part_that_is_drawn(client: Client) -> None:
    reader = read(client.get(f"{YEAR}.pdf").content)
    contents = reader.pages[0].get_contents()
    assert contents is not None
    drawn = re.findall(rb"/(\w+) <</MCID (\d+)>> BDC", contents.get_data())
    assert [(one["/S"], one["/K"]) for one in elements(reader)] == [
        (f"/{tag.decode()}", int(number)) for tag, number in drawn
    ]


@loaded
def test_the_pdf_is_one_tagged_page_with_title_and_language(client: Client) -> None:
    response = client.get(f"{YEAR}.pdf")
    reader = read(response.content)
    assert response.headers["Content-Type"] == "application/pdf"
    assert len(reader.pages) == 1
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert reader.metadata is not None
    assert reader.metadata.title == "Sophämtning 2027: Storgatan 1, 235 00 Holmby"
    assert root(reader)["/Lang"] == "sv"
    assert root(reader)["/MarkInfo"]["/Marked"]


@loaded
def test_the_pdf_is_real_text(client: Client) -> None:
    said = read(client.get(f"{PLACE}/ar/2026.pdf").content).pages[0].extract_text()
    for words in (
        "Storgatan 1",
        "Trädgårdskärl",
        "Kärl 2",
        "Flyttad från torsdag",
        "040-42 50 00",
    ):
        assert words in said


@loaded
def test_equal_data_gives_equal_bytes_on_every_day_of_the_month(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(f"{YEAR}.pdf")
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 28, 11, 0, tzinfo=UTC))
    later = client.get(f"{YEAR}.pdf")
    assert first.content == later.content
    assert client.get(f"{YEAR}.pdf", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@loaded
def test_an_edit_gives_the_pdf_another_validator(client: Client, tmp_path: Path) -> None:
    tag = client.get(f"{YEAR}.pdf").headers["ETag"]
    call_command("load", str(directory.write(tmp_path, overrides=directory.OVERRIDES[1:])), stdout=StringIO())
    assert client.get(f"{YEAR}.pdf", headers={"If-None-Match": tag}).status_code == 200


def test_a_pdf_is_not_offered_where_its_font_lacks_the_letters(client: Client, tmp_path: Path) -> None:
    folder = tmp_path / "town"
    folder.mkdir()
    paths = [catalogues.compiled(tmp_path), *settings.LOCALE_PATHS]
    with override_settings(LANGUAGES=catalogues.LANGUAGES, LOCALE_PATHS=paths):
        call_command("load", str(directory.write(folder, ("sv", "en", "ar"))), stdout=StringIO())
        assert b".pdf" in client.get(f"{YEAR}/").content
        assert b".pdf" not in client.get(f"/ar{YEAR}/").content
        assert client.get(f"/ar{YEAR}.pdf").status_code == 404


def test_a_code_has_the_quiet_border_and_says_the_address() -> None:
    drawn = qr.svg(qr.modules("https://holmby.example/adress/holmby/storgatan/1.ics"))
    assert b'viewBox="0 0 41 41"' in drawn
    assert b'd="M4 4.5h7m' in drawn


@pytest.mark.parametrize(
    ("row", "found"), [("110100", [(0, 2), (3, 1)]), ("000", []), ("111", [(0, 3)]), ("01", [(1, 1)])]
)
def test_runs_of_dark_modules(row: str, found: list[tuple[int, int]]) -> None:
    assert qr.runs(row) == found


def test_text_in_the_font_has_its_width() -> None:
    assert glyphs.width("Ål", 1000) == 667 + 222
    assert glyphs.width("W", 10, bold=True) == pytest.approx(9.44)


@pytest.mark.parametrize(("text", "fine"), [("åäö é – ’ €", True), ("łódź", False), ("سبت", False)])
def test_the_font_says_which_letters_it_has(text: str, fine: bool) -> None:
    assert glyphs.can_set(text) is fine


def test_a_letter_that_is_missing_loses_its_marks() -> None:
    assert glyphs.encoded("Dvořák") == b"Dvor\xe1k"
    assert glyphs.encoded("日") == b"?"


def test_lines_are_never_wider_than_the_room() -> None:
    said = "Ett ganska långt skäl och sedan Ettenastelångtordsomintefårplats på en rad"
    found = glyphs.lines(said, 8, 60)
    assert max(glyphs.width(line, 8) for line in found) <= 60
    assert "".join(found).replace(" ", "") == said.replace(" ", "")


@loaded
@pytest.mark.usefixtures("in_swedish")
def test_swedish_and_english_can_be_set() -> None:
    town = answers.town()
    assert town is not None
    assert paper.can_say(town)
