"""Does the year say on paper what the calendar says, and only that?"""

import io
import re
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from tests.web import catalogues, directory
from wastecal import answers
from wastecal.web.years import bulk, glyphs, page, paper, qr, sheet

PLACE = "/adress/holmby/storgatan/1"
YEAR = f"{PLACE}/ar/2027"
pytestmark = [pytest.mark.django_db]
loaded = pytest.mark.usefixtures("town")

Told = set[tuple[str, str]]


def html(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def text(markup: str) -> str:
    return " ".join(re.sub(r"<(svg|head).*?</\1>|<[^>]+>", " ", markup, flags=re.DOTALL).split())


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content), strict=True)


def months_of(reader: PdfReader) -> list[str]:
    """What is read aloud in place of each month's drawing."""
    elements: Any = reader.root_object["/StructTreeRoot"]
    elements = elements["/K"]["/K"]
    figures = [one.get_object() for one in elements]
    return [str(one["/Alt"]) for one in figures if one["/S"] == "/Figure"][:12]


def in_json(client: Client, place: str, year: int) -> Told:
    """The days and containers of the other surface; it holds thirteen months."""
    found = client.get(f"{place}.json").json()
    rows = [*found["pickups"], *found["optional"]["pickups"]]
    return {(row["date"], row["name"]) for row in rows if row["date"].startswith(str(year))}


def in_grid(markup: str) -> Told:
    """The days and containers in the words for screen readers, without the days that lost theirs."""
    cells = re.findall(
        r'<time datetime="([\d-]+)">[^<]*</time>([^<]*(?:<span lang[^<]*</span>[^<]*)*)', markup
    )
    told = set()
    for day, rest in cells:
        plain = re.sub(r"<[^>]+>", "", rest).partition(": ")[2]
        parts = re.findall(r"([^,(]+?)(?: \(([^)]*)\))?(?:, |$)", plain)
        told |= {(day, name) for name, note in parts if not note.startswith("Flyttad till")}
    return told


@loaded
@pytest.mark.parametrize("slug", ["storgatan/1", "storgatan/2", "storgatan/8", "angavagen/4"])
def test_the_year_has_the_days_of_the_json_and_no_others(client: Client, slug: str) -> None:
    place = f"/adress/holmby/{slug}"
    told = in_grid(html(client, f"{place}/ar/2027/").partition('class="year-changed"')[0])
    known = in_json(client, place, 2027)
    assert {row for row in told if row[0] < "2027-12-01"} == known
    assert len(known) > 20


@loaded
def test_the_large_edition_has_the_same_days(client: Client) -> None:
    markup = html(client, f"{YEAR}/stor/")
    days = set(re.findall(r'<li><strong><time datetime="([\d-]+)"', markup))
    grid = html(client, f"{YEAR}/").partition('class="year-changed"')[0]
    assert days == {day for day, _name in in_grid(grid)}
    assert "Januari 2027" in markup


@loaded
def test_the_pdf_has_the_same_days(client: Client) -> None:
    months = months_of(read(client.get(f"{YEAR}.pdf").content))
    assert len(months) == 12
    spoken = {(month, int(number)) for month, said in enumerate(months, 1) for number in numbers(said)}
    grid = html(client, f"{YEAR}/").partition('class="year-changed"')[0]
    days = [date.fromisoformat(day) for day, _name in in_grid(grid)]
    assert spoken == {(day.month, day.day) for day in days}


def numbers(said: str) -> list[str]:
    return re.findall(r"(?:; |: )\w+ (\d+) ", said)


@loaded
def test_a_moved_day_is_listed_with_the_old_one_and_the_reason(client: Client) -> None:
    said = text(html(client, f"{PLACE}/ar/2026/"))
    assert "onsdag 23 december : Kärl 1, Kärl 2. Flyttad från torsdag 24 december: Julafton" in said
    assert "11 eller 12 december : Kärl 1. Flyttad från torsdag 10 december: Bilen är på verkstad" in said
    assert "Inramat: inte den ordinarie dagen" in said


@loaded
def test_what_is_preliminary_or_uncertain_is_explained_where_it_is(client: Client) -> None:
    assert "Randigt: preliminärt" in html(client, f"{YEAR}/")
    assert "Randigt: preliminärt" not in html(client, f"{PLACE}/ar/2025/")
    assert "Frågetecken: osäkert" in html(client, "/adress/holmby/angavagen/4/ar/2027/")
    assert "Frågetecken: osäkert" not in html(client, f"{YEAR}/")


@loaded
def test_the_sheet_says_of_which_day_it_is_and_whom_to_ring(client: Client) -> None:
    said = text(html(client, f"{YEAR}/"))
    assert "måndag 23 november 2026." in said
    assert "Frågor? Holmby Direkt , telefon 040\u201142 50 00" in said
    assert "http://testserver/adress/holmby/storgatan/1.ics" in said


@loaded
def test_days_that_are_not_known_are_said_in_words(client: Client) -> None:
    said = text(html(client, "/adress/holmby/angavagen/6/ar/2027/"))
    assert "Kärl 1 töms varannan vecka; dagen är ännu okänd." in said
    assert "Inga dagar är kända för det här året." in said


@loaded
def test_a_block_of_flats_is_told_whom_to_ask_and_offered_no_feed(client: Client) -> None:
    said = text(html(client, "/adress/holmby/parkgatan/1/ar/2027/"))
    assert "föreningen" in said
    assert ".ics" not in said


@loaded
@pytest.mark.parametrize(("year", "status"), [(2024, 404), (2025, 200), (2028, 200), (2029, 404)])
@pytest.mark.parametrize("form", ["/", "/stor/", ".pdf"])
def test_years_run_from_last_year_to_the_year_after_next(
    client: Client, year: int, status: int, form: str
) -> None:
    assert client.get(f"{PLACE}/ar/{year}{form}").status_code == status
    assert client.get(f"/zon/h1/ar/{year}{form}").status_code == status


@loaded
@pytest.mark.parametrize(
    "path", ["finns/inte/1/ar/2027", "holmby/storgatan/1/ar/27", "holmby/storgatan/1/ar/0027"]
)
def test_what_there_is_not_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/adress/{path}/").status_code == 404
    assert client.get(f"/adress/{path}.pdf").status_code == 404


@loaded
def test_a_collection_moved_over_the_new_year_is_marked_in_both_years(client: Client, tmp_path: Path) -> None:
    move = {"kind": "move", "scope": "zone:H1", "containers": "karl-1", "date": "2027-01-07"}
    folder = directory.write(tmp_path, overrides=[{**move, "new_date": "2026-12-30"}])
    call_command("load", str(folder), stdout=StringIO())
    old, new = (text(html(client, f"{PLACE}/ar/{year}/")) for year in (2026, 2027))
    row = "onsdag 30 december : Kärl 1. Flyttad från torsdag 7 januari 2027"
    assert row in old
    assert row in new
    assert "torsdag 7 : Kärl 1 (Flyttad till onsdag 30 december)" in new


@loaded
def test_neighbours_with_the_same_days_share_one_drawing() -> None:
    one, other = (
        answers.for_address(f"holmby/storgatan/{number}", directory.TODAY, sheet.asked(2027))
        for number in ("1", "12b")
    )
    assert one is not None
    assert other is not None
    assert one != other
    assert sheet.shared(one) == sheet.shared(other)


@loaded
def test_the_pdf_is_one_tagged_page_with_title_and_language(client: Client) -> None:
    response = client.get(f"{YEAR}.pdf")
    reader = read(response.content)
    assert response.headers["Content-Type"] == "application/pdf"
    assert len(reader.pages) == 1
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert reader.metadata is not None
    assert reader.metadata.title == "Sophämtning 2027: Storgatan 1, 235 00 Holmby"
    assert str(reader.root_object["/Lang"]) == "sv"
    marked: Any = reader.root_object["/MarkInfo"]
    assert marked["/Marked"]


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


@loaded
@pytest.mark.usefixtures("in_swedish")
def test_a_pdf_takes_less_than_fifty_milliseconds(client: Client) -> None:
    """Of the processor, for the best of some cold ones: the machine may be busy with other things."""
    answer = answers.for_address("holmby/storgatan/1", directory.TODAY, sheet.asked(2027))
    assert answer is not None
    spent = []
    for year in (2025, 2026, 2027, 2028):
        qr.modules.cache_clear()
        began = process_time()
        page.pdf("https://a.example", answer, year)
        spent.append(process_time() - began)
    assert min(spent) < 0.05


def test_a_pdf_is_not_offered_where_its_font_lacks_the_letters(
    client: Client, tmp_path: Path, settings: object
) -> None:
    settings.LANGUAGES = catalogues.LANGUAGES  # type: ignore[attr-defined]
    settings.LOCALE_PATHS = [catalogues.compiled(tmp_path), *settings.LOCALE_PATHS]  # type: ignore[attr-defined]
    folder = tmp_path / "town"
    folder.mkdir()
    call_command("load", str(directory.write(folder, ("sv", "en", "ar"))), stdout=StringIO())
    assert ".pdf" in html(client, f"{YEAR}/")
    assert ".pdf" not in html(client, f"/ar{YEAR}/")
    assert client.get(f"/ar{YEAR}.pdf").status_code == 404


@loaded
def test_a_street_is_printed_in_one_go(client: Client) -> None:
    response = client.get("/adresser/holmby/storgatan/?ar=2027")
    names = re.findall(r"<bdi>(Storgatan \w+)</bdi>", response.content.decode())
    assert names == [f"Storgatan {number}" for number in ("1", "2", "3", "8", "12B")]
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.content.count(b"<article") == 5


@loaded
def test_a_zone_is_printed_with_those_who_moved_there_and_without_those_who_left(
    client: Client, tmp_path: Path
) -> None:
    moves = [
        {"address": "holmby/angavagen/4", "zone": "H1", "valid_from": "2026-11-01"},
        {"address": "holmby/storgatan/1", "zone": "H2", "valid_from": "2026-11-01"},
        {"address": "holmby/storgatan/2", "zone": "H2", "valid_from": "2027-02-01"},
    ]
    call_command("load", str(directory.write(tmp_path, zone_moves=moves)), stdout=StringIO())
    names = re.findall(r"<bdi>(\w+ \d\w*)</bdi>", html(client, "/zon/h1/?ar=2027"))
    assert "Ängavägen 4" in names
    assert "Storgatan 1" not in names
    assert "Storgatan 2" in names


@loaded
def test_many_sheets_are_parted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "SHEETS", 2)
    first = html(client, "/adresser/holmby/storgatan/?ar=2027")
    assert first.count("<article") == 2
    assert "blad 1 till 2" in text(first)
    assert 'href="/adresser/holmby/storgatan/?ar=2027&amp;del=3"' in first
    assert html(client, "/adresser/holmby/storgatan/?ar=2027&del=3").count("<article") == 1


@loaded
@pytest.mark.parametrize(
    "query", ["ar=", "ar=2024", "ar=x", "ar=²", "ar=2027&del=0", "ar=2027&del=2", "ar=-1"]
)
def test_sheets_that_there_are_not_are_not_found(client: Client, query: str) -> None:
    html(client, f"/adresser/holmby/storgatan/?{query}", 404)


def test_a_code_has_the_quiet_border_and_says_the_address() -> None:
    drawn = qr.svg("https://holmby.example/adress/holmby/storgatan/1.ics")
    assert b'viewBox="0 0 41 41"' in drawn
    assert b"M4 4h7v1h-7z" in drawn


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
