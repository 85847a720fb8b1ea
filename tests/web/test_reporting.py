"""Does a report come in as it was meant, and can it be misused?"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests import town as holmby
from tests.web import directory
from wastecal import models, reports
from wastecal.reports import Kind, Report
from wastecal.web.limits import Limits
from wastecal.web.reporting import views

H12B = "holmby/storgatan/12b"
LABEL = "Storgatan 12B, 235 00 Holmby"
WHOLE = {
    "kind": "wrong_day",
    "where": LABEL,
    "day": "2026-11-26",
    "container": "karl-1",
    "text": "Fel vecka.",
}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "limits", Limits(each=3, together=5))


@pytest.fixture
def strict() -> Client:
    """A browser as Django meets it in earnest: no test client's leave to skip CSRF checks."""
    return Client(enforce_csrf_checks=True)


def stored() -> Report | None:
    return next((filed.report for filed in reports.waiting()), None)


def send(client: Client, url: str = "/anmal/", headers: dict[str, str] | None = None, **changes: str) -> Any:
    return client.post(url, {**WHOLE, **changes}, headers=headers or {})


def test_a_whole_report_is_stored_and_led_to_its_receipt(strict: Client) -> None:
    answer = send(strict)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/anmal/tack/?adress={H12B}")
    assert stored() == Report(Kind.WRONG_DAY, H12B, "", date(2026, 11, 26), "karl-1", "Fel vecka.")
    assert not answer.cookies


def test_in_english_all_of_it_is_in_english(client: Client) -> None:
    page = client.get("/en/anmal/").content.decode()
    assert "The day is wrong" in page
    assert 'action="/en/anmal/"' in page
    assert send(client, "/en/anmal/").headers["Location"] == f"/en/anmal/tack/?adress={H12B}"


def test_an_address_that_we_do_not_know_is_stored_as_it_was_typed(client: Client) -> None:
    send(client, kind="missing_address", where="Nya vägen 3, Holmby")
    report = stored()
    assert report is not None
    assert (report.address, report.typed) == ("", "Nya vägen 3, Holmby")


def test_an_address_in_the_url_is_filled_in(client: Client) -> None:
    assert f'value="{LABEL}"' in client.get(f"/anmal/?adress={H12B}").content.decode()


def test_an_address_that_no_search_finds_is_known_by_the_url(client: Client, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    odd = {"street": "Port 2, Storgatan 9", "locality": "Holmby", "slug": "holmby/port/2"}
    content = directory.write(second, addresses=[*directory.ADDRESSES, odd])
    call_command("load", str(content), verbosity=0)
    send(client, "/anmal/?adress=holmby/port/2", where="Port 2, Storgatan 9, Holmby")
    report = stored()
    assert report is not None
    assert report.address == "holmby/port/2"


@pytest.mark.parametrize(
    "query", ["adress=%00", "adress=x", "adress=a/b/c", "adress=' OR 1", "saknas=%00", "x=1"]
)
def test_a_strange_url_gives_the_form(client: Client, query: str) -> None:
    answer = client.get(f"/anmal/?{query}")
    assert answer.status_code == 200
    assert b"\x00" not in answer.content


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": ""}, "Välj vad din anmälan gäller."),
        ({"kind": "arson"}, "Välj vad din anmälan gäller."),
        ({"where": " \t "}, "Skriv vilken adress det gäller."),
        ({"where": "x" * 201}, "Skriv adressen med högst 200 tecken."),
        ({"day": "26/11"}, "Skriv dagen så här: 2026-12-24."),
        ({"day": "2020-01-01"}, "Välj en dag det senaste året eller det närmaste."),
        ({"container": "karl-9"}, "Välj ett av kärlen."),
        ({"text": "å" * 1001}, "Skriv högst 1000 tecken. Du har skrivit 1001."),
        ({"kind": "other", "text": ""}, "Skriv vad det gäller."),
        ({"website": "http://spam.example"}, "Ett dolt fält var ifyllt"),
    ],
)
def test_a_mistake_is_said_on_top_and_nothing_is_lost(
    client: Client, changes: dict[str, str], said: str
) -> None:
    answer = client.post("/anmal/", {**WHOLE, **changes})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page.partition("</h1>")[0]
    kept = {**WHOLE, **changes}
    assert kept["text"] in page
    assert kept["where"].strip() in page
    assert stored() is None


def test_what_is_no_date_is_shown_again_as_it_was_typed(client: Client) -> None:
    page = client.post("/anmal/", {**WHOLE, "day": "26/11"}).content.decode()
    assert 'value="26/11" type="text"' in page  # a date field would show nothing


def test_a_program_that_fills_in_the_trap_is_offered_the_form_without_it(client: Client) -> None:
    assert "spam" not in send(client, website="spam").content.decode()


def test_only_something_else_needs_no_address(client: Client) -> None:
    assert send(client, kind="other", where="").status_code == 303


def test_markup_and_control_characters_are_only_letters(client: Client) -> None:
    page = send(client, kind="", text="<script>\x1b[2J\x00</script>").content.decode()
    assert "&lt;script&gt;[2J&lt;/script&gt;" in page
    send(client, text="a\x00\x1bb")
    assert models.Report.objects.get().text == "ab"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_on_another_website_cannot_send(client: Client, headers: dict[str, str]) -> None:
    answer = send(client, headers=headers)
    assert answer.status_code == 403
    assert "Fel vecka." in answer.content.decode()
    assert stored() is None


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}])
def test_our_own_form_can_send_from_any_browser(client: Client, headers: dict[str, str]) -> None:
    assert send(client, headers=headers).status_code == 303


def test_a_huge_report_is_refused_before_it_is_read(client: Client) -> None:
    answer = send(client, text="a" * 70_000)
    assert answer.status_code == 413
    assert "Det var för mycket text." in answer.content.decode()


def test_the_longest_report_that_may_be_sent_is_not_too_large(client: Client) -> None:
    assert send(client, text="😀" * 1000).status_code == 303


def test_too_many_reports_are_stopped_with_a_telephone_number(client: Client) -> None:
    assert [send(client).status_code for _ in range(4)] == [303, 303, 303, 429]
    page = send(client).content.decode()
    assert "Ring oss i stället." in page
    assert "Fel vecka." in page
    assert models.Report.objects.count() == 3


def test_the_receipt_leads_back_to_the_address(client: Client) -> None:
    page = client.get(f"/anmal/tack/?adress={H12B}").content.decode()
    assert f'href="/adress/{H12B}/">Tillbaka till {LABEL}<' in page


@pytest.mark.parametrize(
    ("path", "link"),
    [
        (f"/adress/{H12B}/", f"/anmal/?adress={H12B}"),
        ("/?q=storgatan+9%2C+holmby", "/anmal/?saknas=storgatan%209%2C%20holmby"),
        ("/?q=qwertyuiop", "/anmal/?saknas=qwertyuiop"),
        ("/en/adress/holmby/storgatan/99/", "/en/anmal/?saknas=storgatan%2099%2C%20holmby"),
    ],
)
def test_pages_lead_to_a_form_that_is_filled_in(client: Client, path: str, link: str) -> None:
    assert f'href="{link}"' in client.get(path).content.decode()
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("path", ["/anmal/", "/anmal/tack/"])
def test_without_data_there_is_nobody_to_report_to(client: Client, path: str) -> None:
    holmby.empty()
    assert client.get(path).status_code == 503
    assert client.post("/anmal/").status_code == 503
