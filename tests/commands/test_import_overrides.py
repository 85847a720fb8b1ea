"""Does import_overrides speak in sentences and end with the right number?"""

from pathlib import Path

import pytest

from tests import town
from tests.importing import files
from tests.terminal import Terminal
from wastecal.models import Edit

pytestmark = pytest.mark.django_db
HEADER = ["kind", "scope", "date", "new_date", "reason_sv"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setattr("wastecal.management.console.today", lambda: town.TODAY)
    town.load(town.directory())
    return Terminal(capsys)


@pytest.fixture(params=["csv", "xlsx"])
def good(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    rows = [
        HEADER,
        ["move", "zone:H1", "2026-11-26", "2026-11-27", "Halka"],
        ["cancel", "everyone", "2026-12-24"],
    ]
    path = tmp_path / f"list.{request.param}"
    if request.param == "xlsx":
        return files.xlsx(path, rows)
    path.write_text("\n".join(";".join([*row, *[""] * (5 - len(row))]) for row in rows), "utf-8")
    return path


def test_a_dry_run_shows_the_plan_and_changes_nothing(run: Terminal, good: Path) -> None:
    done = run("import_overrides", str(good), "--dry-run")
    assert (done.code, done.said) == (0, "")
    assert f"Read 2 deviations in {good.name}." in done.out
    assert "Plan: +2 overrides" in done.out
    assert Edit.objects.count() == 1


def test_a_file_is_one_edit_and_the_same_file_again_none(run: Terminal, good: Path) -> None:
    assert "Done: Edit 2." in run("import_overrides", str(good)).out
    assert "Nothing to change: no Edit made." in run("import_overrides", str(good)).out


def test_problems_are_listed_by_line_and_nothing_is_imported(run: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(
        "kind,scope,date,new_date\nmove,zone:H9,2026-11-26,2026-11-27\ncancel,everyone,soon,\n", "utf-8"
    )
    done = run("import_overrides", str(path))
    assert done.code == 2
    assert "bad.csv, line 2, scope: There is no zone “zone:H9”." in done.said
    assert "bad.csv, line 3, date: “soon” is no date" in done.said
    assert Edit.objects.count() == 1


def test_a_file_that_is_not_there_and_a_town_that_is_not_there(
    run: Terminal, good: Path, tmp_path: Path
) -> None:
    assert run("import_overrides", str(tmp_path / "none.csv")).code == 2
    town.empty()
    assert run("import_overrides", str(good)).code == 1
