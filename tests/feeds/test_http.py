"""Does a feed behave on the wire as programs expect, and change its validators only when it must?"""

import gzip
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date, parse_http_date
from icalendar import Calendar

from tests import town
from wastecal import surface
from wastecal.core.rows import Zone

pytestmark = pytest.mark.usefixtures("holmby")

FEED = "/adress/holmby/storgatan/1.ics"
URLS = (
    FEED,
    "/adress/holmby/storgatan/1.paminn.ics",
    "/adress/holmby/storgatan/1.json",
    "/zon/H1.ics",
    "/zon/H1.json",
    "/en/adress/holmby/storgatan/1.ics",
    "/en/zon/H1.json",
)
MONTH_BEGAN = datetime(2026, 10, 31, 23, tzinfo=UTC)
LATER = town.NOON + timedelta(hours=1)
Get = Callable[..., HttpResponse]


@pytest.fixture
def get(client: Client) -> Get:
    def answer(url: str = FEED, **headers: str) -> HttpResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        found = client.get(url, headers=named)
        assert isinstance(found, HttpResponse)
        return found

    return answer


def tag(get: Get, url: str = FEED) -> str:
    response = get(url)
    assert response.status_code == 200
    return response.headers["ETag"]


def validators(get: Get, url: str = FEED) -> tuple[str, str]:
    headers = get(url).headers
    return headers["ETag"], headers["Last-Modified"]


@pytest.mark.parametrize("url", URLS)
def test_a_feed_comes_with_all_its_headers(get: Get, url: str) -> None:
    response = get(url)
    kind = "text/calendar" if url.endswith(".ics") else "application/json"
    assert response.status_code == 200
    assert response.headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert response.headers["Content-Length"] == str(len(response.content))
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["ETag"].startswith('W/"')
    assert response.headers["Last-Modified"] == http_date(MONTH_BEGAN.timestamp())
    assert response.headers["Content-Language"] == ("en" if url.startswith("/en/") else "sv")


@pytest.mark.parametrize("url", URLS)
def test_no_cookie_is_set_and_none_matters(get: Get, url: str) -> None:
    response = get(url, cookie="django_language=en; sessionid=x", accept_language="en")
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()
    assert response.content == get(url).content


@pytest.mark.parametrize("url", URLS)
def test_what_the_client_has_is_not_sent_again(get: Get, url: str) -> None:
    etag, modified = validators(get, url)
    for headers in (
        {"if_none_match": etag},
        {"if_none_match": f'"x", {etag}'},
        {"if_modified_since": modified},
    ):
        response = get(url, **headers)
        assert (response.status_code, response.content) == (304, b"")
        assert (response.headers["ETag"], response.headers["Last-Modified"]) == (etag, modified)
        assert response.headers["Cache-Control"] == "public, max-age=3600"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Content-Type" not in response.headers


def test_a_strong_form_of_the_tag_is_the_same_tag(get: Get) -> None:
    assert get(if_none_match=tag(get).removeprefix("W/")).status_code == 304


def test_what_the_client_does_not_have_is_sent(get: Get) -> None:
    etag, modified = validators(get)
    before = http_date(parse_http_date(modified) - 1)
    assert get(if_none_match='W/"other"').status_code == 200
    assert get(if_modified_since=before).status_code == 200
    assert get(if_none_match='W/"other"', if_modified_since=modified).status_code == 200
    assert get(if_none_match=etag, if_modified_since=before).status_code == 304
    assert get(if_modified_since="yesterday").status_code == 200


@pytest.mark.parametrize("url", URLS)
def test_head_has_the_same_headers_and_no_body(client: Client, url: str) -> None:
    head, whole = client.head(url), client.get(url)
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(whole.headers)


@pytest.mark.parametrize("url", URLS)
def test_nothing_can_be_sent_to_a_feed(client: Client, url: str) -> None:
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)(url)
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


def test_a_packed_feed_has_the_same_weak_tag(get: Get) -> None:
    packed = get(accept_encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.content) == get().content
    assert packed.headers["ETag"] == tag(get)
    assert get(accept_encoding="gzip", if_none_match=tag(get)).status_code == 304


def more(**changes: Iterable[Any]) -> None:
    """One Edit, an hour later, to what is known in Holmby."""
    assert town.load(town.directory(**changes), LATER)


def override(scope: str, on: str = "12-10") -> dict[str, Iterable[Any]]:
    return {"overrides": (*town.OVERRIDES, town.override("cancel", on, scope=scope))}


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("scope", ["everyone", "zone:H1"])
def test_an_edit_that_bears_on_it_changes_both_validators(get: Get, url: str, scope: str) -> None:
    etag, modified = validators(get, url)
    more(**override(scope))
    assert get(url, if_none_match=etag).status_code == 200
    assert get(url, if_modified_since=modified).status_code == 200
    assert get(url).headers["Last-Modified"] == http_date(LATER.timestamp())


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("scope", ["zone:H2", "address:holmby/storgatan/2", "street:holmby/angavagen"])
def test_an_edit_that_bears_on_others_changes_nothing(get: Get, url: str, scope: str) -> None:
    before = get(url)
    more(**override(scope))
    after = get(url, if_none_match=before.headers["ETag"])
    assert after.status_code == 304
    assert after.headers["Last-Modified"] == before.headers["Last-Modified"]
    assert get(url).content == before.content


def on(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize("url", URLS)
def test_the_next_day_changes_nothing(get: Get, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = get(url)
    on(monkeypatch, datetime(2026, 11, 30, 22, 59, tzinfo=UTC))
    assert get(url, if_none_match=before.headers["ETag"]).status_code == 304
    assert get(url).content == before.content


@pytest.mark.parametrize("url", URLS)
def test_a_new_month_changes_both_validators(get: Get, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    etag, modified = validators(get, url)
    began = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
    on(monkeypatch, began)
    assert get(url, if_none_match=etag).status_code == 200
    assert get(url, if_modified_since=modified).status_code == 200
    assert get(url).headers["Last-Modified"] == http_date(began.timestamp())


def test_a_release_changes_both_validators(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    etag, modified = validators(get)
    monkeypatch.setattr(surface, "release", lambda: "another")
    monkeypatch.setattr(surface, "released", lambda: LATER)
    assert get(if_none_match=etag).status_code == 200
    assert get(if_modified_since=modified).status_code == 200


def test_a_release_is_known_by_its_files() -> None:
    assert surface.release() == surface.release()
    assert len(surface.release()) == 12


def test_the_options_have_tags_of_their_own(get: Get) -> None:
    asked = ["", "?paminn=18:00", "?paminn=19:30", "?paminn=18:00&dag=0", "?karl=karl-1", "?karl=karl-2"]
    tags = {tag(get, FEED + query) for query in asked}
    assert len(tags | {tag(get, "/en" + FEED), tag(get, URLS[1])}) == len(asked) + 2


@pytest.mark.parametrize("query", ["?utm_source=x", "?x=%00&x=2", "?" + "y" * 4000, "?q=%FF%FE", "?="])
def test_a_parameter_that_we_do_not_know_changes_nothing(get: Get, query: str) -> None:
    plain, odd = get(), get(FEED + query)
    assert (odd.status_code, odd.content) == (200, plain.content)
    assert odd.headers["ETag"] == plain.headers["ETag"]


def test_the_order_of_the_options_does_not_matter(get: Get) -> None:
    one, other = get(FEED + "?paminn=06:30&dag=0&x=1"), get(FEED + "?dag=0&paminn=06%3A30")
    assert (one.content, one.headers["ETag"]) == (other.content, other.headers["ETag"])


def lines(get: Get, url: str) -> list[str]:
    return get(url).content.decode().replace("\r\n ", "").split("\r\n")


def triggers(get: Get, url: str) -> set[str]:
    return {line for line in lines(get, url) if line.startswith("TRIGGER")}


def test_reminders_ring_when_the_url_says(get: Get) -> None:
    assert triggers(get, FEED) == set()
    assert triggers(get, URLS[1]) == {"TRIGGER:-PT6H"}
    assert triggers(get, URLS[1] + "?dag=0") == {"TRIGGER:PT18H"}
    assert triggers(get, URLS[1] + "?paminn=19:30") == {"TRIGGER:-PT4H30M"}
    assert triggers(get, FEED + "?paminn=06:30&dag=0") == {"TRIGGER:PT6H30M"}
    assert triggers(get, FEED + "?paminn=06:30&paminn=00:00&dag=0") == {"TRIGGER:PT0M"}
    assert triggers(get, "/zon/H1.ics?paminn=18:00&dag=1") == {"TRIGGER:-PT6H"}


def summaries(get: Get, url: str) -> set[str]:
    return {str(event["SUMMARY"]) for event in Calendar.from_ical(get(url).content).walk("VEVENT")}


def test_containers_can_be_chosen_optional_ones_too(get: Get) -> None:
    assert summaries(get, FEED) == {"Kärl 1 töms", "Kärl 2 töms"}
    assert summaries(get, FEED + "?karl=karl-2") == {"Kärl 2 töms"}
    assert summaries(get, FEED + "?karl=tradgard,karl-2") == {"Kärl 2 töms", "Trädgårdskärl töms"}
    assert summaries(get, "/en" + FEED + "?karl=karl-1") == {"Bin 1 collection"}


def test_the_feed_names_itself_as_it_was_asked_for(get: Get) -> None:
    named = (
        "SOURCE;VALUE=URI:http://testserver/en/adress/holmby/storgatan/1.ics?paminn=06:30&dag=0&karl=karl-1"
    )
    assert named in lines(get, "/en" + FEED + "?x=1&karl=karl-1&dag=0&paminn=06%3A30")
    assert "URL;VALUE=URI:http://testserver/en/adress/holmby/storgatan/1/" in lines(get, "/en" + FEED)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("paminn=25:00", "paminn"),
        ("paminn=7:00", "paminn"),
        ("paminn=", "paminn"),
        ("paminn=18:00%0A", "paminn"),
        ("paminn=%00", "paminn"),
        ("paminn=%D9%A1%D9%A8:00", "paminn"),
        ("paminn=" + "1" * 5000, "paminn"),
        ("paminn=18:00&paminn=nej", "paminn"),
        ("dag=0", "dag"),
        ("paminn=18:00&dag=2", "dag"),
        ("paminn=18:00&dag=", "dag"),
        ("karl=", "karl"),
        ("karl=karl-9", "karl"),
        ("karl=karl-1,", "karl"),
        ("karl=karl-1%00", "karl"),
        ("karl=%3Cscript%3E", "karl"),
    ],
)
@pytest.mark.parametrize(("prefix", "words"), [("", "klockslag är kärl"), ("/en", "is names")])
def test_an_unknown_value_is_refused_in_one_plain_sentence(
    get: Get, query: str, name: str, prefix: str, words: str
) -> None:
    response = get(f"{prefix}{FEED}?{query}")
    said = response.content.decode()
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Cache-Control" not in response.headers
    assert said.startswith({"dag": "dag", "karl": "karl", "paminn": "paminn"}[name])
    assert (said.count("\n"), said[-2:]) == (1, ".\n")
    assert set(words.split()) & set(said.split())
    assert "<" not in said


def test_more_parameters_than_anybody_needs_are_refused(get: Get) -> None:
    response = get(FEED + "?" + "&".join(f"x{number}=1" for number in range(1001)))
    assert response.status_code == 400


@pytest.mark.parametrize(
    "url", [url.replace("storgatan/1", "storgatan/99").replace("H1", "H9") for url in URLS]
)
def test_what_does_not_exist_is_not_found_in_one_sentence(get: Get, url: str) -> None:
    response = get(url)
    said = json.loads(response.content)["error"] if url.endswith(".json") else response.content.decode()
    english = url.startswith("/en/")
    wanted = "There is no such address" if english else "Det finns ingen sådan adress"
    assert response.status_code == 404
    assert said.startswith(wanted)
    assert "ETag" not in response.headers
    assert "Cache-Control" not in response.headers
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "url",
    [
        "/adress/holmby/storgatan/.ics",
        "/adress/holmby/1.ics",
        "/adress/HOLMBY/storgatan/1.ics",
        "/adress/holmby/storgatan/1.ICS",
        "/adress/holmby/storgatan/1.ics/",
        "/adress/../../1.ics",
        "/zon/%00.ics",
        "/zon/" + "H" * 500 + ".ics",
    ],
)
def test_a_url_with_nonsense_is_not_found(get: Get, url: str) -> None:
    assert get(url).status_code == 404


def test_a_zone_answers_in_whatever_case_it_is_asked_for(get: Get) -> None:
    upper, lower = get("/zon/H1.ics").content, get("/zon/h1.ics").content
    assert [event["UID"] for event in Calendar.from_ical(upper).walk("VEVENT")] == [
        event["UID"] for event in Calendar.from_ical(lower).walk("VEVENT")
    ]


def test_a_zone_may_have_swedish_letters_and_a_dot(get: Get) -> None:
    more(zones=(*town.ZONES, Zone("Å.1", "Åby")))
    response = get(quote("/zon/Å.1.ics"))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == "inline; filename*=utf-8''zon-%C3%A5.1.ics"
    assert f"SOURCE;VALUE=URI:http://testserver{quote('/zon/Å.1.ics')}".encode() in response.content


def test_a_renamed_address_answers_at_both_names_with_the_same_events(get: Get) -> None:
    renamed = replace(town.ADDRESSES[0], street="Kungsgatan")
    more(addresses=(renamed, *town.ADDRESSES[1:]))
    old, new = get(FEED), get("/adress/holmby/kungsgatan/1.ics")
    assert (old.status_code, new.status_code) == (200, 200)
    uids = [
        [str(event["UID"]) for event in Calendar.from_ical(feed.content).walk("VEVENT")]
        for feed in (old, new)
    ]
    assert uids[0] == uids[1]
    assert uids[0][0].endswith(".holmby/storgatan/1@holmby.example")
    assert "Kungsgatan 1" in old.content.decode()


@pytest.mark.parametrize("slug", town.SLUGS)
def test_every_address_has_a_feed_that_can_be_read(get: Get, slug: str) -> None:
    for ending in (".ics", ".paminn.ics"):
        calendar = Calendar.from_ical(get(f"/adress/{slug}{ending}").content)
        assert [fault for part in calendar.walk() for fault in part.errors] == []
