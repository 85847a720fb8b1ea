"""Does `reconstruct` say what it found, in words and as the contract's JSON?"""

import json
from datetime import date, timedelta

import pytest

from tests import town
from tests.terminal import Terminal
from wastecal import edits, models
from wastecal.core.evidence import Evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Terminal:
    town.load(town.crisis())
    return Terminal(capsys)


def keep(*days: date, street: str = "Ängavägen") -> None:
    rows = (Evidence(day, "Holmby", street, container="karl-1") for day in days)
    edits.observe(map(models.Evidence.of, rows))


TUESDAYS = [date(2026, 9, 1) + timedelta(days=14 * number) for number in range(6)]


def test_no_evidence_is_no_answer(run: Terminal) -> None:
    done = run("reconstruct")
    assert done.code == 1
    assert "There is no evidence yet" in done.said


def test_the_table_names_the_rule_and_what_is_unknown(run: Terminal) -> None:
    keep(*TUESDAYS)
    done = run("reconstruct", "-v", "2")
    assert done.code == 0
    assert "Tuesday every other week from 2026-01-06" in done.out
    assert "6 for, 0 against" in done.out
    assert "street:holmby/storgatan karl-1" in done.out.partition("no record speaks of")[2]


def test_the_json_is_the_contracts(run: Terminal) -> None:
    keep(*TUESDAYS, date(2026, 9, 24))
    rows = json.loads(run("reconstruct", "--format", "json").out)
    row = next(
        row for row in rows if (row["scope"], row["container"]) == ("street:holmby/angavagen", "karl-1")
    )
    assert row["rrule"] == "FREQ=WEEKLY;INTERVAL=2"
    assert (TUESDAYS[0] - date.fromisoformat(row["anchor"])).days % 14 == 0
    assert row["contradictions"] == [{"date": "2026-09-24", "source": "sms"}]
    assert (row["support"], row["zone"]) == (6, None)
    assert all({"anchor", "rrule", "probability"} <= other.keys() for other in row["alternatives"])
    assert 0.9 < row["probability"] <= 1


def test_the_json_says_null_where_nothing_is_known(run: Terminal) -> None:
    keep(*TUESDAYS)
    rows = json.loads(run("reconstruct", "--format", "json").out)
    row = next(row for row in rows if row["scope"] == "street:holmby/storgatan")
    assert (row["anchor"], row["rrule"], row["probability"], row["support"]) == (None, None, None, 0)


def test_adopting_says_which_edit_it_made(run: Terminal) -> None:
    keep(*TUESDAYS)
    assert "Done: Edit 2." in run("reconstruct", "--adopt", "--min-probability", "0.9").out
    assert "Nothing to adopt: no Edit made." in run("reconstruct", "--adopt").out


@pytest.mark.parametrize("words", [["--min-probability", "2"], ["--by", "house"], ["--format", "xml"]])
def test_what_cannot_be_asked_is_said(run: Terminal, words: list[str]) -> None:
    assert run("reconstruct", *words).code == 2
