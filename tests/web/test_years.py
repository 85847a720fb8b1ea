"""Does the year say on paper what the calendar says, and only that?"""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from tests.web import directory
from wastecal import answers
from wastecal.web.years import bulk, sheet

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
def test_neighbours_with_the_same_days_share_one_drawing_whatever_became_of_each(tmp_path: Path) -> None:
    """Storgatan 1 has been edited by itself since."""
    rows = [{**row, "postcode": "23599" if row["number"] == "1" else "23500"} for row in directory.ADDRESSES]
    call_command("load", str(directory.write(tmp_path, addresses=rows)), stdout=StringIO())
    one, other = (
        answers.for_address(f"holmby/storgatan/{number}", directory.TODAY, sheet.asked(2027))
        for number in ("1", "12b")
    )
    assert one is not None
    assert other is not None
    assert one.edit > other.edit
    assert sheet.shared(one) == sheet.shared(other)


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
