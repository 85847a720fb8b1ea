"""Do the pages about the service say what the law asks for, and only what is true?"""

import logging
import re

import pytest
from django.test import Client

from tests.web.test_pages import text_of
from wastecal import models
from wastecal.web.trust import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

# What Digg asks of a statement: www.digg.se, "Skapa en tillgänglighetsredogörelse".
DIGGS_POINTS = {
    "name of the public body": "Holmby kommun står bakom",
    "name of the service": "webbplatsen ”Sophämtning”",
    "the law": "lagen om tillgänglighet till digital offentlig service (2018:1937)",
    "compliance, in the words of the law": "delvis förenlig med lagen",
    "what is not accessible, and why": "Det som inte följer lagen",
    "date of the assessment": "Senaste bedömningen gjordes 24 november 2026",
    "date of the statement": "redogörelsen uppdaterades senast 24 november 2026",
    "since when": "sedan 23 november 2026",
    "method": "självskattning",
    "whom to tell": "Holmby Direkt telefon 040\u201142 50 00",
    "unreasonable burden": "12 §",
    "not covered": "9 §",
    "supervision": "Myndigheten för digital förvaltning (Digg)",
}


@pytest.mark.parametrize("point", DIGGS_POINTS)
def test_the_statement_has_every_point_that_the_authority_asks_for(client: Client, point: str) -> None:
    assert DIGGS_POINTS[point] in text_of(client, "/tillganglighet/")


def test_the_statement_links_to_a_form_and_to_the_authority(client: Client) -> None:
    found = client.get("/tillganglighet/").content.decode()
    assert 'href="/anmal/"' in found
    assert 'href="https://www.digg.se/tdosanmalan"' in found


def test_the_privacy_page_names_who_is_responsible_and_who_supervises(client: Client) -> None:
    said = text_of(client, "/personuppgifter/")
    for words in ("Holmby kommun är personuppgiftsansvarig", "dataskyddsombud", "(IMY)", "artikel 6.1"):
        assert words in said


def test_the_privacy_page_names_every_column_of_a_report(client: Client) -> None:
    said = text_of(client, "/personuppgifter/").partition("Då sparas")[2].partition("IP-adress")[0]
    told = {"kind": "vad det gäller", "address": "adressen", "typed": "adressen", "day": "dagen"}
    told |= {"container": "kärlet", "text": "det du skriver", "made_at": "när du skickade det"}
    ours = {"id", "done_at"}  # the municipality's own, on what it does with the report
    assert told.keys() | ours == {field.name for field in models.Report._meta.get_fields()}
    assert [words for words in told.values() if words not in said] == []


def test_a_fault_of_the_program_is_noted_without_who_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    client.raise_request_exception = False
    monkeypatch.setattr(page, "privacy", broken)
    client.get("/personuppgifter/", REMOTE_ADDR="203.0.113.77", headers={"User-Agent": "Zzq/1"})
    notes = "".join(logging.Formatter().format(record) for record in caplog.records)
    assert "broken" in notes
    assert "203.0.113.77" not in notes
    assert "Zzq" not in notes


def test_a_visit_is_not_noted(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    for path in ("/adress/holmby/storgatan/12b/", "/?q=storgatan+1", "/adress/finns/inte/1/"):
        client.get(path)
    assert caplog.records == []


@pytest.mark.parametrize("path", ["/om/", "/tillganglighet/", "/personuppgifter/"])
def test_the_pages_are_in_english_too(client: Client, path: str) -> None:
    english = client.get(f"/en{path}")
    assert english.status_code == 200
    body = re.sub(r"<address.*?</address>", "", english.content.decode(), flags=re.DOTALL)
    assert " och " not in body
