"""Do several addresses come in one calendar as each of them alone, with its address in every title?"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from django.utils.http import http_date
from icalendar import Calendar
from pytest_django.fixtures import DjangoAssertNumQueries

from tests import town
from tests.feeds import programs, trials
from tests.feeds.programs import Seen
from wastecal.core import several
from wastecal.core.answer import Answer
from wastecal.core.ics import Reminder
from wastecal.core.options import EVENING_BEFORE, Options
from wastecal.feeds import calendar, together

SITE = "https://holmby.example"
OTHER = "holmby/angavagen/4"
BOTH = f"a={town.H1}&a={OTHER}"
LATER = town.NOON + timedelta(hours=1)
Get = Callable[[str], HttpResponse]


def rendered(found: several.Gathered, options: Options, lang: str = "sv") -> bytes:
    pages = {slug: f"{SITE}/adress/{slug}/" for slug in found.slugs}
    with translation.override(lang):
        return together.render(
            found, options, lang=lang, page=f"{SITE}/flera/", source=f"{SITE}/flera.ics", pages=pages
        )


def alone(answer: Answer, lang: str = "sv") -> list[Seen]:
    with translation.override(lang):
        feed = calendar.render(answer, Options(), lang=lang, page=SITE, source=SITE)
    return programs.with_icalendar(feed)


ANSWERS = (trials.every_status(), town.answer(OTHER), town.answer("holmby/angavagen/6"))
FOUND = several.Gathered(ANSWERS, (), (), ())
HOUSES = ("Storgatan 1", "Ängavägen 4", "Ängavägen 6")


def expected(lang: str) -> list[Seen]:
    """The events of the addresses' own feeds, with the address behind each title."""
    return sorted(
        replace(seen, summary=f"{seen.summary}, {house}")
        for answer, house in zip(ANSWERS, HOUSES, strict=True)
        for seen in alone(answer, lang=lang)
    )


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("program", programs.PYTHON)
def test_a_program_in_python_shows_the_events_of_each_address(
    program: str, lang: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert sorted(programs.PYTHON[program](rendered(FOUND, Options(), lang))) == expected(lang)
    assert caplog.messages == []


def test_a_program_in_javascript_shows_them_too(tmp_path: Path) -> None:
    (tmp_path / "feed.ics").write_bytes(rendered(FOUND, Options()))
    for seen in programs.in_node([tmp_path / "feed.ics"], "Europe/Stockholm").values():
        assert sorted(seen[0]) == expected("sv")


def rung(*slugs: str, reminder: Reminder = EVENING_BEFORE) -> dict[datetime, list[str]]:
    found = several.Gathered(tuple(town.answer(slug) for slug in slugs), (), (), ())
    alarms: dict[datetime, list[str]] = {}
    for seen in programs.with_icalendar(rendered(found, Options(reminder))):
        for at, words in seen.alarms:
            alarms.setdefault(at, []).append(words)
    return alarms


def test_one_alarm_a_day_names_what_to_put_out_where() -> None:
    alarms = rung(town.H1, "holmby/storgatan/12b", "holmby/storgatan/2")
    assert {len(words) for words in alarms.values()} == {1}
    assert alarms[datetime(2026, 11, 25, 18)] == [
        "Ställ ut: Kärl 1 och Kärl 2 (Storgatan 1) och Kärl 1 (Storgatan 12B och Storgatan 2)"
    ]


def test_the_alarm_rings_when_it_was_asked_to() -> None:
    assert datetime(2026, 11, 26, 6, 30) in rung(town.H1, OTHER, reminder=Reminder(time(6, 30), 0))


def test_events_of_one_day_stand_together() -> None:
    days = [seen.start for seen in programs.with_icalendar(rendered(FOUND, Options()))]
    assert days == sorted(days)


def test_two_houses_of_one_name_are_told_apart_by_their_towns() -> None:
    first = town.answer(town.H1)
    row = first.place.address
    assert row is not None
    elsewhere = replace(first.place, address=replace(row, locality="Åby", slug="aby/storgatan/1"))
    found = several.Gathered((first, replace(first, place=elsewhere)), (), (), ())
    titles = {seen.summary for seen in programs.with_icalendar(rendered(found, Options()))}
    assert {"Kärl 1 töms, Storgatan 1, 235 00 Holmby", "Kärl 1 töms, Storgatan 1, 235 00 Åby"} <= titles


@pytest.fixture
def get(holmby: None, client: Client) -> Get:
    def answer(query: str) -> HttpResponse:
        found = client.get(f"/flera.ics?{query}")
        assert isinstance(found, HttpResponse)
        return found

    return answer


def uids(feed: bytes) -> set[str]:
    return {str(event["UID"]) for event in Calendar.from_ical(feed).walk("VEVENT")}


def test_the_uids_are_those_of_the_single_feeds(get: Get, client: Client) -> None:
    single = [client.get(f"/adress/{slug}.ics").content for slug in (town.H1, OTHER)]
    assert uids(get(BOTH).content) == uids(single[0]) | uids(single[1])


def lines(get: Get, query: str) -> list[str]:
    return get(query).content.decode().replace("\r\n ", "").split("\r\n")


def test_the_calendar_names_itself_its_page_and_the_page_of_each_address(get: Get) -> None:
    said = lines(get, f"x=1&paminn=18:00&{BOTH}&a={OTHER}")
    assert f"SOURCE;VALUE=URI:http://testserver/flera.ics?{BOTH}&paminn=18:00" in said
    assert said[said.index("COLOR:seagreen") - 1] == f"URL;VALUE=URI:http://testserver/flera/?{BOTH}"
    assert f"URL;VALUE=URI:http://testserver/adress/{OTHER}/" in said
    assert "NAME;LANGUAGE=sv:Sophämtning · 2 adresser" in said


def test_the_containers_can_be_chosen(get: Get) -> None:
    said = lines(get, f"{BOTH}&karl=tradgard")
    titles = {line.partition(":")[2] for line in said if line.startswith("SUMMARY")}
    assert titles == {"Trädgårdskärl töms\\, Storgatan 1"}


def test_an_address_that_is_gone_does_not_take_the_others_along(get: Get) -> None:
    response = get(f"{BOTH}&a=holmby/rivna-gatan/1")
    assert uids(response.content) == uids(get(BOTH).content)
    assert "holmby/rivna-gatan/1" in response.content.decode().replace("\r\n ", "")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 400, "Ange vilka adresser"),
        ("a=", 400, "Ange vilka adresser"),
        ("a=x/y/1&a=%00", 404, "Ingen av adresserna"),
        ("&".join(f"a=x/y/{number}" for number in range(51)), 400, "högst 50 adresser"),
        (f"{BOTH}&paminn=25:00", 400, "klockslag"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_sentence(
    get: Get, query: str, status: int, words: str
) -> None:
    response = get(query)
    said = response.content.decode()
    assert response.status_code == status
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert words in said
    assert (said.count("\n"), said[-2:]) == (1, ".\n")


def test_what_the_program_has_is_not_sent_again(get: Get, client: Client) -> None:
    first = get(BOTH)
    again = client.get(f"/flera.ics?{BOTH}", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert {get(query).headers["ETag"] for query in (f"a={town.H1}", f"a={OTHER}", f"{BOTH}&paminn=18:00")}


def test_an_edit_for_any_of_them_changes_the_validators_and_one_for_others_does_not(get: Get) -> None:
    before = get(BOTH).headers
    only = town.override("cancel", "12-10", scope="address:holmby/storgatan/2")
    assert town.load(town.directory(overrides=(*town.OVERRIDES, only)), LATER)
    assert get(BOTH).headers["ETag"] == before["ETag"]
    both = town.override("cancel", "12-10", scope="zone:H2")
    assert town.load(town.directory(overrides=(*town.OVERRIDES, only, both)), LATER)
    after = get(BOTH).headers
    assert after["ETag"] != before["ETag"]
    assert after["Last-Modified"] == http_date(LATER.timestamp()) != before["Last-Modified"]


def test_an_address_that_is_taken_away_changes_both_validators(get: Get) -> None:
    before = get(BOTH).headers
    rest = tuple(row for row in town.ADDRESSES if row.slug != OTHER)
    assert town.load(town.directory(addresses=rest), LATER, remove=True)
    after = get(BOTH).headers
    assert after["ETag"] != before["ETag"]
    assert after["Last-Modified"] == http_date(LATER.timestamp())


def test_fifty_addresses_cost_a_bounded_number_of_queries(
    get: Get, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    houses = tuple(town.address("Storgatan", str(number), "H1") for number in range(1, 51))
    town.load(town.directory(addresses=houses))
    query = several.query(house.slug for house in houses)
    get(query)  # so that what is the same for everyone is known
    with django_assert_max_num_queries(50 * 3 + 5):
        response = get(query)
    assert len({uid.partition("/")[2] for uid in uids(response.content)}) == 50
