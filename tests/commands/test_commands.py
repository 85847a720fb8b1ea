"""Do load, dump and pickups speak in sentences and end with the right number, whatever they are given?"""

from pathlib import Path

import pytest
from django.db import OperationalError

from tests import town
from tests.terminal import Terminal
from wastecal import answers, reports
from wastecal.reports import Kind, Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str]) -> Terminal:
    """With an empty database."""
    return Terminal(capsys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The town as files."""
    return town.write(tmp_path / "town", town.directory())


@pytest.fixture
def run(bare: Terminal) -> Terminal:
    """With the town loaded."""
    town.load(town.directory())
    return bare


def test_a_directory_is_loaded(bare: Terminal, folder: Path) -> None:
    done = bare("load", str(folder))
    assert (done.code, done.said) == (0, "")
    assert "+7 addresses" in done.out
    assert "Done: Edit 1." in done.out


ASKED = ["pickups", "Storgatan 1, Holmby", "--today", "2026-11-23"]


def test_an_address_is_answered(run: Terminal) -> None:
    done = run(*ASKED)
    assert (done.code, done.said) == (0, "")
    assert "2026-11-26  torsdag 26 november  Kärl 1" in done.out


def test_a_span_is_kept(run: Terminal) -> None:
    done = run(*ASKED, "--from", "2026-12-01", "--to", "2026-12-24", "--format", "csv")
    assert [line.split(",")[2] for line in done.out.splitlines()[1:]] == [
        "2026-12-11",
        "2026-12-23",
        "2026-12-23",
    ]


@pytest.mark.parametrize(("words", "code", "sentence"), [
    (["pickups", "Strogatan 1, Holmby"], 0, ""),
    (["pickups", "Nyckelpigevägen 12"], 1, "There is no address 'Nyckelpigevägen 12' here."),
    (["pickups", "Storgatan"], 1, "Storgatan 12B, 235 00 Holmby"),
    (["pickups", "Storgatan 77"], 1, "no number as in 'Storgatan 77'. The nearest:\n  Storgatan 12B"),
    (["pickups", ""], 1, "There is no address '' here."),
    (["pickups", "?\t\x01"], 1, "There is no address"),
    (["pickups", "x" * 5000], 1, "There is no address"),
    (["pickups"], 2, "required: address"),
    ([*ASKED, "--from", "igår"], 2, "'igår' is not a date"),
    ([*ASKED, "--from", "2026-02-30"], 2, "'2026-02-30' is not a date"),
    ([*ASKED, "--today", "0000-01-01"], 2, "'0000-01-01' is not a date between 1900 and 2199"),
    ([*ASKED, "--to", "9999-12-31"], 2, "'9999-12-31' is not a date between 1900 and 2199"),
    ([*ASKED, "--from", "2027-01-01", "--to", "2026-01-01"], 2, "holds no day"),
    ([*ASKED, "--from", "1900-01-01", "--to", "2199-12-31"], 2, "3660 at most"),
    ([*ASKED, "--as-of", "2025-12-31"], 1, "There is no such address here on 2025-12-31."),
    (["pickups", "holmby/storgatan/77"], 1, "There is no such address here now."),
    ([*ASKED, "--format", "pdf"], 2, "invalid choice: 'pdf'"),
    ([*ASKED, "--language", "xx"], 2, "There is no language 'xx' here, only sv, en."),
    (["load"], 2, "required: directory"),
    (["load", "/finns/inte"], 2, "/finns/inte"),
    (["load", "manage.py"], 2, "manage.py"),
    (["load", "bench"], 2, "municipality.toml"),
    (["dump", "wastecal"], 2, "wastecal is there already and is no data directory"),
    (["dump", "manage.py"], 2, "manage.py is there already and is no data directory"),
    (["dump", "/dev/null/x"], 2, "/dev/null/x"),
    (["dump", "/proc/x"], 2, "/proc/x: No such file"),
])  # fmt: skip
def test_what_cannot_be_done_is_said_in_a_sentence(
    run: Terminal, words: list[str], code: int, sentence: str
) -> None:
    done = run(*words)
    assert done.code == code, done
    assert sentence in done.said
    assert len(done.said.splitlines()) < 30


def test_an_empty_database_says_so(bare: Terminal, tmp_path: Path) -> None:
    asked, dumped = bare("pickups", "Storgatan 1"), bare("dump", str(tmp_path / "x"))
    assert (asked.code, dumped.code) == (1, 1)
    assert "Nothing is loaded yet" in asked.said
    assert "There is nothing to write" in dumped.said


def test_a_database_without_tables_says_so(run: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("no such table: wastecal_edit")

    monkeypatch.setattr(answers, "town", gone)
    done = run("pickups", "Storgatan 1")
    assert done.code == 1
    assert "manage.py migrate" in done.said


def test_loading_again_says_that_nothing_changed(run: Terminal, folder: Path) -> None:
    done = run("load", str(folder))
    assert done.code == 0
    assert "Nothing to change: no Edit made." in done.out


def test_a_dry_run_shows_the_plan_alone(run: Terminal, tmp_path: Path) -> None:
    other = town.write(tmp_path, town.directory(rules=town.RULES[1:], addresses=town.ADDRESSES[1:]))
    done = run("load", str(other), "--dry-run")
    assert "Plan: −1 rule" in done.out
    assert "Not in the files, and kept (end them with --remove):\n  Storgatan 1, 235 00 Holmby" in done.out
    assert "Nothing was changed (--dry-run)." in done.out
    assert "torsdag 26 november  Kärl 1" in run(*ASKED).out


def test_a_faulty_directory_lists_its_faults(run: Terminal, tmp_path: Path) -> None:
    other = town.write(tmp_path, town.directory())
    (other / "zones.csv").write_text("code,name\nH 1,Norr\nH2,\n", "utf-8")
    done = run("load", str(other))
    assert done.code == 2
    assert "zones.csv, line 2, code: " in done.said
    assert "zones.csv, line 3, name: " in done.said
    assert done.said.rstrip().endswith("Nothing was changed. Mend these lines and run the command again.")


def test_dump_writes_what_load_reads(run: Terminal, tmp_path: Path) -> None:
    assert run("dump", str(tmp_path / "one")).out == f"Wrote {tmp_path / 'one'}.\n"
    assert run("dump", str(tmp_path / "one")).code == 0
    town.empty()
    assert run("load", str(tmp_path / "one")).code == 0
    assert run("dump", str(tmp_path / "two")).code == 0
    for file in (tmp_path / "one").iterdir():
        assert (tmp_path / "two" / file.name).read_bytes() == file.read_bytes()


def test_what_a_removed_address_was_told_is_found_by_its_slug(run: Terminal, tmp_path: Path) -> None:
    gone = town.ADDRESSES[3].slug
    fewer = town.directory(addresses=[row for row in town.ADDRESSES if row.slug != gone])
    assert run("load", str(town.write(tmp_path / "fewer", fewer)), "--remove").code == 0
    assert run("pickups", gone).code == 1
    assert "Kärl 1" in run("pickups", gone, "--as-of", "2026-01-02").out


@pytest.mark.parametrize("command", ["load", "dump", "pickups", "reports"])
def test_help_has_an_example(run: Terminal, command: str) -> None:
    done = run(command, "--help")
    assert done.code == 0
    assert f"Example: python manage.py {command} " in done.out


def test_reports_are_marked_done_by_number(run: Terminal) -> None:
    reports.file(Report(Kind.OTHER, text="Hej"), town.NOON)
    number = str(reports.waiting()[0].number)
    assert run("reports", "--done", number).out == "No report waits.\n"
    again = run("reports", "--done", number)
    assert (again.code, again.said) == (1, f"CommandError: No report waits under {number}.\n")
