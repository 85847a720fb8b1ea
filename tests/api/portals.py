"""How do programs that speak the old portals' API ask, and what do they make of what they get?

Written from CONTRACT §7, and after how Home Assistant's `waste_collection_schedule` reads: the first
building, the number in the first parentheses or the whole string, days as plain dates, and a type
put together of four fields. Nothing here is that program's code.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.test import Client

DOOR = "/FutureWeb/SimpleWastePickup"
FORM = "application/x-www-form-urlencoded"


def by_query(client: Client, text: str) -> Any:
    """An empty body and no Content-Type."""
    return client.generic("POST", f"{DOOR}/SearchAdress", QUERY_STRING=_encoded(text), content_type="")


def by_form(client: Client, text: str) -> Any:
    return client.generic("POST", f"{DOOR}/SearchAdress", _encoded(text), content_type=FORM)


def by_json(client: Client, text: str) -> Any:
    return client.generic(
        "POST", f"{DOOR}/SearchAdress", json.dumps({"searchText": text}), content_type="application/json"
    )


def _encoded(text: str) -> str:

    return urlencode({"searchText": text})


ASKING: dict[str, Callable[[Client, str], Any]] = {"query": by_query, "form": by_form, "json": by_json}


def schedule(client: Client, address: str) -> Any:
    return client.get(f"{DOOR}/GetWastePickupSchedule", {"address": address})


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in Home Assistant's calendar."""

    day: date
    type: str


def fetched(client: Client, street_address: str) -> list[Entry]:
    """What Home Assistant's source for these portals makes of an address."""
    found = json.loads(by_query(client, street_address).content)
    assert found["Succeeded"]
    address = found["Buildings"][0]
    rows = json.loads(schedule(client, address).content)["RhServices"]
    entries: list[Entry] = []
    for row in rows:
        when = row["NextWastePickup"]
        assert "v" not in when, "it would be read as a week"
        if not when:
            continue
        bin_type = row["BinType"]
        kind = f"{row['WasteType']}, {bin_type['ContainerType']} {bin_type['Size']}{bin_type['Unit']}"
        entry = Entry(datetime.strptime(when, "%Y-%m-%d").date(), kind)
        if entry not in entries:
            entries.append(entry)
    return entries


def by_number(client: Client, street_address: str) -> list[date]:
    """What sources that send the number alone make of it, with days read as ISO 8601."""
    found = by_form(client, street_address).json()
    number = re.findall(r"\(([0-9]+)\)", found["Buildings"][0])[0]
    rows = client.get(f"{DOOR}/GetWastePickupSchedule?address=({number})").json()["RhServices"]
    return [datetime.fromisoformat(row["NextWastePickup"]).date() for row in rows if row["NextWastePickup"]]
