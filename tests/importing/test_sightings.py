"""Does evidence come in from the files that gateways, vehicles and invoices write, all or nothing?"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from tests import town
from tests.terminal import Terminal
from wastecal import inference, models
from wastecal.core.evidence import Evidence, Kind, Source

pytestmark = pytest.mark.django_db

OURS = "date,locality,street,number,container,kind,source"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Terminal:
    town.load(town.crisis())
    return Terminal(capsys)


def write(folder: Path, *lines: str) -> str:
    file = folder / "file.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return str(file)


def kept() -> Iterable[Evidence]:
    return inference.evidence()


def test_a_list_in_our_own_words_is_kept(run: Terminal, tmp_path: Path) -> None:
    rows = ("2025-01-07,Holmby,Storgatan,1,karl-1,not_collected,driver", "2025-01-14,Holmby,Ängavägen,,,,")
    done = run("import_evidence", write(tmp_path, OURS, *rows))
    assert (done.code, "Done: 2 records kept" in done.out) == (0, True)
    assert kept() == [
        Evidence(date(2025, 1, 7), "Holmby", "Storgatan", "1", "karl-1", Kind.NOT_COLLECTED, Source.DRIVER),
        Evidence(date(2025, 1, 14), "Holmby", "Ängavägen"),
    ]


def test_a_dry_run_keeps_nothing(run: Terminal, tmp_path: Path) -> None:
    done = run("import_evidence", write(tmp_path, OURS, "2025-01-07,Holmby,Storgatan,,,,"), "--dry-run")
    assert "Nothing was kept" in done.out
    assert kept() == []


def test_the_same_file_again_adds_nothing(run: Terminal, tmp_path: Path) -> None:
    file = write(tmp_path, OURS, *["2025-01-07,Holmby,Storgatan,1,karl-1,,"] * 3)
    assert "1 record kept, 2 there already" in run("import_evidence", file).out
    assert "0 records kept, 3 there already" in run("import_evidence", file).out


def test_evidence_takes_no_number_of_an_edit(run: Terminal, tmp_path: Path) -> None:
    run("import_evidence", write(tmp_path, OURS, "2025-01-07,Holmby,Storgatan,,,,"))
    assert models.Edit.objects.count() == 1


def test_the_days_of_a_gateways_log_are_in_its_messages(run: Terminal, tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "id;sent_at;address;town;text",
        '1;2025-01-06 18:00:03;Storgatan 12 B;Holmby;"Imorgon töms Kärl 1. Ring 040-42 50 00"',
        '2;2025-01-06 18:00:03;Ängavägen 4;Holmby;"Tisdag 14/1 töms Kärl 1 och Kärl 2"',
        '3;2025-01-08 09:00:00;Ängavägen 4;Holmby;"Tack för ditt meddelande"',
    )
    done = run("import_evidence", file, "--map", "evidence-sms")
    assert "left out: 1." in done.out
    assert [(row.date, row.street, row.number, row.container) for row in kept()] == [
        (date(2025, 1, 7), "Storgatan", "12B", "karl-1"),
        (date(2025, 1, 14), "Ängavägen", "4", "karl-1"),
        (date(2025, 1, 14), "Ängavägen", "4", "karl-2"),
    ]


def test_a_vehicles_log_is_read(run: Terminal, tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "tag,emptied_at,street,number,town,container,weight",
        "E200,2025-01-07T09:12:44,Storgatan,1,Holmby,karl-1,14.5",
    )
    assert run("import_evidence", file, "--map", "evidence-vehicle").code == 0
    assert [(row.date, row.source) for row in kept()] == [(date(2025, 1, 7), Source.VEHICLE)]


def test_invoices_are_read(run: Terminal, tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "invoice\tlast_emptied\taddress\ttown\tcontainer",
        "77\t7.1.2025\tStorgatan 1\tHolmby\tkarl-1",
    )
    assert run("import_evidence", file, "--map", "evidence-invoice").code == 0
    assert [(row.date, row.number, row.source) for row in kept()] == [(date(2025, 1, 7), "1", Source.INVOICE)]


FAULTY = [
    ("2025-02-30,Holmby,Storgatan,,,,", "line 2, date: “2025-02-30” is no date"),
    (",Holmby,Storgatan,,,,", "line 2, date: The column “date” is empty"),
    ("2031-01-01,Holmby,Storgatan,,,,", "The date 2031-01-01 has not been yet"),
    ("1902-01-01,Holmby,Storgatan,,,,", "The date 1902-01-01 is too far away"),
    ("2025-01-07,,Storgatan,,,,", "The column “locality” is empty"),
    ("2025-01-07,Holmby,,,,,", "The column “street” is empty"),
    ("2025-01-07,Holmby,Storgatan,,karl-9,,", "There is no container “karl-9”"),
    ("2025-01-07,Holmby,Storgatan,,,emptied,", "“emptied” is neither collected nor not_collected"),
    ("2025-01-07,Holmby,Storgatan,,,,rumour", "“rumour” is not one of sms"),
    ("2025-01-07,Holmby,=A1,,,,", "begins like a formula"),
    ("2025-01-07,Holmby", "The line has 2 cells"),
]


@pytest.mark.parametrize(("row", "sentence"), FAULTY)
def test_a_faulty_file_keeps_nothing_and_says_why(
    run: Terminal, tmp_path: Path, row: str, sentence: str
) -> None:
    done = run("import_evidence", write(tmp_path, OURS, row, "2025-01-07,Holmby,Storgatan,,,,"))
    assert (done.code, sentence in done.said) == (2, True), done.said
    assert kept() == []


def test_a_file_that_is_all_wrong_is_not_read_to_its_end(run: Terminal, tmp_path: Path) -> None:
    done = run("import_evidence", write(tmp_path, OURS, *["x,Holmby,Storgatan,,,,"] * 5000))
    assert "and 800 more problems" in done.said


def test_without_a_municipality_nothing_is_kept(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert Terminal(capsys)("import_evidence", write(tmp_path, OURS)).code == 1


def test_an_unknown_map_is_named_with_those_there_are(run: Terminal, tmp_path: Path) -> None:
    done = run("import_evidence", write(tmp_path, OURS), "--map", "nosuch")
    assert (done.code, "evidence-vehicle" in done.said) == (2, True)
