"""Can a resident say that a container was emptied on a day, or was not, and can that be misused?"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests import town as holmby
from tests.web import directory
from tests.web.pasting import paste, said
from wastecal import inference, models
from wastecal.core.evidence import Evidence, Kind
from wastecal.web.limits import Limits
from wastecal.web.patterns import views as pasted

HOUSE = "/adress/holmby/storgatan/12b/"
PAGE = "/anmal/dag/?adress=holmby/storgatan/12b"
WHOLE = {"day": "2026-11-12", "other": "", "kind": "not_collected", "container": "karl-1"}
TODAY = "2026-11-23"
FLATS = "holmby/parkgatan/1"
UNSAID = ("", "exploded", "karl-9")
FIRST, BEFORE = "2026-11-26", "2026-10-01"
pytestmark = [pytest.mark.usefixtures("past", "db")]


@pytest.fixture(scope="module")
def past(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Holmby, loaded once for all tests, with rules that have held for eight weeks."""
    rules = [{**row, "anchor": row.get("anchor", "").replace(FIRST, BEFORE)} for row in directory.RULES]
    folder = tmp_path_factory.mktemp("holmby")
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load", str(directory.write(folder, rules=rules)), verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasted, "sendings", Limits(each=2, together=5))


@pytest.fixture
def strict() -> Client:
    """A browser as Django meets it in earnest: no test client's leave to skip CSRF checks."""
    return Client(enforce_csrf_checks=True)


def send(client: Client, url: str = PAGE, headers: dict[str, str] | None = None, **changes: str) -> Any:
    return client.post(url, {**WHOLE, **changes}, headers=headers or {})


def stored() -> list[Evidence]:
    return inference.evidence()


def checked(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(\w+)" type="radio" value="([^"]*)" checked', page))


def test_a_day_on_which_nothing_came_is_kept_like_any_evidence(strict: Client) -> None:
    answer = send(strict)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    (row,) = models.Evidence.objects.values()
    assert re.fullmatch(r"\d{18}", row["sending"])
    assert {key: str(value) for key, value in row.items() if key not in ("id", "sending")} == {
        "date": "2026-11-12", "locality": "Holmby", "street": "Storgatan", "number": "",
        "container": "karl-1", "kind": "not_collected", "source": "resident",
    }  # fmt: skip
    assert not answer.cookies


def test_the_receipt_says_what_is_stored_and_whom_to_call(client: Client) -> None:
    page = said(send(client))
    assert "Kärl 1, tömdes inte torsdag 12 november 2026" in page
    assert f"Slumptal {stored()[0].sending}" in page
    assert "Står kärlet kvar fullt? Ring" in page
    page = said(send(client, kind="collected"))
    assert "Kärl 1, tömdes torsdag 12 november 2026" in page
    assert "Står kärlet kvar" not in page


def test_both_containers_are_two_records_of_one_sending(client: Client) -> None:
    send(client, container="karl-1,karl-2")
    assert [row.container for row in stored()] == ["karl-1", "karl-2"]
    assert len({row.sending for row in stored()}) == 1


def test_the_word_of_one_day_is_no_word_against_what_was_pasted_before(client: Client) -> None:
    paste(client, "Kärl 1 2026-11-12", send="1")
    send(client)
    assert [row.kind for row in stored()] == [Kind.COLLECTED, Kind.NOT_COLLECTED]


def test_the_same_twice_is_kept_once(client: Client) -> None:
    send(client)
    assert "De här dagarna finns redan" in said(send(client))
    assert len(stored()) == 1


def test_every_near_day_of_the_page_leads_to_a_form_that_knows_the_day(client: Client) -> None:
    page = client.get(HOUSE).content.decode()
    days = re.findall(rf'href="{re.escape(PAGE)}&amp;dag=([0-9-]+)">Stämmer det inte\?', page)
    assert days[:3] == ["2026-11-12", "2026-11-26", "2026-12-11"]
    assert "Förra tömningen: torsdag 12 november." in said(client.get(HOUSE))


def test_the_day_beside_which_one_pressed_is_chosen_with_its_container(client: Client) -> None:
    page = client.get(f"{PAGE}&dag=2026-11-12").content.decode()
    assert checked(page) == {"day": "2026-11-12", "container": "karl-1"}
    assert checked(client.get(f"{PAGE}&dag=2026-08-20").content.decode()) == {"day": "annan"}


def test_a_day_to_come_asks_for_the_last_one_instead(client: Client) -> None:
    answer = client.get(f"{PAGE}&dag=2026-11-26")
    assert "torsdag 26 november har inte varit än. Tror du att dagen är fel?" in said(answer)
    assert checked(answer.content.decode()) == {}


def test_whom_to_call_stands_before_the_form(client: Client) -> None:
    for url in (PAGE, "/anmal/dag/"):
        page = client.get(url).content.decode()
        assert "040\u201142\u00a050\u00a000" in page.partition("</main>")[0].partition("<form")[0]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": ""}, "Välj vilken dag det gäller."),
        ({"day": "annan"}, "Välj vilken dag det gäller."),
        ({"day": "1999-01-01"}, "Välj vilken dag det gäller."),
        ({"day": "annan", "other": "12/11"}, "Skriv dagen så här: 2026-12-24."),
        ({"day": "annan", "other": "2026-11-24"}, "Den dagen har inte varit än."),
        ({"day": "annan", "other": "2025-01-01"}, "Den dagen är mer än ett år gammal."),
        ({"other": "2026-11-05"}, "Du har valt en dag och skrivit en annan."),
        ({"day": "annan", "other": TODAY}, "Dagen är inte slut: bilen kan komma än."),
        ({"kind": ""}, "Välj om kärlet tömdes eller inte."),
        ({"kind": "exploded"}, "Välj om kärlet tömdes eller inte."),
        ({"container": ""}, "Välj vilket kärl det gäller."),
        ({"container": "karl-9"}, "Välj ett av kärlen."),
        ({"website": "http://spam.example"}, "Ett dolt fält var ifyllt"),
    ],
)
def test_a_mistake_is_said_on_top_and_nothing_is_lost(
    client: Client, changes: dict[str, str], sentence: str
) -> None:
    answer = send(client, PAGE, None, **changes)
    page = answer.content.decode()
    assert (answer.status_code, stored()) == (400, [])
    assert sentence in page.partition("</h1>")[0]
    kept = {**WHOLE, **changes}
    assert f'id="other" name="other" value="{kept["other"]}"' in page
    chosen = {name: kept[name] for name in ("kind", "container") if kept[name] not in UNSAID}
    assert chosen.items() <= checked(page).items()


OTHERS = ({"day": "annan", "other": "2026-11-05"}, {"day": "", "other": TODAY})


@pytest.mark.parametrize("changes", [{}, *OTHERS])
def test_a_day_is_chosen_or_written(client: Client, changes: dict[str, str]) -> None:
    send(client, PAGE, None, **{"kind": "collected", **changes})
    wanted = changes.get("other") or WHOLE["day"]
    assert [row.date.isoformat() for row in stored()] == [wanted]


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_a_form_on_another_website_cannot_send(client: Client, headers: dict[str, str]) -> None:
    answer = send(client, headers=headers)
    assert (answer.status_code, stored()) == (403, [])
    assert checked(answer.content.decode())["day"] == "2026-11-12"


def test_one_household_may_send_only_so_much_of_either_kind(client: Client) -> None:
    paste(client, "2026-10-01", send="1")
    answers = [send(client, container=container) for container in ("karl-1", "karl-2")]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert "För mycket har skickats in i dag." in answers[-1].content.decode().partition("</h1>")[0]


def test_too_much_text_is_refused_before_it_is_read(client: Client) -> None:
    assert send(client, other="a" * 70_000).status_code == 413


@pytest.mark.parametrize("query", ["", *(f"?adress={slug}" for slug in ("x", "a/b/c", "%00", FLATS))])
def test_without_an_address_that_is_emptied_it_says_where_to_begin(client: Client, query: str) -> None:
    assert "Gå först till din adress" in said(client.get(f"/anmal/dag/{query}"))
    answer = send(client, f"/anmal/dag/{query}")
    assert (answer.status_code, stored()) == (400, [])


@pytest.mark.parametrize("day", ["x", "%00", "2026-99-99", "9999-12-31", "0001-01-01"])
def test_a_strange_day_in_the_url_gives_the_form(client: Client, day: str) -> None:
    assert client.get(f"{PAGE}&dag={day}").status_code == 200


def test_a_zone_and_a_house_without_containers_are_not_asked(client: Client) -> None:
    for url in ("/zon/h1/", "/adress/holmby/parkgatan/1/"):
        assert "/anmal/dag/" not in client.get(url).content.decode()


def test_without_data_there_is_nobody_to_tell(client: Client) -> None:
    holmby.empty()
    assert client.get(PAGE).status_code == 503
    assert client.post(PAGE).status_code == 503


def test_in_english_all_of_it_is_in_english(client: Client) -> None:
    page = client.get(f"/en{PAGE}&dag=2026-11-12").content.decode()
    assert 'action="/en/anmal/dag/' in page
    assert "Tell us what you saw" in page
    assert "Bin 1, was not emptied" in said(send(client, f"/en{PAGE}"))
