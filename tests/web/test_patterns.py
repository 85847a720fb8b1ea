"""Does a resident find the pattern in old text messages, read right, and said with how sure it is?"""

import re
import time

import pytest
from django.test import Client

from tests import town as holmby
from tests.web import directory
from tests.web.pasting import H12B, PAGE, RIGHT, UNKNOWN, chosen, paste, said
from wastecal import answers, inference
from wastecal.core.evidence import Evidence
from wastecal.web.limits import Limits
from wastecal.web.patterns import views

TUESDAYS = "Kärl 1: 2026-10-06\nKärl 1: 2026-10-20\nKärl 1: 2026-11-03\nKärl 1: 2026-11-17"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "readings", Limits(each=50, together=100))
    monkeypatch.setattr(views, "sendings", Limits(each=2, together=5))


@pytest.fixture
def strict() -> Client:
    """A browser as Django meets it in earnest: no test client's leave to skip CSRF checks."""
    return Client(enforce_csrf_checks=True)


def stored() -> list[Evidence]:
    return inference.evidence()


def test_a_pattern_is_found_with_its_sureness_and_its_next_days(strict: Client) -> None:
    answer = paste(strict, RIGHT)
    page = said(answer)
    assert answer.status_code == 200
    assert "Kärl 1: varannan torsdag Nästan säkert: 99 av 100" in page
    assert "”99 av 100” betyder: av hundra mönster som vi är så säkra på är 99 rätt." in page
    assert "4 av dina 4 dagar stämmer" in page
    assert "Torsdag 26 november" in page or "torsdag 26 november" in page
    assert "Texten säger inget om Kärl 2." in page
    assert not answer.cookies


def test_the_days_are_those_that_the_rule_gives_with_the_holiday_that_moves_one(client: Client) -> None:
    """The town moves Christmas Eve to the weekday before; the page of the address says so too."""
    page = said(paste(client, RIGHT))
    days = re.findall(r'<time class="day-words" datetime="([^"]+)"', paste(client, RIGHT).content.decode())
    assert days == ["2026-11-26", "2026-12-10", "2026-12-23", "2027-01-07", "2027-01-21"]
    assert "Flyttad från torsdag 24 december: Julafton" in page


def test_it_agrees_with_the_page_of_the_address(client: Client) -> None:
    assert "Det stämmer med adressens sida: varannan torsdag, nästa gång torsdag 26 november" in said(
        paste(client, RIGHT)
    )


def test_it_does_not_agree_and_leads_to_a_report(client: Client) -> None:
    answer = paste(client, TUESDAYS)
    assert "varannan tisdag" in said(answer)
    assert "Det stämmer inte med adressens sida: varannan torsdag" in said(answer)
    assert 'href="/anmal/?adress=holmby/storgatan/12b"' in answer.content.decode()


def test_where_the_page_knows_no_day_it_says_so(client: Client) -> None:
    assert "Adressens sida vet inte dagen än" in said(paste(client, TUESDAYS, UNKNOWN))


def test_too_little_is_said_to_be_too_little_and_how_much_more_would_do(client: Client) -> None:
    page = said(paste(client, "15 oktober", UNKNOWN))
    assert "Kärl 1: för tidigt att säga" in page
    assert "varannan torsdag, nästa gång torsdag 26 november" in page
    assert re.search(r"Med (?:en dag|\d dagar) till ur samma mönster vore det nästan säkert", page)
    assert "Titta efter" in page


def test_a_day_that_does_not_fit_is_named(client: Client) -> None:
    page = said(paste(client, f"{RIGHT}\nKärl 1: 2026-09-18"))
    assert "4 av dina 5 dagar stämmer" in page
    assert "De här stämmer inte: fredag 18 september 2026" in page
    assert page.count("Stämmer inte med mönstret.") == 1
    assert "fredag 18 september 2026 Kärl 1: 2026-09-18 Stämmer inte" in page


def test_each_day_stands_with_the_words_it_was_read_from(client: Client) -> None:
    answer = paste(client, "2026-10-14 18:02\nI morgon torsdag töms Kärl 1 & du")
    body = answer.content.decode()
    assert ">torsdag 15 oktober 2026</label>" in body
    assert '<q dir="auto"><mark>I morgon</mark> torsdag töms Kärl 1 &amp; du</q>' in body
    assert chosen(answer) == {"2026-10-15": "karl-1"}


def test_what_was_not_understood_is_named(client: Client) -> None:
    page = said(paste(client, f"{RIGHT}\nImorgon töms Kärl 2\nden 31/2\nHej!"))
    assert "Inte förstått" in page
    assert "Imorgon töms Kärl 2 den 31/2" in page
    assert "Hej! " not in page.partition("Inte förstått")[2].partition("Hitta mönstret")[0]


def test_a_day_can_be_corrected_and_left_out(client: Client) -> None:
    text = "2026-10-01\n2026-10-15\n2026-10-29\n2026-11-10"
    assert set(chosen(paste(client, text)).values()) == {"?"}
    own = {"dag-2026-10-01": "karl-2", "dag-2026-10-29": "karl-2", "dag-2026-11-10": "-"}
    answer = paste(client, text, **own)
    assert chosen(answer) == {
        "2026-10-01": "karl-2", "2026-10-15": "?", "2026-10-29": "karl-2", "2026-11-10": "-"
    }  # fmt: skip
    assert "Kärl 2: var fjärde torsdag" in said(answer)
    assert "2 av dina 2 dagar stämmer" in said(answer)


def test_a_line_that_says_that_nothing_came_is_left_out_and_says_why(client: Client) -> None:
    answer = paste(client, f"{RIGHT}\nKärl 1 kunde inte tömmas 2026-11-19")
    assert chosen(answer)["2026-11-19"] == "-"
    assert "Raden säger att inget hämtades då." in said(answer)


def test_where_no_day_counts_there_is_no_pattern_and_nothing_to_send(client: Client) -> None:
    answer = paste(client, "2026-10-01", **{"dag-2026-10-01": "-"})
    assert answer.status_code == 200
    assert "Ingen av dagarna räknas" in said(answer)
    assert 'name="send"' not in answer.content.decode()
    answer = paste(client, "2026-10-01", send="1", **{"dag-2026-10-01": "-"})
    assert (answer.status_code, stored()) == (400, [])


@pytest.mark.parametrize("value", ["karl-9", "karl-1,karl-9", "<b>", "\x00", "karl-2,karl-1"])
def test_a_choice_that_was_not_offered_is_as_if_none_was_made(client: Client, value: str) -> None:
    assert chosen(paste(client, "Kärl 1 2026-10-01", **{"dag-2026-10-01": value})) == {"2026-10-01": "karl-1"}


@pytest.mark.parametrize(
    "text",
    [
        "Bin 1 was emptied on October 15, 2026",
        "Thu, Oct 15, 2026 at 6:02 AM\nBin 1 is emptied today",
        "KÄRL1 2026-10-15",
        "karl 1 15.10.2026",
        "Kärl 1 den 15. oktober 2026",
    ],
)
def test_a_text_in_another_way_of_writing_is_read(client: Client, text: str) -> None:
    assert chosen(paste(client, text)) == {"2026-10-15": "karl-1"}


def test_a_text_four_times_as_long_takes_no_more_than_some_times_as_long(client: Client) -> None:
    """Counted in the processor's time, side by side; what grows by the square takes sixteen times as long."""
    lines = [
        f"2026-{month:02}-{day:02} kärl {day % 2 + 1}\n" for month in range(1, 11) for day in range(1, 15)
    ]
    short, long = ("".join(lines) + "Imorgon tömmer vi 31/2 från den måndag v1 " * many for many in (30, 390))
    assert 4 * len(short) < len(long) < 20_000
    ratios = [_seconds(client, long) / _seconds(client, short) for _ in range(3)]
    assert min(ratios) < 8


def _seconds(client: Client, text: str) -> float:
    start = time.process_time()
    assert paste(client, text).status_code == 200
    return time.process_time() - start


def test_in_english_all_of_it_is_in_english_and_stays_so(client: Client) -> None:
    page = client.get(f"/en{PAGE}").content.decode()
    assert "Find your pattern in your old text messages" in page
    assert f'action="/en{PAGE}"' in page
    answer = paste(client, RIGHT, f"/en{PAGE}")
    assert "Bin 1: every other Thursday Almost certain: 99 in 100" in said(answer)
    assert "Agrees with the page of the address" in said(answer)
    assert "Thank you, your days have come in" in said(paste(client, RIGHT, f"/en{PAGE}", send="1"))


def test_the_address_page_leads_here_after_subscribing_and_printing(client: Client) -> None:
    page = client.get(H12B).content.decode()
    places = [page.index(f'id="{name}"') for name in ("subscribe", "print", "sms")]
    assert places == sorted(places)
    assert page.count(f'href="{PAGE}"') == 2  # and where something is wrong
    assert "Hitta mönstret i gamla sms</a>" in page


def test_a_page_that_knows_no_day_offers_it_there(client: Client) -> None:
    page = client.get("/adress/holmby/angavagen/6/").content.decode()
    assert f'href="{UNKNOWN}"' in page.partition('id="unknown"')[2].partition("</section>")[0]


def test_where_nothing_is_emptied_there_is_no_form_and_no_link(client: Client) -> None:
    assert "/sms/" not in client.get("/adress/holmby/parkgatan/1/").content.decode()
    page = client.get("/adress/holmby/parkgatan/1/sms/").content.decode()
    assert "<textarea" not in page
    assert "Inget kärl på adressen töms på egna dagar" in page
    assert paste(client, RIGHT, "/adress/holmby/parkgatan/1/sms/").status_code in (200, 400)


def test_zones_and_houses_that_are_not_there_have_no_such_page(client: Client) -> None:
    for url in ("/zon/h1/sms/", "/adress/holmby/storgatan/99/sms/"):
        assert client.get(url).status_code == 404
        assert paste(client, RIGHT, url).status_code == 404


def test_without_data_there_is_nothing_to_ask(client: Client) -> None:
    holmby.empty()
    assert client.get(PAGE).status_code == 503
    assert paste(client, RIGHT).status_code == 503


def test_the_page_itself_knows_nothing_of_the_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """So a published file of it need not be made anew every day."""
    before = client.get(PAGE).content
    later = directory.NOON.replace(day=27)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    answers.forget()
    assert client.get(PAGE).content == before
