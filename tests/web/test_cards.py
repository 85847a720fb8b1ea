"""May other sites frame the card, and nothing but the card?"""

import pytest
from django.test import Client

CARD = "/adress/holmby/storgatan/12b/kort/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


@pytest.mark.parametrize("path", [CARD, f"/en{CARD}", "/zon/h1/kort/"])
def test_the_card_may_lie_in_any_page(client: Client, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert answer.status_code == 200
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "X-Frame-Options" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/adress/holmby/storgatan/12b/", "/adress/holmby/storgatan/99/kort/"])
def test_no_other_page_may(client: Client, path: str) -> None:
    answer = client.get(path)
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_card_says_the_next_day_and_leads_out_of_the_frame(client: Client) -> None:
    page = client.get(CARD).content.decode()
    assert "torsdag 26 november" in page.partition("<div hidden>")[0]
    assert '<a href="/adress/holmby/storgatan/12b/" target="_top">' in page
    assert 'class="top"' not in page


def test_a_card_without_a_day_says_whom_to_ask(client: Client) -> None:
    page = client.get("/adress/holmby/angavagen/6/kort/").content.decode()
    assert "Ingen dag är känd. Fråga Holmby Direkt, telefon 040-42 50 00." in page


def test_the_program_that_has_the_card_gets_the_same_permission_again(client: Client) -> None:
    tag = client.get(CARD).headers["ETag"]
    answer = client.get(CARD, headers={"if-none-match": tag})
    assert answer.status_code == 304
    assert "X-Frame-Options" not in answer.headers
