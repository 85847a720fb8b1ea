"""Does evidence against a rule in force lower what is shown as certain, once, and never at one word?"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests import town
from wastecal import answers, edits, inference, models, undoing
from wastecal.core.evidence import Evidence, Source
from wastecal.core.recurrence import Provenance
from wastecal.management import console

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2026, 9, 2)
"""Zone H1 has Thursdays; these are of other days."""
PAGE = f"/adress/{town.H1}/"


@pytest.fixture(autouse=True)
def _holmby(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    monkeypatch.setattr(console, "now", lambda: town.NOON)
    monkeypatch.setattr(console, "today", lambda: town.TODAY)
    town.load(town.directory(rules=[town.rule("zone:H1", "01-08"), *town.RULES[1:]]))


def keep(rows: Iterable[Evidence]) -> None:
    edits.observe(map(models.Evidence.of, rows))


def seen(count: int, sending: str = "", source: Source = Source.RESIDENT, late: int = 0) -> list[Evidence]:
    days = (WEDNESDAY + timedelta(days=14 * place + late) for place in range(count))
    row = Evidence(WEDNESDAY, "Holmby", "Storgatan", "", "karl-1", source=source, sending=sending)
    return [replace(row, date=day) for day in days]


def two_people() -> list[Evidence]:
    return [*seen(3, "a"), *seen(4, "b"), *seen(5, "c")]


def doubt() -> int:
    """The number of the newest Edit after it."""
    call_command("reconstruct", "--doubt", verbosity=0)
    answers.forget()
    return models.Edit.objects.latest("number").number


def undo(number: int) -> None:
    undoing.undo(number, "Test", town.NOON)
    answers.forget()


def certainties(client: Client) -> set[tuple[str, bool]]:
    """(certainty, tentative) of what is to come for Kärl 1, by the JSON."""
    told = json.loads(client.get(f"/adress/{town.H1}.json").content)
    ahead = [row for row in told["pickups"] if row["container"] == "karl-1" and row["date"] > "2026-11-23"]
    return {(row["certainty"], row["tentative"]) for row in ahead}


def statuses(client: Client) -> set[str]:
    """What the feed says of the days to come of Kärl 1."""
    feed = icalendar.Calendar.from_ical(client.get(f"/adress/{town.H1}.ics").content)
    return {
        str(event.get("STATUS"))
        for event in feed.walk("VEVENT")
        if "Kärl 1" in str(event["SUMMARY"]) and event.decoded("DTSTART") > town.TODAY
    }


def test_certain_days_become_uncertain_on_the_page_in_the_feed_and_as_json(client: Client) -> None:
    assert certainties(client) == {("confirmed", False)}
    assert "CONFIRMED" in statuses(client)
    before = client.get(PAGE).content.decode()
    keep(two_people())
    assert doubt() == 2
    assert certainties(client) == {("reconstructed", True)}
    assert statuses(client) == {"TENTATIVE"}
    after = client.get(PAGE).content.decode()
    assert "osäker" not in before.casefold()
    assert "osäker" in after.casefold()


def test_what_was_stays_as_it_was(client: Client) -> None:
    keep(two_people())
    doubt()
    answer = answers.for_address(town.H1, town.TODAY)
    assert answer
    past = [row for row in answer.pickups if row.container == "karl-1" and row.date < town.TODAY]
    assert {row.certainty for row in past} <= {Provenance.CONFIRMED}


def test_one_unknown_person_unsettles_nothing() -> None:
    keep(seen(6, "a"))
    assert inference.doubting.doubtful(town.TODAY) == ()
    assert doubt() == 1


@pytest.mark.parametrize("source", [Source.DRIVER, Source.VEHICLE, Source.INVOICE, Source.STAFF, Source.SMS])
def test_one_source_that_is_no_resident_is_enough(source: Source) -> None:
    keep(seen(4, source=source))
    assert doubt() == 2


def test_a_pasted_text_message_is_the_word_of_a_resident() -> None:
    keep(seen(6, "a", Source.SMS))
    assert doubt() == 1


def test_records_that_agree_make_no_doubt() -> None:
    keep([*seen(5, "a", late=1), *seen(5, "b", late=1), *seen(1, "c")])
    assert doubt() == 1


def test_twice_makes_one_edit() -> None:
    keep(two_people())
    assert (doubt(), doubt()) == (2, 2)


def test_what_was_undone_is_not_made_again_without_news(client: Client) -> None:
    keep(two_people())
    undo(doubt())
    assert certainties(client) == {("confirmed", False)}
    assert doubt() == 3
    keep(seen(6, "d"))
    assert doubt() == 4


def test_what_staff_reject_is_not_shown_as_uncertain() -> None:
    keep(two_people())
    report = inference.report(inference.By.ZONE, town.TODAY)
    assert report
    item = next(row for row in report.items if (row.scope, row.container) == ("zone:H1", "karl-1"))
    best = item.possibilities[0].candidate
    models.Rejection.objects.create(
        scope="zone:H1",
        container="karl-1",
        interval=best.interval,
        phase=best.phase,
        why="Fel",
        newest=inference.newest(),
        made_at=town.NOON,
    )
    assert doubt() == 1
    keep(seen(6, "d"))
    assert doubt() == 2


def test_the_edit_says_what_it_does_in_the_towns_language() -> None:
    keep(two_people())
    doubt()
    said = models.Edit.objects.latest("number").summary
    assert said == "Inte längre säkert: Kärl 1, Holmby norra (H1), torsdag varannan vecka"


def test_a_guess_that_is_told_as_certain_is_doubted_too() -> None:
    guess = town.rule("zone:H1", "01-08", provenance=Provenance.RECONSTRUCTED, probability=0.97)
    town.load(town.directory(rules=[guess, *town.RULES[1:]]), remove=True)
    keep(seen(4, source=Source.VEHICLE))
    before = models.Edit.objects.latest("number").number
    assert doubt() == before + 1


def test_what_was_confirmed_and_is_over_displaces_no_guess(client: Client) -> None:
    keep(seen(4, source=Source.VEHICLE))
    number = doubt()
    report = inference.report(inference.By.ZONE, town.TODAY)
    assert report
    assert not any(
        row.confirmed for row in report.items if (row.scope, row.container) == ("zone:H1", "karl-1")
    )
    edit = inference.adopt(report, 0.9, "Test", town.NOON)
    assert edit
    assert edit.number == number + 1
    answers.forget()
    assert ("reconstructed", False) in certainties(client)


def test_what_is_shown_by_itself_is_named_until_it_is_undone() -> None:
    keep(two_people())
    number = doubt()
    assert [(row.scope, row.edit) for row in inference.doubting.by_themselves()] == [("zone:H1", number)]
    undo(number)
    assert inference.doubting.by_themselves() == ()
