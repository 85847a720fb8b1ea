"""Is a third language nothing but a .po file and columns in the data?"""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings

from tests.web import directory
from tests.web.catalogues import LANGUAGES, compiled
from wastecal import answers

ADDRESS = "adress/holmby/storgatan/12b/"
NAMES = {"karl-1": {"name_ar": "الحاوية ١", "fractions_ar": "بقايا الطعام"}}
pytestmark = pytest.mark.django_db


@pytest.fixture
def spoken(tmp_path: Path) -> Iterator[None]:
    """The two catalogues beside our own, and a town that speaks both languages."""
    folder = tmp_path / "town"
    folder.mkdir()
    with override_settings(LANGUAGES=LANGUAGES, LOCALE_PATHS=[compiled(tmp_path), *settings.LOCALE_PATHS]):
        load(folder, ("sv", "en", "ar", "pl"))
        yield


def load(folder: Path, languages: tuple[str, ...]) -> None:
    named = NAMES if "ar" in languages else {}
    containers = [{"name_en": "Bin", **row, **named.get(row["code"], {})} for row in directory.CONTAINERS]
    notices = [{"text_en": "Snow", **row} for row in directory.NOTICES]
    content = directory.write(folder, languages, containers=containers, notices=notices)
    call_command("load", str(content), stdout=StringIO())
    answers.forget()


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, path.split("/")[1])
    return answer.content.decode()


@pytest.mark.usefixtures("spoken")
def test_an_arabic_page_runs_from_right_to_left_in_arabic_words(client: Client) -> None:
    page = page_of(client, f"/ar/{ADDRESS}")
    assert '<html lang="ar" dir="rtl"' in page
    for words in ("الإفراغ القادم:", "الخميس", "مؤكد", "ليلة عيد الميلاد"):
        assert words in page


@pytest.mark.usefixtures("spoken")
def test_what_the_data_says_in_arabic_is_shown_and_the_rest_is_marked(client: Client) -> None:
    page = page_of(client, f"/ar/{ADDRESS}")
    assert "الحاوية ١" in page
    assert "<bdi>235 00 Holmby</bdi>" in page
    assert '<span lang="sv" dir="auto">Kärl 2</span>' in page
    assert ' lang="sv" dir="auto">Alla dagar här är påhittade.</p>' in page


@pytest.mark.usefixtures("spoken")
def test_links_and_feeds_stay_in_the_language(client: Client) -> None:
    page = page_of(client, f"/ar/{ADDRESS}")
    assert 'href="/ar/adresser/holmby/"' in page
    assert "http://testserver/ar/adress/holmby/storgatan/12b.ics" in page


@pytest.mark.usefixtures("spoken")
def test_every_language_links_to_the_same_page_in_the_others(client: Client) -> None:
    page = page_of(client, f"/pl/{ADDRESS}?x=1")
    for prefix in ("/", "/en/", "/ar/"):
        assert f'href="{prefix}{ADDRESS}?x=1"' in page
    assert f'href="/pl/{ADDRESS}?x=1"' not in page


@pytest.mark.usefixtures("spoken")
def test_polish_bends_its_months_and_counts_in_its_three_ways(client: Client) -> None:
    page = page_of(client, f"/pl/{ADDRESS}")
    assert '<html lang="pl" dir="ltr"' in page
    assert "Najbliższy odbiór:" in page
    assert "Czwartek, 26 listopada" in page
    assert "2 adresy" in page_of(client, "/pl/adresser/holmby/")


@pytest.mark.usefixtures("spoken")
def test_words_that_are_not_translated_yet_are_those_of_the_first_language(client: Client) -> None:
    assert "Kommande dagar" in page_of(client, f"/pl/{ADDRESS}")


def test_a_language_that_the_town_does_not_speak_has_no_pages(client: Client, tmp_path: Path) -> None:
    folder = tmp_path / "town"
    folder.mkdir()
    with override_settings(LANGUAGES=LANGUAGES):
        load(folder, ("sv", "en"))
        answer = client.get(f"/ar/{ADDRESS}")
    assert (answer.status_code, answer.headers["Content-Language"]) == (404, "sv")
    assert "العربيّة" not in answer.content.decode()


def test_the_first_language_of_the_town_has_no_prefix(client: Client, tmp_path: Path) -> None:
    load(tmp_path, ("en", "sv"))
    english, swedish = client.get(f"/{ADDRESS}"), client.get(f"/sv/{ADDRESS}")
    assert (english.headers["Content-Language"], swedish.headers["Content-Language"]) == ("en", "sv")
    assert f'href="/sv/{ADDRESS}"' in english.content.decode()
    assert f"/sv/{ADDRESS.rstrip('/')}.ics" in swedish.content.decode()
    assert client.get(f"/en/{ADDRESS}").status_code == 404
