"""Does the door of the old portals answer as CONTRACT §7 says, so that clients need only another URL?"""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests import server, town
from tests.api import portals
from tests.api.portals import DOOR, Entry
from wastecal import answers, models
from wastecal.core import buildings

VELLINGE = Path(__file__).parents[2] / "fixtures" / "vellinge"
Ask = Callable[[Client, str], Any]
FIELDS = {
    "NextWastePickup": str,
    "WastePickupsPerYear": int,
    "WasteType": str,
    "WastePickupFrequency": str,
    "WastePickupFrequencyCode": str,
    "BinType": dict,
    "NumberOfBins": float,
    "NumberOfBinsAntl": int,
    "IsActive": bool,
    "ID": int,
    "BuildingID": str,
    "Description": str,
    "StartDate": str,
    "StopDate": str,
    "Fee": dict,
}


@pytest.fixture(params=list(portals.ASKING))
def ask(request: pytest.FixtureRequest, holmby: None) -> Ask:
    return portals.ASKING[request.param]


def buildings_for(ask: Ask, client: Client, text: str) -> list[str]:
    found = ask(client, text)
    assert (found.status_code, found["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert found.json()["Succeeded"] is True
    told: list[str] = found.json()["Buildings"]
    return told


def rows_for(client: Client, address: str) -> list[dict[str, Any]]:
    found = portals.schedule(client, address)
    assert found.status_code == 200
    rows: list[dict[str, Any]] = found.json()["RhServices"]
    return rows


def test_an_address_is_found_in_whichever_way_it_is_sent(ask: Ask, client: Client) -> None:
    (found,) = buildings_for(ask, client, "Storgatan 1")
    assert re.fullmatch(r"Storgatan 1, Holmby \([0-9]{15}\)", found)
    assert buildings_for(ask, client, "ÄNGAVÄGEN 4, HOLMBY")[0].startswith("Ängavägen 4, Holmby (")


def test_what_was_found_finds_itself(ask: Ask, client: Client) -> None:
    (found,) = buildings_for(ask, client, "Storgatan 12 B")
    assert buildings_for(ask, client, found) == [found]


def test_the_exact_one_comes_first_and_a_street_gives_all_of_it(ask: Ask, client: Client) -> None:
    assert len(buildings_for(ask, client, "Storgatan 12")) == 1
    street = buildings_for(ask, client, "Storgatan")
    assert [name.partition(",")[0] for name in street] == ["Storgatan 1", "Storgatan 2", "Storgatan 12B"]


@pytest.mark.parametrize("text", ["Finnsintegatan 7", "Storgatan 99", "", "(123456789012345)", "💩", "\x00"])
def test_no_hit_is_an_empty_list_and_never_another_house(ask: Ask, client: Client, text: str) -> None:
    assert buildings_for(ask, client, text) == []


@pytest.mark.usefixtures("holmby")
@pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"', b"\xff\xfe", b'{"searchText": 7}', b"[" * 100_000])
def test_what_cannot_be_read_did_not_succeed(client: Client, body: bytes) -> None:
    found = client.generic("POST", f"{DOOR}/SearchAdress", body, content_type="application/json")
    assert (found.status_code, found.json()) == (400, {"Succeeded": False, "Buildings": []})


@pytest.mark.usefixtures("holmby")
def test_the_number_is_made_of_the_slug_alone(client: Client) -> None:
    digest = str(int(sha256(b"holmby/storgatan/1").hexdigest(), 16))
    (found,) = portals.by_form(client, "Storgatan 1").json()["Buildings"]
    assert found == f"Storgatan 1, Holmby ({digest[:15]})"


@pytest.mark.usefixtures("holmby")
def test_the_whole_string_and_the_number_alone_get_the_same_rows(client: Client) -> None:
    (found,) = portals.by_form(client, "Storgatan 1").json()["Buildings"]
    number = found.rpartition("(")[2][:-1]
    rows = rows_for(client, found)
    assert len(rows) > 30
    for other in (f"({number})", number, f" ({number}) "):
        assert rows_for(client, other) == rows
    assert {row["BuildingID"] for row in rows} == {number}


@pytest.mark.usefixtures("holmby")
def test_a_row_has_every_field_that_clients_read_and_no_null(client: Client) -> None:
    for slug in town.SLUGS:
        for row in rows_for(client, f"({buildings.number(slug)})"):
            assert {name: type(value) for name, value in row.items()} == FIELDS
            assert row["BinType"] == {"Code": "", "Size": 0.0, "Unit": "l", "ContainerType": row["WasteType"]}
            assert row["Fee"] == {"Description": "", "CalculatedCost": 0}
            assert "null" not in json.dumps(row)


@pytest.mark.usefixtures("holmby")
def test_the_first_row_is_as_the_contract_shows_it(client: Client) -> None:
    first = rows_for(client, f"({buildings.number(town.H1)})")[0]
    told = {name: first[name] for name in FIELDS if name not in ("BinType", "Fee", "BuildingID")}
    assert told == {
        "NextWastePickup": "2026-11-26",
        "WastePickupsPerYear": 26,
        "WasteType": "Kärl 1",
        "WastePickupFrequency": "Torsdag varannan vecka",
        "WastePickupFrequencyCode": "V2",
        "NumberOfBins": 1.0,
        "NumberOfBinsAntl": 1,
        "IsActive": True,
        "ID": 1,
        "Description": "",
        "StartDate": "",
        "StopDate": "",
    }


@pytest.mark.usefixtures("holmby")
def test_a_container_without_a_day_has_one_row_with_empty_texts(client: Client) -> None:
    rows = rows_for(client, f"({buildings.number('holmby/angavagen/6')})")
    assert [(row["WasteType"], row["NextWastePickup"]) for row in rows] == [("Kärl 1", ""), ("Kärl 2", "")]
    assert {row["WastePickupFrequency"] for row in rows} == {""}


@pytest.mark.usefixtures("holmby")
def test_cancelled_and_delayed_ones_and_containers_that_are_not_emptied_are_left_out(client: Client) -> None:
    days = {
        (row["WasteType"], row["NextWastePickup"])
        for row in rows_for(client, f"({buildings.number('holmby/storgatan/12b')})")
    }
    assert ("Kärl 1", "2026-11-27") in days
    assert ("Kärl 2", "2026-11-26") not in days
    delayed = rows_for(client, f"({buildings.number('holmby/strandvagen/9')})")
    assert "2026-11-26" not in {row["NextWastePickup"] for row in delayed}
    other = rows_for(client, f"({buildings.number('holmby/storgatan/2')})")
    assert {row["WasteType"] for row in other} == {"Kärl 1"}


@pytest.mark.usefixtures("holmby")
def test_what_is_not_as_usual_stands_in_the_description(client: Client) -> None:
    told = {
        row["NextWastePickup"]: row["Description"]
        for row in rows_for(client, f"({buildings.number(town.H1)})")
    }
    assert told["2026-12-11"] == "11 eller 12 december. Flyttad från torsdag 10 december"
    assert told["2026-12-23"] == "Flyttad från torsdag 24 december: Julafton"
    guessed = rows_for(client, f"({buildings.number('holmby/angavagen/4')})")
    assert guessed[0]["Description"] == "Osäker: tisdag 24 november, 80\u00a0% sannolik"


@pytest.mark.usefixtures("holmby")
@pytest.mark.parametrize("address", ["", "(1)", "Storgatan 1", "()", "(x)", "((((", "(9" + "9" * 400, "\x00"])
def test_an_unknown_building_has_no_rows(client: Client, address: str) -> None:
    assert rows_for(client, address) == []


@pytest.mark.usefixtures("holmby")
@pytest.mark.parametrize("name", ["SearchAdress", "searchadress", "SearchAdress/"])
def test_nobody_is_redirected_or_asked_for_a_token_or_given_a_cookie(name: str, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    client = Client(enforce_csrf_checks=True)
    found = client.post(f"{DOOR}/{name}", {"searchText": "Storgatan 1"})
    assert (found.status_code, len(found.json()["Buildings"])) == (200, 1)
    assert not found.cookies
    assert found["Access-Control-Allow-Origin"] == "*"
    assert "Cookie" not in found.headers.get("Vary", "")


@pytest.mark.usefixtures("holmby")
def test_another_method_or_name_is_refused_as_json(client: Client) -> None:
    found = client.get(f"{DOOR}/SearchAdress")
    assert (found.status_code, found["Allow"]) == (405, "POST, OPTIONS")
    assert client.post(f"{DOOR}/GetWastePickupSchedule").status_code == 405
    assert client.get(f"{DOOR}/DownloadWastePickup").json()["Succeeded"] is False
    asked = client.options(f"{DOOR}/SearchAdress")
    assert (asked.status_code, asked["Access-Control-Allow-Headers"]) == (204, "Content-Type")


@pytest.mark.usefixtures("holmby")
def test_home_assistant_reads_it(client: Client) -> None:
    entries = portals.fetched(client, "Storgatan 1")
    assert entries[0] == Entry(date(2026, 11, 26), "Kärl 1, Kärl 1 0.0l")
    assert {entry.type for entry in entries} == {"Kärl 1, Kärl 1 0.0l", "Kärl 2, Kärl 2 0.0l"}
    assert sorted(portals.by_number(client, "Storgatan 1")) == sorted(entry.day for entry in entries)


@pytest.mark.usefixtures("holmby")
def test_two_buildings_with_one_number_are_told_apart_by_the_whole_string(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buildings, "number", lambda slug: 123456789012345)
    models.Address.objects.update(building=123456789012345)
    first, second = (
        rows_for(client, f"{name}, Holmby (123456789012345)") for name in ("Storgatan 1", "Ängavägen 4")
    )
    assert first[0]["NextWastePickup"] == "2026-11-26"
    assert second[0]["NextWastePickup"] == "2026-11-24"
    assert rows_for(client, "(123456789012345)") == []


@pytest.mark.django_db
def test_a_building_is_found_by_an_index_and_not_by_a_scan() -> None:
    plan = models.Address.objects.filter(building=1, ended_edit=None).explain()
    assert "USING INDEX" in plan
    assert "building" in plan


def test_an_older_database_gets_its_numbers_by_the_migration(tmp_path: Path) -> None:
    file = tmp_path / "wastecal.sqlite3"
    env = {**server.environment(tmp_path), "DATABASE_URL": f"sqlite:///{file}"}
    server.manage("migrate", "wastecal", "0003", "--verbosity", "0", env=env)
    rows = [(number, f"holmby/storgatan/{number}") for number in range(1, 2502)]
    with closing(sqlite3.connect(file)) as older:
        older.execute(
            "INSERT INTO wastecal_edit (number, at, summary, author) VALUES (1, '2026-01-01', '', '')"
        )
        older.executemany(
            "INSERT INTO wastecal_address (id, slug, edit_id, street, number, letter, postcode, locality,"
            " kind, zone, natural, street_slug) VALUES (?, ?, 1, '', '', '', '', '', '', '', '', '')",
            rows,
        )
        older.commit()
    server.manage("migrate", "--verbosity", "0", env=env)
    with closing(sqlite3.connect(file)) as newer:
        found = dict(newer.execute("SELECT slug, building FROM wastecal_address"))
    assert found == {slug: buildings.number(slug) for _, slug in rows}


@pytest.mark.usefixtures("holmby")
def test_a_window_that_has_begun_is_today(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON.replace(month=12, day=12))
    first = rows_for(client, f"({buildings.number(town.H1)})")[0]
    assert first["NextWastePickup"] == "2026-12-12"


@pytest.mark.django_db
@pytest.mark.parametrize(("every", "addresses"), [(12, 31), pytest.param(1, 372, marks=pytest.mark.nightly)])
def test_a_feed_by_url_and_the_portal_give_the_same_days_all_over_vellinge(
    client: Client, every: int, addresses: int
) -> None:
    """For every twelfth address; `make nightly` asks for all."""
    town.load(town.read(VELLINGE))
    call_command("demo", verbosity=0)
    slugs = list(models.Address.objects.order_by("pk").values_list("slug", flat=True))[::every]
    days = 0
    for slug in slugs:
        in_feed = of_feed(client, slug)
        assert in_portal(client, slug) == in_feed, slug
        days += len(in_feed)
    assert len(slugs) == addresses
    assert days > 13 * addresses


def of_feed(client: Client, slug: str) -> set[tuple[str, date]]:
    """The days on which the truck comes, by the name of the container."""
    events = Calendar.from_ical(client.get(f"/adress/{slug}.ics").content).walk("VEVENT")
    return {
        (str(event["SUMMARY"]).removesuffix(" töms"), event.decoded("DTSTART"))
        for event in events
        if event["STATUS"] != "CANCELLED" and event.decoded("DTSTART") >= town.TODAY
    }


def in_portal(client: Client, slug: str) -> set[tuple[str, date]]:
    place = answers.address(slug)
    assert place is not None
    assert place.address is not None
    row = place.address
    text = f"{row.street} {row.number}{row.letter}, {row.postcode} {row.locality}"
    (found,) = portals.by_json(client, text).json()["Buildings"]
    rows = portals.schedule(client, found).json()["RhServices"]
    return {
        (row["WasteType"], date.fromisoformat(row["NextWastePickup"]))
        for row in rows
        if row["NextWastePickup"]
    }
