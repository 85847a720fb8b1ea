"""Can the staff let one schedule follow another, move streets, and agree on something else?"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import town
from tests.staff import asking
from wastecal import answers
from wastecal.importing import loading
from wastecal.models import Edit, Note, Rule, Suspension, Zone, ZoneMove
from wastecal.staff.roles import Role
from wastecal.staff.schedules import streets
from wastecal.staff.schedules.patterns import Pattern

ClientOf = Callable[..., Client]
CHANGE, MOVE = "/personal/schema/nytt/", "/personal/schema/flytta/"
WEDNESDAYS = {
    "scope": "zone:H1", "container": "karl-1", "often": "weeks:2", "weekday": "2", "start": "2027-03-01",
}  # fmt: skip


@pytest.fixture
def publisher(client_of: ClientOf) -> Client:
    return client_of(Role.PUBLISH)


def days_of(slug: str = town.H1, container: str = "karl-1") -> list[date]:
    found = answers.for_address(slug, town.TODAY)
    assert found
    pickups = (*found.pickups, *found.optional_pickups)
    return [row.nominal for row in pickups if row.nominal and row.container == container]


def rules(scope: str = "zone:H1", container: str = "karl-1") -> list[Any]:
    rows = Rule.objects.filter(scope=scope, container=container, ended_edit=None).order_by("pk")
    return [row.to_core() for row in rows]


def test_from_the_first_of_march_karl_1_is_on_wednesdays_and_until_then_nothing_changes(
    publisher: Client,
) -> None:
    before = days_of()
    receipt = asking.receipt(publisher, WEDNESDAYS, CHANGE)
    after, seam = days_of(), date(2027, 3, 1)
    assert [day for day in after if day < seam] == [day for day in before if day < seam]
    later = [day for day in after if day >= seam]
    # The same weeks as before: 4 March would have been the Thursday.
    assert later[:2] == [date(2027, 3, 3), date(2027, 3, 17)]
    assert "Kärl 1, Holmby norra (H1), onsdag varannan vecka" in receipt.text
    assert "första gången onsdag 3 mars 2027" in receipt.text
    old, new = rules()
    assert (old.valid_until, new.valid_from, new.anchor) == (seam, seam, date(2027, 3, 3))


def test_the_check_page_shows_the_days_side_by_side_and_a_long_gap(publisher: Client) -> None:
    page = asking.check(publisher, {**WEDNESDAYS, "start": "2027-04-20", "first": "2027-05-05"}, CHANGE)
    assert "Kärl 1: dagarna före och efter" in page.text
    assert "Det går 20 dagar från torsdag 15 april 2027 till onsdag 5 maj 2027." in page.text
    assert "Vanligen är det högst 14." in page.text
    assert "Det går" not in asking.check(publisher, WEDNESDAYS, CHANGE).text


def test_two_collections_on_one_day_are_warned_of(publisher: Client) -> None:
    # Good Friday 26 March 2027 goes to Thursday, and Thursday to Wednesday; every day but that is taken.
    page = asking.check(
        publisher,
        {
            **WEDNESDAYS,
            "often": "dates",
            "weekday": "",
            "dates": "2027-12-23 2027-12-24",
            "start": "2027-12-01",
        },
        CHANGE,
    )
    assert "Två tömningar av samma kärl möts torsdag 23 december 2027." in page.text


PATTERNS = [
    ("weeks:1", "FREQ=WEEKLY", date(2027, 3, 3)),
    ("weeks:4", "FREQ=WEEKLY;INTERVAL=4", date(2027, 3, 3)),
    ("odd", "FREQ=YEARLY;BYWEEKNO=" + ",".join(map(str, range(1, 54, 2))) + ";BYDAY=WE", date(2027, 3, 3)),
    ("even", "FREQ=YEARLY;BYWEEKNO=" + ",".join(map(str, range(2, 54, 2))) + ";BYDAY=WE", date(2027, 3, 10)),
    ("month:2", "FREQ=MONTHLY;BYDAY=2WE", date(2027, 3, 10)),
    ("month:-1", "FREQ=MONTHLY;BYDAY=-1WE", date(2027, 3, 31)),
]


@pytest.mark.parametrize(("often", "rrule", "first"), PATTERNS)
def test_the_repetition_is_made_for_them(publisher: Client, often: str, rrule: str, first: date) -> None:
    asking.publish(publisher, {**WEDNESDAYS, "often": often}, CHANGE)
    assert (rules()[-1].rrule, rules()[-1].anchor) == (rrule, first)
    assert Pattern(often, 2).rrule == rrule


def test_listed_days_a_season_and_none_at_all_are_rules_too(publisher: Client) -> None:
    listed = {**WEDNESDAYS, "often": "dates", "weekday": "", "dates": "2027-03-05\n2027-04-02"}
    asking.publish(publisher, listed, CHANGE)
    assert rules()[-1].dates == (date(2027, 3, 5), date(2027, 4, 2))
    asking.publish(publisher, {**WEDNESDAYS, "season": "18–40", "container": "tradgard"}, CHANGE)
    assert (rules(container="tradgard")[-1].season.first, days_of(container="tradgard")[-1].month) == (18, 9)
    asking.publish(publisher, {**WEDNESDAYS, "often": "none", "start": "2027-02-01"}, CHANGE)
    assert [row.rrule for row in rules()] == [town.FORTNIGHTLY, "NONE"]  # what was to come later is gone
    assert max(days_of()) < date(2027, 2, 1)


FAULTS = [
    ({"often": ""}, "Välj hur ofta."),
    ({"weekday": ""}, "Välj veckodag."),
    ({"start": ""}, "Skriv från vilken dag det gäller."),
    ({"start": "2020-01-01"}, "Välj en dag den senaste månaden eller de närmaste två åren."),
    ({"first": "2027-03-04"}, "torsdag 4 mars 2027 är ingen onsdag."),
    ({"first": "2027-02-24"}, "Det är före den dag från vilken det gäller."),
    ({"often": "odd", "first": "2027-03-10"}, "onsdag 10 mars 2027 är inte en av de dagarna."),
    ({"first": "2027-03-03", "season": "18-40"}, "onsdag 3 mars 2027 är inte i de veckorna på året."),
    ({"season": "sommar"}, "Skriv veckorna så här: 18-40."),
    ({"often": "dates", "weekday": ""}, "Skriv de dagar då det töms."),
    ({"dates": "2027-03-05"}, "Lämna tomt, eller välj"),
    ({"container": "karl-9"}, "Välj bland de kärl som finns."),
    ({"often": "ordinary", "scope": "zone:H2", "container": "tradgard"}, "Det har inget eget schema"),
]


@pytest.mark.parametrize(("wrong", "said"), FAULTS)
def test_a_fault_is_said_beside_its_field(publisher: Client, wrong: dict[str, str], said: str) -> None:
    page = asking.check(publisher, {**WEDNESDAYS, **wrong}, CHANGE)
    assert page.status == 400, page.text
    assert page.text.count(said) == 2
    assert Edit.objects.count() == 1


def test_a_zone_that_is_not_there_is_no_scope(publisher: Client) -> None:
    assert asking.check(publisher, {**WEDNESDAYS, "scope": "zone:H9"}, CHANGE).status == 400


def test_an_agreement_is_public_and_its_cause_is_not(publisher: Client) -> None:
    scope = f"address:{town.H1}"
    asked = {
        **WEDNESDAYS, "scope": scope, "often": "weeks:1", "start": "2026-12-01", "cause": "dialys-zzqx",
    }  # fmt: skip
    receipt = asking.receipt(publisher, asked, CHANGE)
    assert date(2026, 12, 9) in days_of()
    assert [(note.scope, note.text) for note in Note.objects.all()] == [(scope, "dialys-zzqx")]
    assert "zzqx" not in receipt.text
    assert "zzqx" not in repr(list(Edit.objects.values_list("summary", flat=True)))
    assert "zzqx" not in publisher.get(f"/adress/{town.H1}/").content.decode()
    assert "dialys-zzqx" in asking.page_of(publisher.get(f"/personal/adresser/{town.H1}/")).text
    asking.publish(publisher, {**asked, "often": "ordinary", "weekday": "", "start": "2027-02-01"}, CHANGE)
    assert [row.valid_until for row in rules(scope)] == [date(2027, 2, 1)]
    assert date(2027, 2, 4) in days_of()


def test_an_extra_container_is_agreed_on(publisher: Client) -> None:
    asked = {**WEDNESDAYS, "scope": f"address:{town.H1}", "container": "tradgard", "often": "weeks:1"}
    asking.publish(publisher, asked, CHANGE)
    answer = answers.for_address(town.H1, town.TODAY)
    assert answer
    assert "tradgard" in [row.container.code for row in answer.standings]


def test_rules_of_one_rank_that_were_in_order_stay_in_order(publisher: Client, tmp_path: Path) -> None:
    """Two confirmed rules for the same days: the later one goes before. Both are cut by the same Edit."""
    Edit.objects.create(number=2, at=town.NOON)
    Rule.begin([town.rule("zone:H1", "11-24", edit=2)])
    answers.forget()
    before = days_of()
    asking.publish(publisher, WEDNESDAYS, CHANGE)
    seam = date(2027, 3, 1)
    assert [day for day in days_of() if day < seam] == [day for day in before if day < seam]
    loading.dump(tmp_path)
    town.read(tmp_path)


def test_streets_move_to_another_zone_from_a_day_on(publisher: Client) -> None:
    asked = {"whom": "Storgatan 1-5", "zone": "H2", "start": "2027-01-11"}
    receipt = asking.receipt(publisher, asked, MOVE)
    assert "Till Holmby södra (H2) från måndag 11 januari 2027: Storgatan, Holmby 1–5" in receipt.text
    for slug, zone in ((town.SLUGS[0], "H2"), (town.SLUGS[1], "H2"), (town.SLUGS[2], "H1")):
        answer = answers.for_address(slug, town.TODAY)
        assert answer
        assert answer.place.zone_on(date(2027, 1, 11)) == zone
        assert answer.place.zone_on(date(2027, 1, 10)) == "H1"
    asking.publish(publisher, {**asked, "zone": "H1", "start": "2026-12-01"}, MOVE)
    assert [row.address for row in ZoneMove.objects.filter(ended_edit=None)] == ["holmby/strandvagen/9"]


PARTS = [
    ("Storgatan", [0, 1, 2]),
    ("Storgatan udda", [0]),
    ("storgatan jämna nummer", [1, 2]),
    ("Storgatan 2-20 jämna", [1, 2]),
    ("Storgatan, Holmby 1 – 2", [0, 1]),
    ("Storgatan 12 B", [2]),
    ("Ängavägen 4\nStorgatan odd", [3, 0]),
    ("H2", [3]),
]


@pytest.mark.parametrize(("typed", "places"), PARTS)
@pytest.mark.usefixtures("holmby")
def test_sides_and_numbers_of_a_street_are_understood(typed: str, places: list[int]) -> None:
    found = streets.understand(typed, town.TODAY)
    assert found.faults == ()
    assert [row.slug for row in found.rows] == [town.SLUGS[place] for place in places]


@pytest.mark.parametrize("typed", ["Storgatan 30-40", "H1 udda", "Finnsvägen udda", "Finnsvägen"])
def test_what_is_not_understood_moves_nothing(publisher: Client, typed: str) -> None:
    page = asking.check(publisher, {"whom": typed, "zone": "H2", "start": "2027-01-11"}, MOVE)
    assert page.status == 400
    assert typed in page.text


def test_a_zone_is_made_and_renamed(publisher: Client) -> None:
    asking.publish(publisher, {"code": "H3", "name": "Holmby östra"}, "/personal/schema/ny-zon/")
    url = "/personal/schema/byt-namn/"
    asking.publish(publisher, {"code": "H3", "name": "Holmby öster"}, url)
    assert [row.name for row in Zone.objects.filter(code="H3", ended_edit=None)] == ["Holmby öster"]
    for taken in (
        {"code": "h1", "name": "Ny"},
        {"code": "H4", "name": "holmby norra"},
        {"code": "H 4", "name": "x"},
    ):
        assert asking.check(publisher, taken, "/personal/schema/ny-zon/").status == 400
    assert asking.check(publisher, {"code": "H9", "name": "Ny"}, url).status == 400


def test_a_zone_goes_when_nobody_is_left_in_it_and_what_it_told_stays(publisher: Client) -> None:
    url = "/personal/schema/ta-bort-zon/"
    kept = asking.page_of(publisher.get(f"{url}?code=H2"))
    assert kept.status == 400
    assert "Till zonen hör, i dag eller senare: 2 adresser." in kept.text  # one of them from February
    moved = {"whom": "Ängavägen 4\nStrandvägen 9", "zone": "H1", "start": "2026-11-23"}
    asking.publish(publisher, moved, MOVE)
    before = answers.for_address("holmby/angavagen/4", town.TODAY)
    checked = asking.page_of(publisher.get(f"{url}?code=H2"))
    assert "1 adress" in checked.text  # its page names the new zone; no page says "H2" any longer
    receipt = asking.page_of(asking.step(publisher, checked, "publish", url))
    assert "Zon borttagen: Holmby södra (H2)" in receipt.text
    after = answers.for_address("holmby/angavagen/4", town.TODAY)
    assert before
    assert after
    assert [(row.date, row.status) for row in after.pickups] == [
        (row.date, row.status) for row in before.pickups
    ]
    assert (before.zone, after.zone) == ("H2", "H1")
    assert "H2" not in asking.page_of(publisher.get("/personal/schema/")).text
    assert asking.page_of(publisher.get(f"{url}?code=H2")).status == 400


def test_the_pages_say_the_rules_in_plain_words(publisher: Client) -> None:
    page = asking.page_of(publisher.get("/personal/schema/"))
    assert "Kärl 1: torsdag varannan vecka, nästa torsdag 26 november" in page.text
    assert "1 adress hör inte till någon zon." in page.text
    assert "Holmby norra (H1) 5 adresser" in page.text
    assert "Strandvägen 9" not in page.text
    zone = asking.page_of(publisher.get("/personal/schema/zon/h1/"))
    assert zone.html.count('class="month-grid"') == 12
    assert publisher.get("/personal/schema/zon/h9/").status_code == 404


def test_all_of_it_comes_back_byte_for_byte(publisher: Client, tmp_path: Path) -> None:
    asking.publish(publisher, WEDNESDAYS, CHANGE)
    asking.publish(publisher, {**WEDNESDAYS, "often": "odd", "start": "2027-06-01"}, CHANGE)
    asking.publish(publisher, {"whom": "Storgatan", "zone": "H2", "start": "2027-01-11"}, MOVE)
    asking.publish(publisher, {"code": "H3", "name": "Holmby östra"}, "/personal/schema/ny-zon/")
    loading.dump(tmp_path / "one")
    before = days_of()
    town.empty()
    town.load(town.read(tmp_path / "one"))
    loading.dump(tmp_path / "two")
    assert {file.name: file.read_bytes() for file in (tmp_path / "one").iterdir()} == {
        file.name: file.read_bytes() for file in (tmp_path / "two").iterdir()
    }
    assert days_of() == before


def test_a_suspension_is_kept_and_lifted_with_names_and_takes_no_number(publisher: Client) -> None:
    url = f"/personal/adresser/{town.H1}/uppehall/"
    public = publisher.get(f"/adress/{town.H1}.json").content
    assert "aldrig offentligt" in asking.page_of(publisher.get(url)).text
    wrong = asking.page_of(
        publisher.post(url, {"starts": "2026-12-24", "stops": "2026-12-01", "cause": "Resa"})
    )
    assert (wrong.status, ">Resa</textarea>" in wrong.html) == (400, True)
    publisher.post(url, {"starts": "2026-12-01", "stops": "", "cause": "Resa"})
    page = asking.page_of(publisher.get(f"/personal/adresser/{town.H1}/"))
    assert "Ingen tömning från tisdag 1 december 2026 tills vidare" in page.text
    assert "Storgatan 1" in asking.page_of(publisher.get("/personal/schema/")).text
    [row] = Suspension.objects.all()
    publisher.post(f"/personal/adresser/uppehall/{row.pk}/hav/")
    row.refresh_from_db()
    assert (row.made_by, row.lifted_by, row.lifted_at) == ("publish-0", "publish-0", town.NOON)
    assert Edit.objects.count() == 1
    assert publisher.get(f"/adress/{town.H1}.json").content == public


def test_only_who_may_publish_suspends(client_of: ClientOf) -> None:
    url = f"/personal/adresser/{town.H1}/uppehall/"
    assert client_of(Role.PROPOSE).post(url, {"starts": "2026-12-01"}).status_code == 403
    assert not Suspension.objects.exists()
