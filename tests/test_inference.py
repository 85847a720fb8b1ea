"""Do rows of evidence become findings and findings rules, and do the rules reach the answers?"""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from tests import town
from wastecal import answers, edits, inference, models
from wastecal.core.evidence import Evidence
from wastecal.core.pickup import Status
from wastecal.core.recurrence import Provenance
from wastecal.inference import By, Item, Report

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 9, 1)
STREET = "street:holmby/angavagen"
ADDRESS = "holmby/angavagen/6"


@pytest.fixture(autouse=True)
def _crisis() -> None:
    town.load(town.crisis())


def keep(rows: Iterable[Evidence]) -> None:
    edits.observe(map(models.Evidence.of, rows))


def every_other_tuesday(count: int, street: str = "Ängavägen", number: str = "") -> list[Evidence]:
    days = (TUESDAY + timedelta(days=14 * place) for place in range(count))
    return [Evidence(day, "Holmby", street, number, "karl-1") for day in days]


def reported(by: By = By.STREET) -> Report:
    found = inference.report(by, town.TODAY)
    assert found is not None
    return found


def item(found: Report, scope: str = STREET, container: str = "karl-1") -> Item:
    return next(row for row in found.items if (row.scope, row.container) == (scope, container))


def adopt(found: Report, least: float = 0.9) -> int:
    edit = inference.adopt(found, least, "Test", town.NOON)
    answers.forget()
    return edit.number if edit else 0


def test_without_evidence_there_is_no_report() -> None:
    assert inference.report(By.STREET, town.TODAY) is None


def test_evidence_comes_back_as_it_was_kept() -> None:
    rows = every_other_tuesday(3)
    keep(rows)
    assert inference.evidence() == rows
    assert inference.evidence({"holmby/angavagen"}) == rows
    assert inference.evidence({"holmby/storgatan"}) == []


def test_evidence_makes_no_edit() -> None:
    before = models.Edit.objects.count()
    keep(every_other_tuesday(3))
    assert models.Edit.objects.count() == before


def test_a_street_gets_its_rule() -> None:
    keep(every_other_tuesday(5))
    found = item(reported())
    assert found.possibilities[0].candidate.is_on(TUESDAY)
    assert found.possibilities[0].candidate.interval == 2
    assert len(found.verdict.support) == 5


def test_a_street_that_nobody_speaks_of_is_said_to_be_unknown() -> None:
    keep(every_other_tuesday(5))
    found = item(reported(), "street:holmby/storgatan")
    assert (found.possibilities, found.probability) == ((), None)


def test_what_does_not_fit_is_named() -> None:
    keep([*every_other_tuesday(6), Evidence(date(2026, 9, 24), "Holmby", "Ängavägen", container="karl-1")])
    found = item(reported())
    assert [row.date for row in found.verdict.contradictions] == [date(2026, 9, 24)]


def test_what_is_likely_enough_becomes_a_rule_and_reaches_the_answer() -> None:
    keep(every_other_tuesday(6))
    assert adopt(reported()) == 2
    answer = answers.for_address(ADDRESS, town.TODAY)
    assert answer is not None
    ahead = [row for row in answer.pickups if row.container == "karl-1" and row.date > town.TODAY]
    assert ahead[0].date == date(2026, 11, 24)
    assert (ahead[0].certainty, ahead[0].status) == (Provenance.RECONSTRUCTED, Status.PLANNED)


def test_what_is_too_unlikely_does_not() -> None:
    keep(every_other_tuesday(1))
    assert adopt(reported()) == 0


def test_adopting_again_changes_nothing() -> None:
    keep(every_other_tuesday(6))
    assert (adopt(reported()), adopt(reported())) == (2, 0)


def test_a_better_guess_takes_the_place_of_the_last() -> None:
    keep(every_other_tuesday(4))
    adopt(reported(), 0.5)
    keep(every_other_tuesday(9)[4:])
    adopt(reported(), 0.5)
    live = models.Rule.objects.filter(ended_edit=None, scope=STREET, container="karl-1")
    assert [(row.probability or 0) > 0.97 for row in live] == [True]


def test_a_confirmed_rule_is_not_displaced_by_a_guess() -> None:
    town.load(town.crisis(rules=[town.rule(STREET, "11-26")]))
    keep(every_other_tuesday(6))
    assert adopt(reported()) == 0


def test_a_confirmed_rule_displaces_a_guess_that_was_adopted() -> None:
    keep(every_other_tuesday(6))
    adopt(reported())
    rules = [row.to_core() for row in models.Rule.objects.filter(ended_edit=None)]
    town.load(town.crisis(rules=[*rules, town.rule("everyone", "11-26")]))
    answer = answers.for_address(ADDRESS, town.TODAY)
    assert answer is not None
    assert {row.certainty for row in answer.pickups if row.container == "karl-1"} == {Provenance.CONFIRMED}


def test_a_zone_of_the_register_is_one() -> None:
    town.load(town.directory(rules=()))
    keep(every_other_tuesday(3, "Parkgatan") + every_other_tuesday(3, "Storgatan", "2"))
    found = item(reported(By.ZONE), "zone:H1")
    assert found.possibilities[0].candidate.is_on(TUESDAY)
    assert len(found.verdict.support) == 6


def test_a_street_without_records_has_what_its_zone_has() -> None:
    town.load(town.directory(rules=()))
    keep(every_other_tuesday(6, "Parkgatan"))
    found = item(reported(), "street:holmby/storgatan")
    assert (found.zone, len(found.verdict.support)) == ("H1", 0)
    assert found.possibilities[0].candidate.is_on(TUESDAY)


def test_an_address_can_be_asked_for_alone() -> None:
    keep(every_other_tuesday(4, number="6"))
    assert item(reported(By.ADDRESS), f"address:{ADDRESS}").possibilities[0].candidate.is_on(TUESDAY)


def test_records_of_streets_that_there_are_not_are_counted() -> None:
    keep(every_other_tuesday(2, "Nyckelpigevägen"))
    assert reported().astray == 2


def test_one_more_record_is_wanted_where_it_settles_most() -> None:
    keep(every_other_tuesday(6))
    wanted = [(row.scope, row.container) for row in inference.most_wanted(reported())]
    assert wanted[0][0] == "street:holmby/storgatan"
    assert wanted.index((STREET, "karl-1")) > wanted.index((STREET, "karl-2"))
