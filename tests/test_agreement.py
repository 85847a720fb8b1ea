"""Do page, feed, JSON and command line say the same for every address, in both languages?"""

from collections.abc import Iterable
from datetime import datetime
from itertools import cycle, product
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests import surfaces, town
from tests.surfaces import Said
from wastecal.management import console
from wastecal.models import Address

pytestmark = pytest.mark.django_db

VELLINGE = Path(__file__).parent.parent / "fixtures" / "vellinge"


@pytest.fixture(autouse=True)
def _on_23_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    monkeypatch.setattr(console, "today", lambda: town.TODAY)


def all_say(client: Client, slug: str, lang: str) -> list[Said]:
    return [
        surfaces.of_page(client, slug, lang),
        surfaces.of_feed(client, slug, lang, town.TODAY),
        surfaces.of_json(client, slug, lang, town.TODAY),
        surfaces.of_command(slug, lang, town.TODAY),
    ]


def test_all_surfaces_say_the_same_for_addresses_all_over_vellinge(client: Client) -> None:
    """For every twelfth, in Swedish and in English by turns; `make nightly` asks for each in both."""
    assert agreed(client, zip(vellinge()[::12], cycle(["sv", "en"]), strict=False)) > 400


@pytest.mark.nightly
def test_all_surfaces_say_the_same_in_both_languages_for_every_address_of_vellinge(client: Client) -> None:
    assert agreed(client, product(vellinge(), ["sv", "en"])) > 10_000


def vellinge() -> list[str]:
    town.load(town.read(VELLINGE))
    call_command("demo", verbosity=0)
    return list(Address.objects.values_list("slug", flat=True).order_by("pk"))


def agreed(client: Client, questions: Iterable[tuple[str, str]]) -> int:
    """How many facts all surfaces agree on."""
    facts = 0
    for slug, lang in questions:
        page, *others = all_say(client, slug, lang)
        assert [other == page for other in others] == [True, True, True], slug
        facts += len(page)
    return facts


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("slug", town.SLUGS)
def test_all_surfaces_say_the_same_in_the_small_town(client: Client, slug: str, lang: str) -> None:
    town.load(town.directory())
    page, *others = all_say(client, slug, lang)
    assert others == [page] * 3


def test_they_tell_every_kind_of_change(client: Client) -> None:
    town.load(town.directory())
    told = {what for slug in town.SLUGS for said in all_say(client, slug, "sv")[0].values() for what in said}
    assert told == {"moved", "delayed", "cancelled", "added"}


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_plain_text_of_the_command_says_the_same(client: Client, lang: str) -> None:
    town.load(town.directory())
    for slug in town.SLUGS:
        said = surfaces.of_command(slug, lang, town.TODAY, "text")
        assert said == surfaces.of_page(client, slug, lang)


def test_a_window_has_the_same_last_day_everywhere(client: Client) -> None:
    town.load(town.directory())
    found = client.get(f"/adress/{town.H1}.json").json()
    assert ["2026-12-11", "2026-12-12"] in [[row["date"], row["date_until"]] for row in found["pickups"]]
    feed = client.get(f"/adress/{town.H1}.ics").content
    assert b"DTSTART;VALUE=DATE:20261211\r\nDTEND;VALUE=DATE:20261213\r\n" in feed
    assert "11 eller 12 december" in client.get(f"/adress/{town.H1}/").content.decode()


def test_how_sure_it_is_stands_on_every_surface(client: Client) -> None:
    town.load(town.directory())
    page = client.get("/adress/holmby/angavagen/4/").content.decode()
    feed = client.get("/adress/holmby/angavagen/4.ics").content.decode()
    found = client.get("/adress/holmby/angavagen/4.json").json()
    assert "80 %" in page.replace("\u00a0", " ")
    assert "STATUS:TENTATIVE" in feed
    assert {row["tentative"] for row in found["pickups"]} == {True}
    assert {row["probability"] for row in found["pickups"]} == {0.8}


def test_the_time_of_the_newest_edit_is_the_same_everywhere(client: Client) -> None:
    town.load(town.directory())
    town.load(town.directory(overrides=()), datetime.fromisoformat("2026-11-23T09:15:00+01:00"))
    found = client.get("/adress/holmby/storgatan/1.json")
    assert found.json()["updated"] == "2026-11-23T09:15:00+01:00"
    assert "23 november 2026 09.15" in client.get("/adress/holmby/storgatan/1/").content.decode()
