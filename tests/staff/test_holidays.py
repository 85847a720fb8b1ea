"""Can the staff decide a year's holidays, see what the year becomes, and never change one that has been?"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests import town
from tests.staff import asking
from wastecal import answers, edits
from wastecal.core.shifts import Shift
from wastecal.core.spans import Span
from wastecal.edits import Write
from wastecal.models import Edit, Override
from wastecal.models import Shift as ShiftRow
from wastecal.staff.roles import Role

URL = "/personal/helger/bestam/"
ClientOf = Callable[..., Client]
ASCENSION, CHRISTMAS_EVE = "2027-05-06", "2027-12-24"

PAST = Span(date(2022, 1, 1), date(2026, 11, 23))


@pytest.fixture
def holmby(db: None) -> None:
    """Holmby in a turn of weeks in which both containers of H1 come on Ascension Day 2027."""
    rules = (town.rule("zone:H1", "12-03"), town.rule("zone:H1", "12-17", town.MONTHLY, container="karl-2"))
    town.load(town.directory(rules=(*rules, *town.RULES[2:])))


@pytest.fixture
def publisher(client_of: ClientOf) -> Client:
    return client_of(Role.PUBLISH)


def asked(**more: str) -> dict[str, Any]:
    return {"year": "2027", "everything": "", "decided": "yes"} | {
        name.replace("__", "_").replace("ascension", ASCENSION): value for name, value in more.items()
    }


def live() -> list[Shift]:
    rows = ShiftRow.values_of(ShiftRow.objects.filter(ended_edit=None).order_by("pk"))
    return [replace(row, edit=0) for row in rows]


def days_of(slug: str = town.H1, span: Span | None = None) -> dict[Any, Any]:
    found = answers.for_address(slug, town.TODAY, span or Span(date(2027, 1, 1), date(2028, 2, 1)))
    assert found
    return {
        row.nominal: (row.date, row.date_until, row.status.value, row.preliminary) for row in found.pickups
    }


def everything_in(span: Span) -> list[Any]:
    return [days_of(slug, span) for slug in town.SLUGS]


def test_the_first_page_says_what_the_policy_does_to_each_holiday(publisher: Client) -> None:
    page = asking.page_of(publisher.get("/personal/helger/?year=2026"))
    assert page.status == 200
    assert page.html.count('class="held"') == 18
    assert "Julafton torsdag 24 december 2026 torsdag 24 december → onsdag 23 december" in page.text
    assert "Juldagen fredag 25 december 2026 Töms som vanligt" in page.text


def test_the_next_year_that_is_not_decided_is_offered_first(publisher: Client) -> None:
    assert "Helger 2027" in asking.page_of(publisher.get("/personal/helger/")).text
    assert 'name="year" value="2027"' in asking.page_of(publisher.get(URL)).html


def test_nothing_counts_before_it_is_published(publisher: Client) -> None:
    before = live(), everything_in(Span(date(2026, 1, 1), date(2028, 2, 1)))
    page = asking.check(publisher, asked(move__ascension="next_weekday"), URL)
    assert (page.status, Edit.objects.count()) == (200, 1)
    assert before == (live(), everything_in(Span(date(2026, 1, 1), date(2028, 2, 1))))
    assert "Så skulle 2027 bli" in page.text


def test_publishing_moves_the_day_and_decides_the_year_in_one_edit(publisher: Client) -> None:
    assert days_of()[date(2027, 5, 6)] == (date(2027, 5, 6), None, "planned", True)
    receipt = asking.receipt(publisher, asked(move__ascension="next_weekday"), URL)
    assert "Helgerna 2027 bestämda: Kristi himmelsfärdsdag" in receipt.text
    assert "fredag 7 maj 2027 i stället för torsdag 6 maj 2027" in receipt.text
    assert days_of()[date(2027, 5, 6)] == (date(2027, 5, 7), None, "shifted", False)
    now = answers.town()
    assert now
    assert now.holidays_decided_until == date(2028, 1, 10)
    assert Edit.objects.count() == 2


def test_every_entry_it_writes_is_for_one_year(publisher: Client) -> None:
    asking.publish(publisher, asked(everything="nearest_weekday"), URL)
    fresh = [row for row in live() if row not in town.SHIFTS]
    assert {year for row in fresh for year in row.years} == {2027, 2028}
    assert all(row.years for row in fresh)
    assert live()[-1] == town.SHIFTS[0]


def test_undoing_makes_the_year_preliminary_again(publisher: Client) -> None:
    before = live(), days_of()
    receipt = asking.receipt(publisher, asked(everything="next_weekday"), URL)
    assert "edit_undone=2" in receipt.html
    checked = asking.page_of(publisher.get("/personal/historik/angra/?edit_undone=2"))
    asking.step(publisher, checked, "publish", "/personal/historik/angra/")
    assert (live(), days_of()) == before


def test_a_year_that_has_been_is_refused(publisher: Client) -> None:
    page = asking.check(publisher, asked() | {"year": "2025", "everything": "none"}, URL)
    assert page.status == 400
    assert "Det året har varit. Det som har varit ändras aldrig." in page.text
    assert Edit.objects.count() == 1


def test_of_this_year_only_what_is_to_come_is_asked_for(publisher: Client) -> None:
    page = asking.page_of(publisher.get(URL + "?year=2026"))
    assert 'name="move_2026-12-24"' in page.html
    assert 'name="move_2026-11-01"' not in page.html
    assert 'name="move_2026-05-01"' not in page.html


@pytest.mark.parametrize("everything", ["none", "earlier_in_week", "saturday_before"])
def test_answers_of_years_that_have_been_stay(publisher: Client, everything: str) -> None:
    before = everything_in(PAST)
    for year in ("2026", "2027"):
        asking.publish(publisher, asked() | {"year": year, "everything": everything}, URL)
    assert everything_in(PAST) == before


def test_what_would_reach_back_into_days_that_have_been_is_refused(
    publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Thursday 24 December 2026 the week of Christmas Day may no longer begin a day earlier."""
    eve = date(2026, 12, 24)
    monkeypatch.setattr("wastecal.surface.today", lambda town_: eve)
    page = asking.check(
        publisher, {"year": "2026", "move_2026-12-25": "earlier_in_week", "decided": "no"}, URL
    )
    assert page.status == 400
    assert "Det skulle ändra dagar som har varit: måndag 21 december 2026." in page.text


def test_undoing_a_year_that_has_been_comes_too_late(
    publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking.publish(publisher, asked(move__ascension="next_weekday"), URL)
    before = days_of()
    monkeypatch.setattr("wastecal.surface.today", lambda town_: date(2028, 2, 1))
    page = asking.page_of(publisher.get("/personal/historik/angra/?edit_undone=2"))
    assert "Det skulle ändra dagar som har varit: torsdag 6 maj 2027." in page.text
    assert days_of() == before


def test_one_day_is_written_as_a_date(publisher: Client) -> None:
    asking.publish(publisher, asked(day__ascension="2027-05-08"), URL)
    assert days_of()[date(2027, 5, 6)][0] == date(2027, 5, 8)
    assert Shift("Kristi himmelsfärdsdag", "to:2027-05-08", (2027,)) in live()


def test_two_days_to_choose_from_are_a_window(publisher: Client) -> None:
    chosen = asked(day__ascension="2027-05-07", last__ascension="2027-05-08")
    receipt = asking.receipt(publisher, chosen, URL)
    assert "7 eller 8 maj 2027" in receipt.text
    assert days_of()[date(2027, 5, 6)] == (date(2027, 5, 7), date(2027, 5, 8), "moved", False)
    page = asking.page_of(publisher.get("/personal/helger/?year=2027"))
    assert "från torsdag 6 maj 2027 till 7 eller 8 maj 2027" in page.text


def test_a_window_does_not_take_along_what_comes_on_its_days_anyway(publisher: Client) -> None:
    other = "address:holmby/angavagen/6"
    edits.record(lambda: Write({"rules": [town.rule(other, "2027-05-07", "FREQ=WEEKLY")]}, {}), "", town.NOON)
    asking.publish(publisher, asked(day__ascension="2027-05-07", last__ascension="2027-05-08"), URL)
    assert days_of("holmby/angavagen/6")[date(2027, 5, 7)] == (date(2027, 5, 7), None, "planned", False)


def test_a_window_ends_when_the_holiday_is_decided_anew(publisher: Client) -> None:
    asking.publish(publisher, asked(day__ascension="2027-05-07", last__ascension="2027-05-08"), URL)
    asking.publish(publisher, asked(move__ascension="previous_weekday"), URL)
    assert days_of()[date(2027, 5, 6)] == (date(2027, 5, 5), None, "shifted", False)
    assert not Override.objects.filter(ended_edit=None, edit__gt=1).exists()


def test_another_contractor_does_otherwise(publisher: Client) -> None:
    asking.publish(publisher, asked(move__ascension="next_weekday"), URL)
    some = asked(move__ascension="previous_weekday") | {"zones": ["H1"], "containers": ["karl-2"]}
    receipt = asking.receipt(publisher, some, URL)
    assert "Helgerna 2027 ändrade: Kristi himmelsfärdsdag · Kärl 2 · Holmby norra (H1)" in receipt.text
    found = answers.for_address(town.H1, town.TODAY, Span(date(2027, 5, 1), date(2027, 5, 20)))
    assert found
    moved = {row.container: row.date for row in found.pickups if row.nominal == date(2027, 5, 6)}
    assert moved["karl-1"] == date(2027, 5, 7)
    page = asking.page_of(publisher.get("/personal/helger/?year=2027"))
    assert "Kärl 2 · Holmby norra (H1) : torsdag 6 maj → onsdag 5 maj" in page.text


def test_the_one_before_must_be_decided_first(publisher: Client) -> None:
    page = asking.check(publisher, asked() | {"year": "2028", "everything": "none"}, URL)
    assert page.status == 400
    assert "Helgerna 2027 är inte bestämda än." in page.text
    page = asking.check(publisher, asked() | {"year": "2028", "everything": "none", "decided": "no"}, URL)
    assert page.status == 200


FAULTS: list[tuple[Mapping[str, str], str]] = [
    (
        {"move_" + ASCENSION: "none", "day_" + ASCENSION: "2027-05-07"},
        "Välj i listan eller skriv en dag, inte",
    ),
    ({"last_" + ASCENSION: "2027-05-07"}, "Skriv den första dagen också."),
    ({"day_" + ASCENSION: "2027-09-07"}, "Skriv en dag framåt, högst en månad från helgdagen."),
    ({"day_" + ASCENSION: ASCENSION}, "Det är samma dag. Skriv en annan."),
    (
        {"day_" + ASCENSION: "2027-05-07", "last_" + ASCENSION: "2027-06-01"},
        "Skriv en dag inom två veckor efter",
    ),
    ({"day_" + ASCENSION: "snart"}, "Skriv dagen så här: 2026-12-24."),
    ({"everything": "whenever"}, "Välj i listan."),
    ({"zones": "H9"}, "Välj bland de områden som finns."),
]


@pytest.mark.parametrize(("fault", "sentence"), FAULTS)
def test_a_fault_is_said_beside_its_field_and_loses_nothing(
    publisher: Client, fault: dict[str, str], sentence: str
) -> None:
    page = asking.check(publisher, asked() | {f"move_{CHRISTMAS_EVE}": "friday_before"} | fault, URL)
    assert page.status == 400
    assert page.text.count(sentence) == 2
    assert '<option value="friday_before" selected>' in page.html


def test_whoever_may_propose_does_so_and_may_not_publish(client_of: ClientOf) -> None:
    proposer = client_of(Role.PROPOSE, "H1", "H2")
    page = asking.check(proposer, asked(everything="none"), URL)
    assert 'value="publish"' not in page.html
    asking.step(proposer, page, "propose", URL)
    assert Edit.objects.count() == 1


def test_whoever_may_only_read_may_look(client_of: ClientOf) -> None:
    reader = client_of(Role.READ)
    assert reader.get("/personal/helger/").status_code == 200
    assert reader.get(URL).status_code == 403
