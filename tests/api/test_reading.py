"""Does the API answer as the pages do, with validators, in its language, and to every site's script?"""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from tests import town
from tests.api.conftest import Get
from wastecal import answers
from wastecal.api import throttling

pytestmark = pytest.mark.usefixtures("holmby")

ADDRESS = "addresses/holmby/storgatan/1"
PICKUPS = f"{ADDRESS}/pickups"
PATHS = (
    *("", "addresses", "addresses?q=storg", ADDRESS, PICKUPS, f"{PICKUPS}?from=2026-11-01&to=2027-01-01"),
    *("zones", "containers", "notices", "overrides", "edits", "edits?after=0&wait=1", "zones?lang=en"),
)
LATER = town.NOON + timedelta(hours=1)


def more(**changes: Any) -> None:
    assert town.load(town.directory(**changes), LATER)


def test_the_pickups_are_the_json_of_the_page(get: Get, client: Client) -> None:
    for slug in town.SLUGS:
        for lang, prefix in (("sv", ""), ("en", "/en")):
            asked = get(f"addresses/{slug}/pickups?lang={lang}")
            assert asked.content == client.get(f"{prefix}/adress/{slug}.json").content


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_json_with_its_headers_and_no_cookie(get: Get, path: str) -> None:
    found = get(path)
    assert (found.status_code, found["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert found["ETag"].startswith('W/"')
    assert found["Access-Control-Allow-Origin"] == "*"
    assert found["Content-Language"] == ("en" if "lang=en" in path else "sv")
    assert not found.cookies
    assert "Cookie" not in found.headers.get("Vary", "")


@pytest.mark.parametrize("path", PATHS)
def test_what_the_client_has_is_not_sent_again(get: Get, path: str) -> None:
    tag = get(path)["ETag"]
    again = get(path, if_none_match=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


@pytest.mark.parametrize("path", [path for path in PATHS if path])
def test_an_edit_for_everyone_changes_every_validator_but_that_of_the_address(get: Get, path: str) -> None:
    tag = get(path)["ETag"]
    more(overrides=(*town.OVERRIDES, town.override("cancel", "12-10")))
    assert (get(path)["ETag"] != tag) or path == ADDRESS


def test_an_edit_for_others_leaves_the_pickups_alone(get: Get) -> None:
    tag = get(PICKUPS)["ETag"]
    more(overrides=(*town.OVERRIDES, town.override("cancel", "12-10", scope="zone:H2")))
    assert get(PICKUPS, if_none_match=tag).status_code == 304


def test_a_new_zone_changes_the_address(get: Get) -> None:
    before = get(ADDRESS)
    more(addresses=(replace(town.ADDRESSES[0], zone="H2"), *town.ADDRESSES[1:]))
    after = get(ADDRESS, if_none_match=before["ETag"])
    assert (before.json()["zone"], after.json()["zone"]) == ("H1", "H2")


def test_head_has_the_same_headers_and_no_body(client: Client) -> None:
    for path in PATHS:
        head, whole = client.head(f"/api/v1/{path}"), client.get(f"/api/v1/{path}")
        assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])


def test_the_cookies_and_wishes_of_a_browser_do_not_matter(get: Get) -> None:
    found = get("zones", cookie="django_language=en", accept_language="en", accept="text/html")
    assert (found.content, found["Content-Language"]) == (get("zones").content, "sv")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_writing_is_closed_and_no_other_site_is_let_in(client: Client, method: str) -> None:
    for path in ("", "zones", "addresses", ADDRESS, "edits", "containers"):
        found = getattr(client, method)(f"/api/v1/{path}", headers={"Origin": "https://evil.example"})
        assert (found.status_code, found["Content-Type"]) == (405, "application/problem+json")
        assert set(found["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
        assert "Access-Control-Allow-Origin" not in found


def test_a_script_may_ask_whether_it_has_the_newest_and_nothing_more(client: Client) -> None:
    asked = {"Origin": "https://x.example", "Access-Control-Request-Headers": "if-none-match"}
    found = client.options(f"/api/v1/{PICKUPS}", headers=asked)
    assert (found.status_code, found["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")
    assert "If-None-Match" in found["Access-Control-Allow-Headers"]
    assert "Authorization" not in found["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in found


def test_a_span_can_be_five_years_and_no_longer(get: Get) -> None:
    found = get(f"{PICKUPS}?from=2026-11-23&to=2031-11-23")
    assert found.json()["span"] == {"from": "2026-11-23", "to": "2031-11-23"}
    assert len(found.json()["pickups"]) > 190
    assert get(f"{PICKUPS}?from=2026-11-23&to=2031-11-26").status_code == 422


def test_one_end_of_a_span_is_enough(get: Get) -> None:
    for query in ("from=2026-12-01", "to=2026-12-01", "from=2040-01-01", "to=2001-02-01", "from=2099-12-31"):
        assert get(f"{PICKUPS}?{query}").status_code == 200, query


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        (f"{PICKUPS}?from=2026-13-01", 400, "from"),
        (f"{PICKUPS}?from=20261101", 400, "from"),
        (f"{PICKUPS}?from=2026-11-01%0A", 400, "from"),
        (f"{PICKUPS}?from=1926-11-01", 400, "from"),
        (f"{PICKUPS}?to=2027-02-29", 422, "to"),
        (f"{PICKUPS}?from=2026-11-02&to=2026-11-02", 422, "to"),
        (f"{PICKUPS}?from=2026-11-02&from=2026-11-03", 400, "from"),
        ("addresses?limit=0", 400, "limit"),
        ("addresses?limit=101", 400, "limit"),
        ("addresses?limit=+5", 400, "limit"),
        ("addresses?limit=%D9%A1", 400, "limit"),
        ("addresses?q=" + "a" * 201, 400, "q"),
        ("addresses?cursor=%00", 400, "cursor"),
        ("addresses?cursor=abc", 422, "cursor"),
        ("addresses?cursor=W10", 422, "cursor"),
        ("overrides?cursor=WzFd", 422, "cursor"),
        ("edits?after=-1", 400, "after"),
        ("edits?after=99999999999", 400, "after"),
        ("edits?wait=31", 400, "wait"),
        ("zones?lang=de", 422, "lang"),
        ("zones?lang=%3Cb%3E", 400, "lang"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_that_a_person_understands(
    get: Get, query: str, status: int, parameter: str
) -> None:
    found = get(query)
    told = found.json()
    assert (found.status_code, found["Content-Type"]) == (status, "application/problem+json")
    assert (told["status"], told["parameter"]) == (status, parameter)
    assert told["type"].startswith("urn:wastecal:problem:")
    assert parameter in told["detail"] or "fem år" in told["detail"]
    assert told["detail"].endswith(".")
    assert found["Cache-Control"] == "no-store"
    assert found["Access-Control-Allow-Origin"] == "*"


def test_problems_are_told_in_the_language_of_the_question(get: Get) -> None:
    swedish, english = get("addresses?limit=x"), get("addresses?limit=x&lang=en")
    assert swedish.json()["detail"] == "limit är ett heltal från 1 till 100."
    assert swedish.json()["title"] == "Frågan går inte att läsa"
    assert english.json()["detail"] == "limit is a whole number from 1 to 100."
    assert english.json()["title"] == "The question cannot be read"
    assert get("addresses/a/b/1?lang=en").json()["detail"] == "There is no such address here."


@pytest.mark.parametrize(
    "path", ["x", "addresses/", "addresses/a", "addresses/A/b/1", "zones/", "%0A", "é%00"]
)
def test_what_is_not_there_is_a_problem_too(get: Get, path: str) -> None:
    found = get(path)
    assert (found.status_code, found["Content-Type"]) == (404, "application/problem+json")


def test_a_forgotten_slash_leads_on(client: Client) -> None:
    for path in ("/api/v1", "/api/v1/schema", "/api/v1/docs"):
        assert client.get(path)["Location"] == f"{path}/"


def test_more_parameters_than_anybody_needs_are_refused(get: Get) -> None:
    found = get("zones?" + "&".join(f"x{number}=1" for number in range(1001)))
    assert (found.status_code, found["Content-Type"]) == (400, "application/problem+json")


def test_before_anything_is_loaded_that_is_said(get: Get) -> None:
    town.empty()
    for path in PATHS:
        found = get(path)
        assert (found.status_code, found["Content-Type"]) == (503, "application/problem+json")


def test_without_a_database_the_client_is_asked_to_come_back(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(answers, "newest_edit", gone)
    found = get("zones")
    assert (found.status_code, found["Retry-After"]) == (503, "60")
    assert "gone" not in found.content.decode()


def test_whoever_asks_very_often_is_told_the_limit_and_when_to_come_back(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttling, "LIMIT", 5)
    monkeypatch.setattr(throttling, "COUNTS", throttling.Counts())
    monkeypatch.setattr("wastecal.surface.seconds", lambda: 120.0)
    found = [get("zones") for _ in range(6)]
    assert [answer.status_code for answer in found] == [200] * 5 + [429]
    assert [answer["RateLimit"] for answer in found[:2]] == ['"reading";r=4;t=60', '"reading";r=3;t=60']
    assert (found[5]["Retry-After"], found[5]["RateLimit-Policy"]) == ("60", '"reading";q=5;w=60')
    assert "fler än 5 frågor" in found[5].json()["detail"]
    assert get("zones", x_forwarded_for="1.2.3.4").status_code == 429
    monkeypatch.setattr("wastecal.surface.seconds", lambda: 180.0)
    assert get("zones").status_code == 200


def test_other_callers_have_counts_of_their_own(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = throttling.Counts()
    assert [counts.count("1.1.1.1", 1.0, 1).over for _ in range(2)] == [False, True]
    assert not counts.count("1.1.1.2", 1.0, 1).over


def test_the_rules_of_the_old_name_hold_for_a_renamed_address(get: Get) -> None:
    more(addresses=(replace(town.ADDRESSES[0], street="Kungsgatan"), *town.ADDRESSES[1:]))
    old, new = get(ADDRESS).json(), get("addresses/holmby/kungsgatan/1").json()
    assert old == new
    assert (new["slug"], new["street"]) == ("holmby/storgatan/1", "Kungsgatan")


def test_links_lead_to_the_same_address_in_the_same_language(get: Get, client: Client) -> None:
    for lang in ("sv", "en"):
        links = get(f"{ADDRESS}?lang={lang}").json()["links"]
        for url in links.values():
            found = client.get(url.removeprefix("http://testserver"))
            assert (found.status_code, found["Content-Language"]) == (200, lang)


def test_overrides_and_notices_are_those_that_stand_on_the_days_asked_about(get: Get) -> None:
    more(overrides=town.OVERRIDES[1:])
    kinds = [row["kind"] for row in get("overrides").json()["results"]]
    assert kinds == ["cancel", "delay", "add"]
    december = get("overrides?from=2026-12-01").json()["results"]
    assert december == []
    assert len(get("overrides?to=2026-11-27").json()["results"]) == 2
    shown = get("notices?from=2026-11-28&to=2026-12-01").json()["results"]
    assert [row["text"] for row in shown] == ["Alla dagar är påhittade."]


def test_a_reason_is_said_in_words_and_in_the_language_of_the_question(get: Get) -> None:
    told = {
        lang: [row["reason"] for row in get(f"overrides?lang={lang}").json()["results"] if row["reason"]]
        for lang in ("sv", "en")
    }
    assert told == {"sv": ["vägarbete"], "en": ["roadworks"]}


def test_edits_tell_what_changed_and_for_whom(get: Get) -> None:
    rules = [*town.RULES, town.rule("address:holmby/storgatan/1", "11-25", "FREQ=WEEKLY")]
    more(rules=rules)
    (edit,) = get("edits?after=1").json()["results"]
    assert edit["number"] == 2
    assert edit["changed"] == [{"table": "rules", "begun": 1, "ended": 0}]
    assert edit["scopes"] == ["address:holmby/storgatan/1"]
    assert datetime.fromisoformat(edit["at"]) == LATER


def test_an_edit_that_bears_on_everyone_names_nobody(get: Get) -> None:
    more(overrides=(*town.OVERRIDES, town.override("cancel", "12-10")))
    assert get("edits?after=1").json()["results"][0]["scopes"] is None
    assert get("edits").json()["results"][0]["scopes"] is None


def test_edits_come_page_by_page(get: Get, client: Client) -> None:
    for number in range(4):
        more(overrides=(*town.OVERRIDES, town.override("cancel", f"12-1{number}")))
    seen, path = [], "/api/v1/edits?limit=2"
    while path:
        page = client.get(path).json()
        seen += [row["number"] for row in page["results"]]
        path = (page["next"] or "").removeprefix("http://testserver")
    assert seen == [1, 2, 3, 4, 5]
    assert json.dumps(page["newest"]) == "5"


def test_the_next_day_changes_no_validator_of_the_pickups(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = get(PICKUPS)["ETag"]
    monkeypatch.setattr(timezone, "now", lambda: town.NOON + timedelta(days=1))
    assert get(PICKUPS, if_none_match=tag).status_code == 304
