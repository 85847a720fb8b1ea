"""Do several addresses stand on one page, with a way to add and to remove each, and nothing lost?"""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.web import directory
from wastecal import answers
from wastecal.web.several import sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

ONE, TWO, OTHER = "holmby/storgatan/1", "holmby/storgatan/2", "holmby/angavagen/4"


def asked(*slugs: str, typed: str = "") -> str:
    query = "&".join([*(f"a={slug}" for slug in slugs), *([f"q={typed}"] if typed else [])])
    return f"/flera/?{query}"


def html(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_next_day_of_each_address_comes_first(client: Client) -> None:
    said = words(html(client, asked(OTHER, ONE)))
    parts = ["Ängavägen 4, 235 00 Holmby tisdag 24 november : Kärl 1"]
    parts += ["Storgatan 1, 235 00 Holmby torsdag 26 november : Kärl 1, Kärl 2", "Alla dagar"]
    places = [said.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_a_day_names_the_houses_that_it_is_for(client: Client) -> None:
    page = html(client, asked(ONE, "holmby/storgatan/12b", OTHER))
    days = page[page.index('id="coming"') :]
    first, second = (days[days.index(f'datetime="{day}"') :] for day in ("2026-11-24", "2026-11-26"))
    assert words(first).partition("Ängavägen 4")[0].count("Kärl") == 1
    assert "Storgatan 1, Storgatan 12B" in second.partition("</li>")[0]


def test_a_day_for_all_says_so(client: Client) -> None:
    page = html(client, asked(ONE, "holmby/storgatan/12b"))
    assert "Alla adresserna" in page[page.index('datetime="2026-12-23"') :].partition("</li>")[0]
    assert "Alla adresserna" not in html(client, asked(ONE))


def test_one_address_that_is_meant_is_added_at_once(client: Client) -> None:
    answer = client.get(asked(ONE, typed="angavagen+4"))
    assert isinstance(answer, HttpResponse)
    assert (answer.status_code, answer.headers["Location"]) == (302, asked(ONE, OTHER))


def test_of_several_one_is_chosen_and_the_others_are_kept(client: Client) -> None:
    page = html(client, asked(OTHER, typed="storgatan,+holmby"))
    assert f'href="{asked(OTHER, TWO)}"' in page
    assert 'value="storgatan, holmby"' in page


def test_an_address_that_is_not_found_loses_nothing(client: Client) -> None:
    page = html(client, asked(ONE, typed="qwertyuiop"))
    assert "Ingen adress hittades för ”qwertyuiop”." in page
    assert f'name="a" value="{ONE}"' in page
    assert "Storgatan 1, 235 00 Holmby" in page


def test_each_address_can_be_removed(client: Client) -> None:
    page = html(client, asked(ONE, TWO, OTHER))
    for slug, rest in ((ONE, (TWO, OTHER)), (TWO, (ONE, OTHER)), (OTHER, (ONE, TWO))):
        assert f'href="{asked(*rest)}">Ta bort<' in page, slug
    assert 'href="/flera/">Ta bort<' in html(client, asked(ONE))


def test_an_unknown_address_is_named_and_can_be_removed(client: Client) -> None:
    page = html(client, asked(ONE, "holmby/storgatan/99"))
    assert "De här adresserna finns inte:" in page
    assert f'holmby/storgatan/99 <a href="{asked(ONE)}">' in page


def test_an_address_given_twice_is_shown_once(client: Client) -> None:
    page = html(client, asked(ONE, ONE))
    assert "Storgatan 1, 235 00 Holmby fanns redan med och visas en gång." in page
    assert page.count('class="several-remove"') == 1


def test_the_fifty_first_is_left_out_but_not_lost(client: Client) -> None:
    slugs = [f"holmby/gatan/{number}" for number in range(51)]
    page = html(client, asked(*slugs), 400)
    assert "Högst 50 adresser visas på en gång." in page
    assert page.count('type="hidden" name="a"') == 51
    assert f'holmby/gatan/50 <a href="{asked(*slugs[:50])}">' in page


def test_the_page_leads_to_its_one_calendar(client: Client) -> None:
    page = html(client, asked(ONE, OTHER))
    assert f'href="webcal://testserver/flera.ics?a={ONE}&a={OTHER}"' in page
    assert f'href="/flera/prenumerera/?a={ONE}&a={OTHER}"' in page


def test_without_addresses_it_says_what_it_is_for(client: Client) -> None:
    page = html(client, "/flera/")
    assert "För dig som sköter mer än ett hus" in page
    assert "webcal" not in page
    assert 'content="noindex"' not in page


def dates(cell: str) -> list[str]:
    return cell.replace("\u00a0", " ").split(", ")


def test_the_sheet_has_a_row_for_each_address_and_a_column_for_each_container() -> None:
    slugs = [ONE, "holmby/storgatan/8", "holmby/angavagen/6"]
    found = answers.several(slugs, directory.TODAY).answers
    made = sheet.of(found, ["A", "B", "C"], directory.TODAY)
    cells = [tuple(dates(cell)[0] for cell in row.cells) for row in made.rows]
    assert [name.text for name in made.columns] == ["Kärl 1", "Kärl 2"]
    assert cells == [("26 nov", "26 nov"), ("26 nov", "–"), ("dagen är okänd", "dagen är okänd")]


def test_the_sheet_marks_what_is_moved_and_what_is_not_certain() -> None:
    found = answers.several([ONE, OTHER], directory.TODAY).answers
    ordinary, unsure = (dates(row.cells[0]) for row in sheet.of(found, ["A", "B"], directory.TODAY).rows)
    assert ordinary[:4] == ["26 nov", "11–12 dec*", "23 dec*", "7 jan?"]
    assert unsure[0] == "24 nov?"


@pytest.mark.parametrize(("addresses", "columns", "dates"), [(1, 2, 12), (12, 2, 12), (25, 2, 4), (50, 3, 2)])
def test_the_more_addresses_the_fewer_dates(addresses: int, columns: int, dates: int) -> None:
    assert sheet.room(addresses, columns) == dates
