"""Can the staff add, mend, join and retire an address, and does every name that was given go on answering?"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import town
from tests.staff import asking
from wastecal import answers, reports
from wastecal.importing import loading
from wastecal.models import Address, Edit, Report, Rule, ZoneMove
from wastecal.staff.roles import Role

ClientOf = Callable[..., Client]
ADD, CHANGE = "/personal/adresser/ny/", "/personal/adresser/ratta/"
MERGE, RETIRE = "/personal/adresser/sla-ihop/", "/personal/adresser/ta-bort/"
NEW = {
    "street": "Nygatan", "number": "3 b", "postcode": "235 00", "locality": "Holmby", "kind": "villa",
    "zone": "H1", "point": "55.5, 12.9",
}  # fmt: skip
FIRST = {**NEW, "street": "Storgatan", "number": "1", "point": "", "address": town.H1}


@pytest.fixture
def publisher(client_of: ClientOf) -> Client:
    return client_of(Role.PUBLISH)


def live(slug: str) -> Any:
    return Address.objects.get(slug=slug, ended_edit=None).to_core()


def label(slug: str) -> str:
    answer = answers.for_address(slug, town.TODAY)
    return str(Address.of(answer.place.address)) if answer and answer.place.address else ""


def test_a_new_address_has_the_slug_of_its_name_and_its_zones_days(publisher: Client) -> None:
    receipt = asking.receipt(publisher, NEW, ADD)
    row = live("holmby/nygatan/3b")
    assert (row.letter, row.postcode, row.lat, row.lon) == ("B", "23500", 55.5, 12.9)
    assert "Ny adress: Nygatan 3B, 235 00 Holmby" in receipt.text
    assert "1 adress" in receipt.text


def test_where_the_name_is_taken_the_postcode_stands_in_the_slug(publisher: Client) -> None:
    asking.publish(publisher, {**NEW, "street": "Storgatan", "number": "1", "postcode": "23600"}, ADD)
    assert live("holmby/storgatan-23600/1").postcode == "23600"
    assert live(town.H1).postcode == "23500"
    page = asking.check(publisher, {**NEW, "street": "Storgatan", "number": "1", "postcode": ""}, ADD)
    assert (page.status, "Skriv postnumret." in page.text) == (400, True)


FAULTS = [
    ({"street": ""}, "Skriv gatan."),
    ({"street": "=cmd()"}, "Börja med en bokstav"),
    ({"street": "12"}, "Skriv ett namn med bokstäver."),
    ({"number": "tolv"}, "Skriv numret så här: 12 eller 12 B."),
    ({"postcode": "2350"}, "Skriv postnumret med fem siffror"),
    ({"locality": ""}, "Skriv orten."),
    ({"point": "95.5, 12.9"}, "Skriv läget så här"),
    ({"street": "Storgatan", "number": "2"}, "Det finns redan en adress Storgatan 2, 235 00 Holmby."),
]


@pytest.mark.parametrize(("wrong", "said"), FAULTS)
def test_a_fault_is_said_beside_its_field_and_nothing_is_lost(
    publisher: Client, wrong: dict[str, str], said: str
) -> None:
    page = asking.check(publisher, {**NEW, **wrong}, ADD)
    assert page.status == 400
    assert page.text.count(said) == 2
    assert 'value="235 00"' in page.html or "postcode" in wrong
    assert Edit.objects.count() == 1


def test_the_form_to_correct_an_address_is_filled_in_with_what_is_known(publisher: Client) -> None:
    page = asking.page_of(publisher.get(f"{CHANGE}?address=holmby/storgatan/12b"))
    for value in ("Storgatan", "12B", "23500", "Holmby", "55.5, 12.9"):
        assert f'value="{value}"' in page.html
    assert '<option value="H1" selected>' in page.html


def test_a_renamed_address_answers_at_all_the_names_it_ever_had(publisher: Client) -> None:
    asking.publish(publisher, {**FIRST, "street": "Stora gatan"}, CHANGE)
    asking.publish(publisher, {**FIRST, "street": "Största gatan"}, CHANGE)
    for street in ("storgatan", "stora-gatan", "storsta-gatan"):
        assert label(f"holmby/{street}/1") == "Största gatan 1, 235 00 Holmby"
    for name in (f"adress/{town.H1}.ics", "adress/holmby/stora-gatan/1.ics", "adress/holmby/stora-gatan/1/"):
        assert publisher.get(f"/{name}").status_code == 200


def test_no_newcomer_gets_a_name_that_another_one_ever_had(publisher: Client) -> None:
    asking.publish(publisher, {**FIRST, "street": "Stora gatan"}, CHANGE)
    asking.publish(publisher, {**FIRST, "street": "Största gatan"}, CHANGE)
    asking.publish(publisher, {**NEW, "street": "Stora gatan", "number": "1"}, ADD)
    assert label("holmby/stora-gatan/1") == "Största gatan 1, 235 00 Holmby"
    assert label("holmby/stora-gatan-23500/1") == "Stora gatan 1, 235 00 Holmby"


def test_another_zone_is_another_one_for_every_day(publisher: Client) -> None:
    ZoneMove.objects.create(address=town.H1, zone="H2", valid_from=date(2026, 6, 1), edit_id=1)
    answers.forget()
    page = asking.page_of(publisher.get(f"{CHANGE}?address={town.H1}"))
    assert '<option value="H2" selected>' in page.html
    asking.publish(publisher, {**FIRST, "zone": "H1"}, CHANGE)
    answer = answers.for_address(town.H1, town.TODAY)
    assert answer
    assert (answer.zone, answer.place.moves) == ("H1", ())


def test_two_addresses_that_are_one_answer_as_one_and_part_when_it_is_undone(publisher: Client) -> None:
    gone = "holmby/storgatan/12b"
    receipt = asking.receipt(publisher, {"address": gone, "into": "Storgatan 1, Holmby"}, MERGE)
    assert "Storgatan 12B, 235 00 Holmby är Storgatan 1, 235 00 Holmby" in receipt.text
    assert label(gone) == label(town.H1) == "Storgatan 1, 235 00 Holmby"
    assert not Rule.objects.filter(scope=f"address:{gone}", ended_edit=None).exists()
    assert publisher.get(f"/adress/{gone}.ics").status_code == 200
    undo = "/personal/historik/angra/"
    asking.step(publisher, asking.page_of(publisher.get(f"{undo}?edit_undone=2")), "publish", undo)
    assert label(gone) == "Storgatan 12B, 235 00 Holmby"
    assert Rule.objects.filter(scope=f"address:{gone}", ended_edit=None).exists()


@pytest.mark.parametrize(
    "into", ["Storgatan", "H1", "Storgatan 1; Storgatan 2", "Storgatan 77", "Storgatan 12B"]
)
def test_it_is_joined_with_one_other_address(publisher: Client, into: str) -> None:
    page = asking.check(publisher, {"address": "holmby/storgatan/12b", "into": into}, MERGE)
    assert page.status == 400


def test_a_retired_address_is_gone_and_its_slug_is_given_to_no_other_one(publisher: Client) -> None:
    checked = asking.page_of(publisher.get(f"{RETIRE}?address={town.H1}"))
    assert "1 adress" in checked.text
    asking.step(publisher, checked, "publish", RETIRE)
    assert publisher.get(f"/adress/{town.H1}/").status_code == 404
    assert "har tagits bort" in asking.page_of(publisher.get(f"/personal/adresser/{town.H1}/")).text
    asking.publish(publisher, {**NEW, "street": "Storgatan", "number": "1", "postcode": "23600"}, ADD)
    assert label("holmby/storgatan-23600/1")
    assert not label(town.H1)


def test_all_of_it_comes_back_byte_for_byte(publisher: Client, tmp_path: Path) -> None:
    asking.publish(publisher, NEW, ADD)
    asking.publish(publisher, {**FIRST, "street": "Stora gatan"}, CHANGE)
    asking.publish(publisher, {"address": "holmby/storgatan/12b", "into": "Storgatan 2"}, MERGE)
    asking.step(
        publisher, asking.page_of(publisher.get(f"{RETIRE}?address={town.SLUGS[3]}")), "publish", RETIRE
    )
    loading.dump(tmp_path / "one")
    before = {slug: label(slug) for slug in (*town.SLUGS, "holmby/stora-gatan/1")}
    town.empty()
    town.load(town.read(tmp_path / "one"))
    loading.dump(tmp_path / "two")
    assert {file.name: file.read_bytes() for file in (tmp_path / "one").iterdir()} == {
        file.name: file.read_bytes() for file in (tmp_path / "two").iterdir()
    }
    assert {slug: label(slug) for slug in before} == before


def test_what_residents_miss_is_a_worklist_with_the_form_filled_in(publisher: Client) -> None:
    Report.objects.create(kind="missing_address", typed="Nygatan 5, 235 00 Holmby", made_at=town.NOON)
    Report.objects.create(kind="wrong_address", address=town.H1, text="Fel postnummer", made_at=town.NOON)
    Report.objects.create(kind="not_collected", address=town.H1, text="Full", made_at=town.NOON)
    assert "2 anmälningar säger" in asking.page_of(publisher.get("/personal/adresser/")).text
    page = asking.page_of(publisher.get("/personal/anmalningar/"))
    assert f"{CHANGE}?address=holmby%2Fstorgatan%2F1&amp;report=2" in page.html
    url = f"{ADD}?street=Nygatan&number=5&postcode=235+00&locality=Holmby&report=1"
    assert url.replace("&", "&amp;") in page.html
    form = asking.page_of(publisher.get(url))
    assert form.hidden["report"] == ["1"]
    asking.publish(publisher, {**NEW, "number": "5", "report": "1"}, ADD)
    assert [row.number for row in reports.waiting()] == [2, 3]
    publisher.post("/personal/anmalningar/2/klar/")
    assert [row.number for row in reports.waiting()] == [3]


def test_one_hit_leads_to_its_page_with_facts_and_history(publisher: Client) -> None:
    asking.publish(publisher, {**FIRST, "kind": "fritidshus"}, CHANGE)
    answer = publisher.get("/personal/adresser/", {"q": "storgatan 1"})
    assert (answer.status_code, answer["Location"]) == (302, f"/personal/adresser/{town.H1}/")
    page = asking.page_of(publisher.get(answer["Location"]))
    assert "Kärl 1: torsdag varannan vecka, nästa torsdag 26 november" in page.text
    assert "Fritidshus" in page.text
    assert "Adressen rättad: Storgatan 1, 235 00 Holmby" in page.text
    assert publisher.get("/personal/adresser/holmby/nagonstans/1/").status_code == 404
