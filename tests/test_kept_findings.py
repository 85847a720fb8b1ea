"""Is what was worked out before read again as it was, and never taken for newer than it is?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from tests import town
from wastecal import answers, edits, inference, models
from wastecal.core.evidence import Evidence, Kind, Source
from wastecal.inference import By, Looked, kept, stored
from wastecal.management import console

pytestmark = pytest.mark.django_db

TUESDAY, THURSDAY = date(2026, 9, 1), date(2026, 9, 3)


@pytest.fixture(autouse=True)
def _many_records(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many that nobody waits for them, on the day of the town."""
    monkeypatch.setattr(console, "today", lambda: town.TODAY)
    monkeypatch.setattr(stored, "MOST_AT_ONCE", 3)
    town.load(town.directory(rules=[town.rule("zone:H1", "01-08"), *town.RULES[1:]]))
    keep(seen(TUESDAY, 5) + seen(THURSDAY, 3, "Parkgatan", "1") + odd())


def keep(rows: Iterable[Evidence]) -> None:
    edits.observe(map(models.Evidence.of, rows))


def seen(first: date, count: int, street: str = "Ängavägen", number: str = "") -> list[Evidence]:
    days = (first + timedelta(days=14 * place) for place in range(count))
    return [Evidence(day, "Holmby", street, number, "karl-1") for day in days]


def odd() -> list[Evidence]:
    """Of no container, of no street that there is, of a day on which nothing came, and moved by a holiday."""
    return [
        Evidence(THURSDAY, "Holmby", "Parkgatan"),
        Evidence(THURSDAY, "Holmby", "Nyckelpigevägen", "2", "karl-2", source=Source.DRIVER),
        Evidence(TUESDAY, "Holmby", "Storgatan", "1", "karl-1", Kind.NOT_COLLECTED, Source.RESIDENT, "x"),
        Evidence(date(2026, 1, 7), "Holmby", "Storgatan", "", "karl-1"),
    ]


def work_out() -> None:
    call_command("reconstruct", "--keep", verbosity=0)
    kept.forget()


def looked(by: By = By.STREET, upto: int | None = None) -> Looked:
    found = inference.look(by, town.TODAY, upto)
    assert found is not None
    return found


@pytest.mark.parametrize("by", [By.STREET, By.ZONE])
def test_what_is_kept_is_what_was_found(by: By) -> None:
    expected = inference.report(by, town.TODAY)
    work_out()
    found = looked(by).found
    assert expected
    assert found
    assert replace(found, items=()) == replace(expected, items=())
    for one, other in zip(found.items, expected.items, strict=True):
        near = pytest.approx(other.present.probabilities, abs=1e-8)
        assert one.present.probabilities == near
        assert [row.candidate for row in one.possibilities] == [row.candidate for row in other.possibilities]
        records = tuple(replace(row, record=replace(row.record, sending="")) for row in other.verdict.records)
        assert one.verdict.records == records
        assert one == replace(
            other, present=one.present, possibilities=one.possibilities, verdict=one.verdict
        )


def test_what_was_held_against_the_rules_is_kept_until_they_are_others() -> None:
    expected = {row for row in inference.held.held(town.TODAY) if row.against}
    work_out()
    held = looked().held
    assert held is not None
    assert {(row.scope, row.container, row.rule) for row in held} == {
        (row.scope, row.container, row.rule) for row in expected
    }
    row = models.Rule.objects.filter(scope="zone:H1", container="karl-1", ended_edit=None)
    row.update(rrule="FREQ=WEEKLY;INTERVAL=4")
    town.load(town.directory(rules=[town.rule("zone:H2", "01-08")]), remove=True)
    assert not [row for row in looked().held or () if row.rule.scope == "zone:H1"]


def test_with_many_records_nobody_waits() -> None:
    assert looked() == Looked(None)


def test_with_few_records_nothing_is_kept_for() -> None:
    models.Evidence.objects.filter(pk__gt=models.Evidence.objects.order_by("pk")[2].pk).delete()
    seen_now = looked()
    assert (seen_now.at, seen_now.newer) == (None, 0)
    assert seen_now.found
    assert seen_now.found.records == 3


def test_it_says_how_many_records_are_not_in_it() -> None:
    work_out()
    assert looked().at
    assert (looked().newer, looked().outdated) == (0, False)
    keep(seen(TUESDAY + timedelta(days=70), 2))
    assert (looked().newer, looked().outdated) == (2, False)
    work_out()
    assert looked().newer == 0


def test_another_register_makes_it_outdated() -> None:
    work_out()
    moved = [replace(row, zone="H2") for row in town.ADDRESSES]
    town.load(town.directory(rules=[], addresses=moved), remove=True)
    assert looked().outdated
    assert inference.pinned(By.STREET, town.TODAY, inference.newest()) is None
    work_out()
    assert not looked().outdated


def test_a_rule_that_was_confirmed_since_is_known() -> None:
    town.load(town.directory(rules=[]), remove=True)
    work_out()
    assert not any(row.confirmed for row in looked().found.items)  # type: ignore[union-attr]
    town.load(town.directory(rules=[town.rule("everyone", "01-08")]))
    assert not looked().outdated
    assert all(row.confirmed for row in looked().found.items if row.container == "karl-1")  # type: ignore[union-attr]


def test_an_act_finds_what_was_looked_at_though_more_has_come_in() -> None:
    work_out()
    mark = inference.newest()
    keep(seen(TUESDAY + timedelta(days=70), 2))
    found = inference.pinned(By.STREET, town.TODAY, mark)
    assert found
    assert found.mark == mark
    assert inference.pinned(By.STREET, town.TODAY, mark + 1) is None


def test_what_an_act_stands_on_outlives_the_newest_few() -> None:
    work_out()
    mark = inference.newest()
    inference.pinned(By.STREET, town.TODAY, mark)
    for place in range(4):
        keep(seen(TUESDAY + timedelta(days=1 + place), 1))
        work_out()
    assert inference.pinned(By.STREET, town.TODAY, mark)
    assert models.Finding.objects.filter(by=By.STREET).count() == 4
    assert models.Finding.objects.filter(by=By.ZONE).count() == 3


def test_working_it_out_twice_is_done_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("reconstruct", "--keep")
    call_command("reconstruct", "--keep")
    first, second = capsys.readouterr().out.splitlines()
    assert first == "Worked out anew: street and zone."
    assert second == "Nothing new to work out."


def test_a_form_of_another_version_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    work_out()
    monkeypatch.setattr(inference.packed, "VERSION", 2)
    answers.forget()
    assert looked() == Looked(None)
