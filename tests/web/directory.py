"""A small town as a data directory, with one of everything that a page can say on 23 November 2026."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
CONTACT = "https://holmby.example/kontakt"

TOML = """
name = "Holmby kommun"
timezone = "Europe/Stockholm"
languages = [{languages}]
uid_domain = "holmby.example"
site_url = "https://holmby.example"
contact_name = "Holmby Direkt"
contact_phone = "040-42 50 00"
contact_url = "{contact}"
put_out_by = "06:00"
holidays_decided_until = 2027-01-04
created = 2026-11-23T14:05:00+01:00

[[shift]]
holiday = "Julafton"
move = "previous_weekday"
"""

CONTAINERS = [
    {
        "code": "karl-1",
        "name_sv": "Kärl 1",
        "name_en": "Bin 1",
        "fractions_sv": "matavfall; restavfall",
        "fractions_en": "food waste; residual waste",
        "default_rrule": "FREQ=WEEKLY;INTERVAL=2",
        "colour": "#2e7d32",
        "order": "1",
    },
    {
        "code": "karl-2",
        "name_sv": "Kärl 2",
        "fractions_sv": "papper; plast",
        "colour": "#1565c0",
        "order": "2",
        "default_rrule": "FREQ=WEEKLY;INTERVAL=4",
    },
    {
        "code": "tradgard",
        "name_sv": "Trädgårdskärl",
        "name_en": "Garden bin",
        "fractions_sv": "trädgårdsavfall",
        "optional": "true",
        "icon": "garden",
        "order": "3",
    },
]
ZONES = [{"code": "H1", "name": "Holmby norra"}, {"code": "H2", "name": "Holmby södra"}]


def _address(street: str, number: str, zone: str, kind: str = "villa", letter: str = "") -> dict[str, str]:
    row = {"street": street, "number": number, "letter": letter, "postcode": "23500", "locality": "Holmby"}
    return {**row, "kind": kind, "zone": zone}


ADDRESSES = [
    *(_address("Storgatan", str(number), "H1") for number in (1, 2, 3, 8)),
    _address("Storgatan", "12", "H1", letter="B"),
    _address("Ängavägen", "4", "H2"),
    _address("Ängavägen", "6", "", "villa"),
    _address("Parkgatan", "1", "H1", "flerbostadshus"),
    _address("Parkgatan", "2", "", "verksamhet"),
    _address("Ängavägen", "8", "H1", letter="A"),
    _address("Ängavägen", "8", "H1", "fritidshus", letter="B"),
    {**_address("Storgatan", "5", ""), "locality": "Åby", "postcode": "23501"},
]
_WEEKLY = "FREQ=WEEKLY;INTERVAL="
RULES = [
    {"scope": "zone:H1", "container": "karl-1", "anchor": "2026-11-26", "rrule": _WEEKLY + "2"},
    {"scope": "zone:H1", "container": "karl-2", "anchor": "2026-11-26", "rrule": _WEEKLY + "4"},
    {
        "scope": "zone:H1",
        "container": "tradgard",
        "anchor": "2026-04-28",
        "rrule": _WEEKLY + "2",
        "season": "18-40",
    },
    {
        "scope": "zone:H2",
        "container": "karl-1",
        "anchor": "2026-11-24",
        "rrule": _WEEKLY + "2",
        "provenance": "reconstructed",
        "probability": "0.8",
    },
    {
        "scope": "zone:H2",
        "container": "karl-2",
        "anchor": "2026-12-01",
        "rrule": _WEEKLY + "4",
        "provenance": "reconstructed",
        "probability": "0.51",
    },
    {
        "scope": "zone:H2",
        "container": "karl-2",
        "anchor": "2026-12-08",
        "rrule": _WEEKLY + "4",
        "provenance": "reconstructed",
        "probability": "0.44",
    },
    {"scope": "address:holmby/storgatan/8", "container": "karl-2", "rrule": "NONE"},
]
OVERRIDES = [
    {
        "kind": "move",
        "scope": "zone:H1",
        "containers": "karl-1",
        "date": "2026-12-10",
        "new_date": "2026-12-11",
        "new_date_until": "2026-12-12",
        "reason_sv": "Bilen är på verkstad",
    },
    {
        "kind": "delay",
        "scope": "address:holmby/storgatan/3",
        "containers": "karl-1",
        "date": "2026-11-26",
        "reason_sv": "roadworks",
    },
    {
        "kind": "cancel",
        "scope": "address:holmby/storgatan/2",
        "containers": "karl-2",
        "date": "2026-11-26",
        "reason_sv": "weather",
    },
    {
        "kind": "add",
        "scope": "address:holmby/storgatan/2",
        "containers": "karl-1",
        "date": "2026-11-26",
        "reason_sv": "missed",
    },
]
NOTICES = [
    {
        "scope": "everyone",
        "text_sv": "Alla dagar här är påhittade.",
        "text_en": "All days here are invented.",
        "shown_from": "2026-01-01",
        "shown_until": "2030-01-01",
    },
    {
        "scope": "zone:H1",
        "text_sv": "Snö väntas på torsdag.",
        "shown_from": "2026-11-23",
        "shown_until": "2026-11-27",
    },
]
TABLES: dict[str, list[dict[str, str]]] = {
    "containers": CONTAINERS,
    "zones": ZONES,
    "addresses": ADDRESSES,
    "rules": RULES,
    "overrides": OVERRIDES,
    "notices": NOTICES,
}


def write(
    folder: Path,
    languages: Sequence[str] = ("sv", "en"),
    contact: str = CONTACT,
    **tables: Iterable[Mapping[str, str]],
) -> Path:
    """Write the town, with other rows in the tables that are given, and other columns with them."""
    named = ", ".join(f'"{code}"' for code in languages)
    folder.joinpath("municipality.toml").write_text(TOML.format(languages=named, contact=contact), "utf-8")
    for name, rows in {**TABLES, **tables}.items():
        _write_table(folder / f"{name}.csv", list(rows))
    return folder


def _write_table(file: Path, rows: list[Mapping[str, str]]) -> None:
    columns = dict.fromkeys(column for row in rows for column in row)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
