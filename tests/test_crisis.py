"""Is a town served that knows nothing but its addresses, and does each thing it learns find its place?"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import surfaces, town
from wastecal import answers
from wastecal.core import ics
from wastecal.core.answer import Answer, Known
from wastecal.core.recurrence import Provenance
from wastecal.importing import loading
from wastecal.management.commands.load import described

pytestmark = pytest.mark.django_db

SLUG = town.H1
ZONED = [row for row in town.ADDRESSES if row.zone == "H1"]
GUESSES = [
    town.guess(0.97, "zone:H1", "11-24"),
    town.guess(0.7, "zone:H1", "12-01", rrule=town.MONTHLY, container="karl-2"),
]
PRINTED = [town.rule("zone:H1", "11-26"), town.rule("zone:H1", "12-01", town.MONTHLY, container="karl-2")]


@pytest.fixture(autouse=True)
def _on_23_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)


def first_day() -> None:
    town.load(town.crisis(), town.NOON)


def a_week_later() -> None:
    """The zones are known again, and rules that old text messages gave."""
    town.load(learnt(GUESSES), town.NOON + timedelta(days=7))


def when_the_contractor_answers() -> None:
    town.load(learnt([*GUESSES, *PRINTED]), town.NOON + timedelta(days=14))


def learnt(rules: Iterable[Any]) -> Any:
    return town.crisis(zones=town.ZONES, addresses=town.ADDRESSES, rules=rules)


def asked(slug: str = SLUG) -> Answer:
    found = answers.for_address(slug, town.TODAY)
    assert found is not None
    return found


def names(found: Answer) -> dict[str, tuple[str, date | None]]:
    """By UID: what the event is, its container and the rule's date."""
    return {ics.uid(found, row): (row.container, row.nominal) for row in found.pickups}


def test_the_first_day_gives_intervals_and_no_dates() -> None:
    first_day()
    found = asked()
    assert found.pickups == ()
    assert [row.known for row in found.standings] == [Known.INTERVAL_ONLY] * 2


@pytest.mark.parametrize(("lang", "words", "whom"), [
    ("sv", "Kärl 1 töms varannan vecka; dagen är ännu okänd.", "Holmby Direkt"),
    ("en", "Bin 1 is emptied every other week; the day is not known yet.", "Holmby Direkt"),
])  # fmt: skip
def test_every_surface_says_what_is_known_and_whom_to_ask(
    client: Client, lang: str, words: str, whom: str
) -> None:
    first_day()
    base = f"{surfaces.prefix(lang)}/adress/{SLUG}"
    page = client.get(f"{base}/").content.decode()
    feed = (
        client.get(f"{base}.ics")
        .content.decode()
        .replace("\r\n ", "")
        .replace("\\;", ";")
        .replace("\\,", ",")
    )
    for text in (page, feed, surfaces.text_of_command(SLUG, lang, town.TODAY)):
        assert words in text
        assert whom in text
        assert "040-42 50 00" in text


def test_the_json_says_what_is_known(client: Client) -> None:
    first_day()
    found = client.get(f"/adress/{SLUG}.json").json()
    assert [(row["known"], row["interval"]) for row in found["containers"]] == [
        ("interval_only", "varannan vecka"),
        ("interval_only", "var fjärde vecka"),
    ]
    assert found["pickups"] == []


def test_a_feed_without_pickups_is_still_a_calendar(client: Client) -> None:
    first_day()
    feed = client.get(f"/adress/{SLUG}.ics").content
    assert b"BEGIN:VTIMEZONE" in feed
    assert b"BEGIN:VEVENT" not in feed


def test_a_block_of_flats_is_told_to_ask_its_association(client: Client) -> None:
    first_day()
    page = client.get("/adress/holmby/parkgatan/1/").content.decode()
    feed = client.get("/adress/holmby/parkgatan/1.ics").content.decode().replace("\r\n ", "")
    for text in (page, feed, surfaces.text_of_command("holmby/parkgatan/1", "sv", town.TODAY)):
        assert "förening" in text


def test_search_and_browsing_work_on_the_first_day(client: Client) -> None:
    first_day()
    for path in ("/", "/adresser/", "/adresser/holmby/", "/adresser/holmby/storgatan/", "/om/"):
        assert client.get(path).status_code == 200, path
    assert client.get("/?q=storg 1 holmby").headers["Location"] == f"/adress/{SLUG}/"


def test_a_week_later_guesses_give_dates_that_say_they_are_guesses() -> None:
    first_day()
    a_week_later()
    found = asked()
    assert {row.certainty for row in found.pickups} == {Provenance.RECONSTRUCTED}
    assert {(row.container, row.tentative) for row in found.pickups} == {("karl-1", False), ("karl-2", True)}


def test_the_printed_list_displaces_the_guesses_and_the_plan_says_so() -> None:
    first_day()
    a_week_later()
    plan = "\n".join(described(loading.preview(learnt([*GUESSES, *PRINTED]))))
    assert "zone:H1 karl-1: FREQ=WEEKLY;INTERVAL=2 (reconstructed 97%)" in plan
    when_the_contractor_answers()
    assert {row.certainty for row in asked().pickups} == {Provenance.CONFIRMED}
    assert {row.date.weekday() for row in asked().pickups if row.container == "karl-1"} == {3}


def test_no_name_is_ever_used_for_something_else_and_those_that_stay_keep_theirs() -> None:
    seen: dict[str, tuple[str, date | None]] = {}
    for step in (first_day, a_week_later, when_the_contractor_answers):
        step()
        for row in ZONED:
            for uid, what in names(asked(row.slug)).items():
                assert seen.setdefault(uid, what) == what
    # Kärl 2's guess was right: its events are the same ones, now confirmed.
    kept = {what: uid for uid, what in names(asked()).items() if what[0] == "karl-2"}
    assert kept == {what: uid for uid, what in seen.items() if what in kept and SLUG + "@" in uid}


def test_the_events_of_a_guess_that_was_right_rise_in_number_and_lose_their_doubt(client: Client) -> None:
    first_day()
    a_week_later()
    before = {row.nominal: row for row in asked().pickups if row.container == "karl-2"}
    when_the_contractor_answers()
    after = {row.nominal: row for row in asked().pickups if row.container == "karl-2"}
    assert before.keys() == after.keys()
    assert {row.sequence for row in before.values()} == {2}
    assert {(row.sequence, row.tentative) for row in after.values()} == {(3, False)}
