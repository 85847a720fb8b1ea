"""A town of awkward names: signs that pages, JSON and calendars each write in their own way, a renamed
street, a changed postcode, and agreements that make neighbours differ."""

from dataclasses import replace
from typing import Any

from tests import town
from wastecal.core.directory import Directory
from wastecal.core.rows import Zone, ZoneMove

STREETS = ("Storgatan", "S:t Olofs väg", "Kungs & Drottning", "O'Briens gränd", "Väg <1>", "Åsa, norra")
RENAMED = "holmby/gamla-vagen/1"
JOINED = "holmby/ett-annat-namn/1"
"""Ängens väg 1 by its first name; by its present one it is an address too."""


def directory(houses: int = 4, **changes: Any) -> Directory:
    streets = [town.address(street, str(n), "H1") for street in STREETS for n in range(1, houses + 1)]
    more = [
        town.address("Storgatan", "12", "H1", letter="B"),
        town.address("Storgatan", "12", "H1", letter="C", postcode=""),
        town.address("Torget", "", "H2"),
        town.address("Ängens väg", "1", "H1", slug=RENAMED, also=(JOINED,)),
        town.address("Ängens väg", "2", "H1", kind="flerbostadshus"),
        town.address("Ängens väg", "3", "Ö.1"),
        town.address("Ängens väg", "4", ""),
    ]
    rules = [
        *town.RULES,
        town.rule("zone:Ö.1", "11-25"),
        town.rule("street:holmby/s-t-olofs-vag", "11-27", "FREQ=WEEKLY"),
    ]
    notices = [
        *town.NOTICES,
        town.notice("Gatan grävs <upp> & \\n lagas; snart, kanske.", scope="street:holmby/o-briens-grand"),
    ]
    tables: dict[str, Any] = {
        "addresses": [*streets, *more],
        "zones": [*town.ZONES, Zone("Ö.1", "Öarna & skären")],
        "zone_moves": [ZoneMove("holmby/storgatan/1", "H2", town.day("2027-02-01"))],
        "rules": rules,
        "notices": notices,
    }
    return town.directory(**{**tables, **changes})


def with_postcode(content: Directory, slug: str, postcode: str) -> Directory:
    """The same, but that one address has another postcode: an Edit that bears on it alone."""
    rows = [
        replace(row, postcode=postcode) if row.slug == slug else row for row in content.tables["addresses"]
    ]
    return Directory({**content.tables, "addresses": tuple(rows)})
