"""Can the staff say what deviates, see what it changes before it does, and take it back?"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from tests import town
from tests.staff import asking
from tests.staff.asking import MOVED, NEW
from wastecal import answers
from wastecal.core.overrides import Kind
from wastecal.models import Edit, Override
from wastecal.staff.roles import Role

ClientOf = Callable[..., Client]


@pytest.fixture
def publisher(client_of: ClientOf) -> Client:
    return client_of(Role.PUBLISH)


def live() -> list[Any]:
    return [row.to_core() for row in Override.objects.filter(ended_edit=None, edit__gt=1).order_by("pk")]


def days_of(slug: str = town.H1) -> list[tuple[date, str]]:
    found = answers.for_address(slug, town.TODAY)
    assert found
    return [(row.date, row.status.value) for row in found.pickups]


def test_the_form_asks_at_most_six_questions(publisher: Client) -> None:
    page = asking.page_of(publisher.get(NEW))
    assert page.status == 200
    assert page.html.count("__legend--m") + page.html.count("govuk-label--m") == 6


def test_nothing_is_written_before_it_is_published(publisher: Client) -> None:
    page = asking.check(publisher, MOVED)
    assert (page.status, Edit.objects.count()) == (200, 1)
    assert "3 adresser" in page.text
    assert "4 tömningar" in page.text


def test_a_published_move_moves_the_day_and_says_what_was_done(publisher: Client) -> None:
    receipt = asking.receipt(publisher)
    assert (date(2026, 11, 27), "moved") in days_of()
    assert (
        "Flyttat från torsdag 26 november 2026 till fredag 27 november 2026: Holmby norra (H1)"
        in receipt.text
    )
    assert "3 adresser" in receipt.text


def test_it_is_undone_from_the_receipt(publisher: Client) -> None:
    before = days_of()
    receipt = asking.receipt(publisher)
    assert days_of() != before
    undo = "/personal/historik/angra/"
    assert f"{undo}?edit_undone=2" in receipt.html
    checked = asking.page_of(publisher.get(f"{undo}?edit_undone=2"))
    assert "3 adresser" in checked.text
    asking.step(publisher, checked, "publish", undo)
    assert days_of() == before
    assert Edit.objects.count() == 3


def test_a_single_deviation_is_withdrawn_from_the_list(publisher: Client) -> None:
    before = days_of()
    asking.publish(publisher)
    page = asking.page_of(publisher.get("/personal/avvikelser/"))
    url = "/personal/avvikelser/ta-tillbaka/"
    assert f"{url}?key=2.1" in page.html
    checked = asking.page_of(publisher.get(f"{url}?key=2.1"))
    asking.step(publisher, checked, "publish", url)
    assert days_of() == before


def event_of(client: Client) -> tuple[str, date, int]:
    """Name, day and SEQUENCE of the one added collection in the feed."""
    feed: Any = Calendar.from_ical(client.get(f"/adress/{town.H1}.ics").content)
    (found,) = (event for event in feed.walk("VEVENT") if not event["UID"].startswith("202"))
    return str(found["UID"]), found.decoded("DTSTART"), int(found["SEQUENCE"])


def test_an_extra_collection_that_is_moved_and_taken_back_is_the_same_event(publisher: Client) -> None:
    extra = {"what": "add", "day": "2026-12-15", "who": "some", "whom": "H1", "containers": "karl-1"}
    closed = {"what": "close", "day": "2026-12-15", "new_day": "2026-12-16", "who": "everyone"}
    seen = []
    for asked in (extra, closed, {"edit_undone": "3"}, {"edit_undone": "4"}):
        asking.publish(publisher, asked, "/personal/historik/angra/" if "edit_undone" in asked else NEW)
        seen.append(event_of(publisher))
    name = f"2.1.karl-1.{town.H1}@holmby.example"
    assert seen == [(name, date(2026, 12, day), number) for number, day in enumerate((15, 16, 15, 16), 2)]


FAULTS = [
    ({"what": ""}, "Välj vad som händer."),
    ({"day": ""}, "Skriv vilken dag det gäller."),
    ({"day": "imorgon"}, "Skriv dagen så här: 2026-12-24."),
    ({"day": "1026-11-26"}, "Välj en dag den senaste månaden eller de närmaste två åren."),
    ({"new_day": ""}, "Skriv vilken dag den kommer i stället."),
    ({"new_day": "2026-11-26"}, "Det är samma dag. Skriv en annan."),
    ({"what": "cancel"}, "Lämna tomt: bara det som flyttas har en ny dag."),
    ({"new_day_until": "2026-11-27"}, "Skriv en dag inom två veckor efter den nya dagen."),
    ({"who": ""}, "Välj för vem."),
    ({"whom": ""}, "Skriv minst en zon, gata eller adress, eller välj alla."),
    ({"whom": "H9"}, "Det finns ingen zon, gata eller adress ”H9”."),
    ({"whom": "Storgatan 77"}, "Det finns ingen ”Storgatan 77”. Menade du"),
    ({"containers": "karl-9"}, "Välj bland de kärl som finns."),
    ({"reason_sv": "=cmd()"}, "Börja med en bokstav"),
    ({"reason": "weather", "reason_sv": "Halka"}, "Välj ett skäl i listan eller skriv ett eget, inte båda."),
    ({"reason_en": "Ice"}, "Skriv det på det här språket också"),
    ({"whom": "Storgatan 1", "reason_sv": "Familjen är bortrest"}, "För en enskild adress"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "said"), FAULTS)
def test_a_fault_is_said_beside_its_field_and_nothing_typed_is_lost(
    publisher: Client, wrong: dict[str, str], said: str
) -> None:
    asked = {**MOVED, "reason_sv": "", **wrong}
    page = asking.check(publisher, asked)
    assert page.status == 400
    assert page.text.count(said) == 2  # on top and beside the field
    assert Edit.objects.count() == 1
    typed = asked["whom"] or asked["new_day"]
    assert typed in page.text or typed in page.html


WHOM = [
    ("H1", ["zone:H1"]),
    ("h1, zon H2", ["zone:H1", "zone:H2"]),
    ("Holmby norra", ["zone:H1"]),
    ("Storgatan", ["street:holmby/storgatan"]),
    ("storgatan, Holmby", ["street:holmby/storgatan"]),
    ("Storgatan 12 b", ["address:holmby/storgatan/12b"]),
    ("Storgatan 1, Holmby; Ängavägen", ["address:holmby/storgatan/1", "street:holmby/angavagen"]),
    ("H2\nStorgatan 1\n\n", ["zone:H2", "address:holmby/storgatan/1"]),
]


@pytest.mark.parametrize(("typed", "scopes"), WHOM)
def test_zones_streets_and_addresses_are_understood_as_people_write_them(
    publisher: Client, typed: str, scopes: list[str]
) -> None:
    asking.publish(publisher, {**MOVED, "whom": typed})
    assert [row.scope for row in live()] == scopes


def test_what_is_chosen_is_what_is_written(publisher: Client) -> None:
    asked = {
        **MOVED,
        "who": "everyone",
        "containers": ["karl-1", "tradgard"],
        "new_day_until": "2026-11-28",
        "reason_sv": "Halka",
        "reason_en": "Icy roads",
    }
    asking.publish(publisher, asked)
    [row] = live()
    assert (row.kind, row.scope, row.containers) == (Kind.MOVE, "everyone", ("karl-1", "tradgard"))
    assert (row.date, row.new_date, row.new_date_until) == (
        date(2026, 11, 26),
        date(2026, 11, 27),
        date(2026, 11, 28),
    )
    assert row.reason.pairs == (("sv", "Halka"), ("en", "Icy roads"))


def test_a_change_that_nobody_would_see_is_said_to_be_one(publisher: Client) -> None:
    page = asking.check(publisher, {**MOVED, "day": "2026-12-02"})
    assert "Ingen adress får något annat besked." in page.text


def test_going_back_to_change_something_keeps_what_was_filled_in(publisher: Client) -> None:
    checked = asking.check(publisher, {**MOVED, "containers": ["karl-1"], "reason_sv": "Is & snö"})
    form = asking.page_of(asking.step(publisher, checked, "change"))
    assert form.status == 200
    assert 'value="2026-11-27"' in form.html
    assert 'value="karl-1" checked' in form.html
    assert 'value="Is &amp; snö"' in form.html


def test_the_text_to_send_is_there_in_both_languages(publisher: Client) -> None:
    receipt = asking.receipt(publisher, {**MOVED, "reason": "weather"})
    assert "hämtas i stället fredag 27 november 2026" in receipt.text
    assert "is collected on Friday 27 November 2026 instead" in receipt.text
