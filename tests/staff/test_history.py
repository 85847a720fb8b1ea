"""Is every Edit told, by whom and what, and what an address was told on a day?"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import town
from tests.staff import asking
from tests.staff.asking import MOVED
from wastecal import edits
from wastecal.core.rows import Zone
from wastecal.core.shifts import Shift
from wastecal.edits import Write
from wastecal.staff.roles import Role

ClientOf = Callable[..., Client]
HISTORY = "/personal/historik/"


def test_the_history_says_who_did_what_and_for_how_many(client_of: ClientOf) -> None:
    asking.publish(client_of(Role.PUBLISH), MOVED)
    page = asking.page_of(client_of(Role.READ).get(HISTORY))
    first, second = page.html.index('href="/personal/historik/2/"'), page.html.index("historik/1/")
    assert first < second
    assert "publish-0 · 3 adresser" in page.text


def test_a_long_history_has_older_pages(client_of: ClientOf) -> None:
    reader = client_of(Role.READ)
    for number in range(35):
        row = town.override("add", "12-30", scope="zone:H1")
        edits.record(partial(Write, {"overrides": [row]}, {}), f"Nummer {number}", town.NOON)
    page = asking.page_of(reader.get(HISTORY))
    assert "Nummer 34" in page.text
    assert "Nummer 4 " not in page.text
    assert "?fore=7" in page.html
    assert "Nummer 4 " in asking.page_of(reader.get(f"{HISTORY}?fore=7")).text


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            {"rules": [town.rule("zone:H2", "11-25")]},
            "Schema: onsdag varannan vecka · Holmby södra (H2) · Kärl 1",
        ),
        (
            {"notices": [town.notice("Halt <b>")]},
            "Driftinformation: Halt <b> · alla · från söndag 1 november",
        ),
        ({"zones": [Zone("H9", "Nya")]}, "Nya (H9)"),
        ({"shifts": [Shift("Nyårsdagen", "next_weekday")]}, "nyårsdagen: flyttas till nästa vardag"),
        ({"addresses": [town.address("Nygatan", "1", "H1")]}, "Nygatan 1, 235 00 Holmby · villa · område H1"),
    ],
)
def test_every_kind_of_row_is_told_in_words(client_of: ClientOf, rows: dict[str, Any], said: str) -> None:
    edits.record(lambda: Write(rows, {}), "Test", town.NOON)
    page = asking.page_of(client_of(Role.READ).get(f"{HISTORY}2/"))
    assert said.casefold() in page.text.casefold()


def test_an_edit_that_others_rest_on_says_so_and_is_not_offered_to_be_undone(client_of: ClientOf) -> None:
    publisher = client_of(Role.PUBLISH)
    edits.record(lambda: Write({"zones": [Zone("H9", "Nya")]}, {}), "Ny zon", town.NOON)
    edits.record(lambda: Write({"rules": [town.rule("zone:H9")]}, {}), "Nytt schema", town.NOON)
    page = asking.page_of(publisher.get(f"{HISTORY}2/"))
    assert "ändring 3 bygger på den" in page.text
    assert "edit_undone=2" not in page.html
    refused = asking.page_of(publisher.get(f"{HISTORY}angra/?edit_undone=2"))
    assert (refused.status, "ändring 3 bygger på den" in refused.text) == (400, True)


def test_an_undoing_is_undone_like_any_other_change(client_of: ClientOf) -> None:
    publisher, url = client_of(Role.PUBLISH), f"{HISTORY}angra/"
    asking.publish(publisher, MOVED)
    for number in (2, 3):
        checked = asking.page_of(publisher.get(f"{url}?edit_undone={number}"))
        assert "3 adresser" in checked.text
        asking.step(publisher, checked, "publish", url)
    assert "Flyttat från torsdag 26 november" in asking.page_of(publisher.get("/personal/avvikelser/")).text


@pytest.mark.parametrize(
    "path", ["9/", "9/kvitto/", "99999999999999999999/", "angra/?edit_undone=9", "angra/"]
)
def test_what_is_not_there_is_a_page_that_says_so(client_of: ClientOf, path: str) -> None:
    assert client_of(Role.PUBLISH).get(HISTORY + path).status_code == 404


def test_what_an_address_was_told_on_a_day_is_what_was_known_then(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON + timedelta(days=1))
    publisher = client_of(Role.PUBLISH)
    asking.publish(publisher, MOVED)  # on the 24th
    before = asking.page_of(publisher.get(f"{HISTORY}svar/?adress=Storgatan+1&dag=2026-11-23"))
    after = asking.page_of(publisher.get(f"{HISTORY}svar/?adress=Storgatan+1&dag=2026-11-24"))
    assert "torsdag 26 november 2026 Kärl 1" in before.text
    assert "fredag 27 november 2026 Kärl 1 Flyttad från torsdag 26 november" in after.text
    assert "ändring 1," in before.text
    assert "ändring 2," in after.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("adress=Storgatan&dag=2026-11-23", "Menade du Storgatan 1, Holmby"),
        ("adress=Nowhere+1&dag=2026-11-23", "Det finns ingen sådan adress."),
        ("adress=&dag=", "Skriv en adress."),
        ("adress=Storgatan+1&dag=igår", "Skriv dagen så här: 2026-12-24."),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(client_of: ClientOf, query: str, said: str) -> None:
    page = asking.page_of(client_of(Role.READ).get(f"{HISTORY}svar/?{query}"))
    assert (page.status, said in page.text) == (400, True)


def test_before_the_first_change_nothing_was_known(client_of: ClientOf) -> None:
    page = asking.page_of(client_of(Role.READ).get(f"{HISTORY}svar/?adress=Storgatan+1&dag=2020-01-01"))
    assert "Adressen fanns inte den dagen." in page.text


def test_the_calendar_says_how_many_addresses_each_day_has(client_of: ClientOf) -> None:
    reader = client_of(Role.READ)
    page = asking.page_of(reader.get("/personal/?manad=2026-11"))
    # Storgatan 1, 2 and 12B; at Strandvägen 9 it is delayed; Parkgatan 1 is no house.
    assert "torsdag 26 november 2026, 3 adresser, något avviker 3" in page.text
    assert "november 2026" in page.text
    assert "Ny avvikelse" not in page.text  # one who may only read
    day = asking.page_of(reader.get("/personal/avvikelser/dag/2026-11-26/"))
    assert "3 adresser har tömning." in day.text
    assert "kommer inte den dagen" in day.text
    assert [reader.get(f"/personal/avvikelser/dag/{day}/").status_code for day in ("x", "2026-02-30")] == [
        404
    ] * 2
    assert reader.get("/personal/?manad=2026-13").status_code == 404


def test_several_containers_can_be_chosen(client_of: ClientOf) -> None:
    page = asking.page_of(client_of(Role.PUBLISH).get(asking.NEW))
    assert page.html.count('name="containers" type="checkbox"') == 3


def test_the_menu_says_how_many_proposals_wait(client_of: ClientOf) -> None:
    proposer = client_of(Role.PROPOSE)
    asking.step(proposer, asking.check(proposer, MOVED), "propose")
    assert "Förslag (1)" in asking.page_of(proposer.get("/personal/")).text
