"""Does each choice give the one address that it means, and does a wrong one come back to be mended?"""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from icalendar import Calendar

from wastecal.web.subscribing import form

ADDRESS = "/adress/holmby/storgatan/12b"
PAGE = f"{ADDRESS}/prenumerera/"
OWN = "karl=karl-1&karl=karl-2"
TIMES = "kvall=18:00&morgon=05:30"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


def html(client: Client, path: str = PAGE, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def feed(client: Client, path: str = PAGE) -> str:
    """The address that the page gives, without that of the site."""
    found = re.search(r'id="feed-url">(.*?)</code>', html(client, path))
    assert found
    return unescape(found[1]).removeprefix("http://testserver")


def test_whoever_chooses_nothing_gets_the_plain_feed(client: Client) -> None:
    assert feed(client) == f"{ADDRESS}.ics"
    assert feed(client, f"/en{PAGE}") == f"/en{ADDRESS}.ics"
    assert feed(client, "/zon/h1/prenumerera/") == "/zon/h1.ics"


@pytest.mark.parametrize(
    ("chosen", "ending"),
    [
        (f"{OWN}&nar=&{TIMES}&sprak=sv", ".ics"),
        (f"{OWN}&nar=kvall&{TIMES}&sprak=sv", ".paminn.ics"),
        (f"{OWN}&nar=kvall&kvall=19:30", ".paminn.ics?paminn=19:30"),
        (f"{OWN}&nar=morgon&{TIMES}", ".paminn.ics?paminn=05:30&dag=0"),
        (f"karl=tradgard&{OWN}&nar=", ".ics?karl=karl-1,karl-2,tradgard"),
        ("karl=karl-2&nar=kvall&kvall=18.00", ".paminn.ics?karl=karl-2"),
        (f"{OWN}&nar=kvall&kvall=7:05", ".paminn.ics?paminn=07:05"),
    ],
)
def test_each_choice_gives_the_address_with_the_fewest_parameters(
    client: Client, chosen: str, ending: str
) -> None:
    assert feed(client, f"{PAGE}?{chosen}") == ADDRESS + ending
    assert Calendar.from_ical(client.get(ADDRESS + ending).content).walk("VEVENT")


def test_the_language_is_that_of_the_feed_and_not_of_the_page(client: Client) -> None:
    page = f"{PAGE}?{OWN}&nar=&sprak=en"
    assert feed(client, page) == f"/en{ADDRESS}.ics"
    assert 'lang="sv"' in html(client, page)


def test_a_zone_has_its_reminder_in_the_query(client: Client) -> None:
    chosen = f"/zon/h1/prenumerera/?{OWN}&nar=kvall&{TIMES}"
    assert feed(client, chosen) == "/zon/h1.ics?paminn=18:00"


def links(client: Client, path: str) -> dict[str, str]:
    """By host: where the buttons lead."""
    found = re.findall(r'<a class="govuk-button[^"]*" href="([^"]*)"', html(client, path))
    return {urlsplit(unescape(url)).netloc or url: unescape(url) for url in found}


def test_each_program_is_handed_the_address_as_it_wants_it(client: Client) -> None:
    page = f"{PAGE}?{OWN}&nar=morgon&{TIMES}"
    wanted = feed(client, page)
    found = links(client, page)
    assert found["testserver"] == f"webcal://testserver{wanted}"
    google = urlsplit(found["calendar.google.com"])
    assert parse_qs(google.query) == {"cid": [f"webcal://testserver{wanted}"]}
    for host in ("outlook.live.com", "outlook.office.com"):
        assert parse_qs(urlsplit(found[host]).query)["url"] == [f"http://testserver{wanted}"]


def test_no_link_to_another_host_has_anything_unencoded(client: Client) -> None:
    found = links(client, f"{PAGE}?{OWN}&nar=morgon&{TIMES}")
    query = urlsplit(found["calendar.google.com"]).query
    assert query.startswith("cid=webcal%3A%2F%2Ftestserver%2Fadress%2F")
    assert query.endswith(".paminn.ics%3Fpaminn%3D05%3A30%26dag%3D0")


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        (f"nar=&{TIMES}", "karl", "Välj minst ett kärl."),
        ("karl=karl-9&nar=", "karl", "Det finns inget kärl ”karl-9”."),
        (f"{OWN}&nar=middag", "nar", "Välj när du vill bli påmind"),
        (f"{OWN}&nar=kvall&kvall=25:00", "kvall", "Skriv ett klockslag"),
        (f"{OWN}&nar=morgon&morgon=", "morgon", "Skriv ett klockslag"),
        (f"{OWN}&nar=morgon&morgon=" + "9" * 5000, "morgon", ""),
        (f"{OWN}&nar=&sprak=tlh", "sprak", "Välj ett av språken."),
    ],
)
def test_a_wrong_choice_is_named_on_top_and_beside_its_field(
    client: Client, wrong: str, field: str, words: str
) -> None:
    page = html(client, f"{PAGE}?{wrong}", 400)
    assert f'<li><a href="#{field}">{words}' in page
    assert f'id="{field}"' in page
    assert f'id="{field}-error"' in page
    assert "feed-url" not in page


def test_what_was_chosen_comes_back_with_the_mistake(client: Client) -> None:
    page = html(client, f"{PAGE}?karl=tradgard&nar=kvall&kvall=sju&morgon=04:44&sprak=en", 400)
    assert re.findall(r'value="([^"]*)" checked', page) == ["tradgard", "kvall", "en"]
    assert 'type="text" value="sju"' in page
    assert 'type="time" value="04:44"' in page


def test_a_time_that_nobody_wants_need_not_be_one(client: Client) -> None:
    assert feed(client, f"{PAGE}?{OWN}&nar=&kvall=sju&morgon=") == f"{ADDRESS}.ics"


def test_markup_in_a_choice_stays_text(client: Client) -> None:
    page = html(client, f"{PAGE}?{OWN}&nar=kvall&kvall=%22%3E%3Cscript%3E", 400)
    assert "<script>" not in page


def test_a_block_of_flats_is_told_whom_to_ask(client: Client) -> None:
    page = html(client, "/adress/holmby/parkgatan/1/prenumerera/")
    assert "inget att prenumerera på" in page
    assert "040\u201142\u00a050\u00a000" in page
    assert "<form" not in page


@pytest.mark.parametrize("path", ["/adress/holmby/storgatan/99/prenumerera/", "/zon/h9/prenumerera/"])
def test_what_does_not_exist_cannot_be_subscribed_to(client: Client, path: str) -> None:
    html(client, path, 404)


def test_each_program_says_what_it_makes_of_reminders_and_changes(client: Client) -> None:
    page = html(client)
    for name in ("iPhone", "Google", "Outlook", "Mac", "Thunderbird", "ICSx⁵", "Nextcloud", "Home Assistant"):
        assert name in page
    assert page.index("iPhone eller iPad") < page.index("Android-telefon")
    assert page.count("<strong>Påminnelser:</strong>") == page.count("<strong>Ändringar:</strong>") == 4


def test_several_addresses_are_subscribed_to_together(client: Client) -> None:
    both = "a=holmby/storgatan/1&a=holmby/angavagen/4"
    page = f"/flera/prenumerera/?{both}"
    assert feed(client, page) == f"/flera.ics?{both}"
    assert feed(client, f"{page}&{OWN}&nar=kvall&{TIMES}") == f"/flera.ics?{both}&paminn=18:00"
    assert html(client, page).count('type="hidden" name="a"') == 2
    html(client, "/flera/prenumerera/", 404)


@pytest.mark.parametrize(
    ("put_out_by", "time"),
    [("06:00", "05:30"), ("00:10", "00:00"), ("", "06:00"), ("kl. sex", "06:00"), ("24:00", "06:00")],
)
def test_the_morning_leaves_half_an_hour(put_out_by: str, time: str) -> None:
    assert form.morning(put_out_by) == time
