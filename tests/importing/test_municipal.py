"""Do municipal address files of every kind come in as the same addresses, and only what changed?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError

from tests.importing import broken, files
from wastecal import answers
from wastecal.core.rows import Address
from wastecal.importing import maps
from wastecal.management import console, progress
from wastecal.models import Address as AddressRow
from wastecal.models import Edit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _town() -> Iterator[None]:
    files.load()
    yield
    answers.forget()


def live() -> dict[str, Address]:
    rows = AddressRow.values_of(AddressRow.objects.filter(ended_edit=None))
    return {row.slug: row for row in rows}


def edits() -> int:
    return Edit.objects.count()


def plain(folder: Path, *rows: str) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join([files.PLAIN, *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_real_file_says_what_the_town_says(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "real.csv"
    path.write_bytes(files.csv_text(files.real_rows(), delimiter).encode(encoding))
    said = files.run("import_addresses", path, "--map", "vellinge")
    assert "Read 372 addresses" in said
    assert "no Edit made" in said
    assert edits() == 1


def test_the_real_file_as_excel_says_what_the_town_says(tmp_path: Path) -> None:
    header, *rows = files.real_rows()
    typed = [[int(cell) if cell.isdecimal() else cell or None for cell in row] for row in rows]
    path = files.xlsx(tmp_path / "real.xlsx", [header, *typed])
    assert "no Edit made" in files.run("import_addresses", path, "--map", "vellinge")
    assert edits() == 1


def test_a_sheet_gives_whole_numbers_without_their_point(tmp_path: Path) -> None:
    row = ["Nygatan", 7, None, 23661, "Höllviken", "villa", "H1"]
    path = files.xlsx(tmp_path / "list.xlsx", [files.PLAIN.split(","), row])
    broken.rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</v>", b".0</v>"))
    files.run("import_addresses", path, "--map", "plain")
    assert live()["hollviken/nygatan/7"].postcode == "23661"


def test_a_sheet_that_lies_about_its_size_is_read_to_the_end(tmp_path: Path) -> None:
    path = files.xlsx(tmp_path / "list.xlsx", files.real_rows())
    broken.rewrite(
        path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'ref="A1:J373"', b'ref="A1:B2"')
    )
    assert "Read 372 addresses" in files.run("import_addresses", path, "--map", "vellinge")


def test_lantmateriets_columns_are_read_and_their_coordinates_are_not(tmp_path: Path) -> None:
    path = tmp_path / "belagenhetsadress.csv"
    path.write_text(
        "objektidentitet;kommunnamn;adressomrade_faststalltnamn;adressplatsnummer;bokstavstillagg;postnummer;postort;n;e\n"
        "1f3a;Vellinge;Räng Sandsvägen;26;B;23661;Höllviken;6142000.5;372000.1\n"
        "2b7c;Vellinge;Vellingevägen;68-18;;23537;Vellinge;6149000;377000\n"
        "9d0e;Vellinge;Nya vägen;3;;0;Vellinge;6149100;377100\n",
        encoding="utf-8",
    )
    said = files.run("import_addresses", path, "--map", "lantmateriet")
    assert "+1 address, ~0, −0" in said
    new = live()["vellinge/nya-vagen/3"]
    assert (new.postcode, new.lat, new.lon) == ("", None, None)


def test_kind_and_zone_that_a_file_does_not_carry_stay(tmp_path: Path) -> None:
    path = tmp_path / "moved.csv"
    path.write_text(
        "street,number,suffix,letter,postcode,post_town,old_postcode,lat,lon,source\n"
        "Ängsvägen,1,,,23660,Höllviken,23661,55.4123456789,12.9,new\n",
        encoding="utf-8",
    )
    assert "+0 addresses, ~1, −0" in files.run("import_addresses", path, "--map", "vellinge")
    found = live()["hollviken/angsvagen/1"]
    assert (found.kind, found.zone, found.postcode) == ("fritidshus", "F1", "23660")
    assert found.lat == 55.412346


def test_a_kind_and_a_zone_that_a_file_carries_count(tmp_path: Path) -> None:
    path = plain(tmp_path, "Ängsvägen,1,,23661,Höllviken,Villa,H1")
    files.run("import_addresses", path, "--map", "plain")
    found = live()["hollviken/angsvagen/1"]
    assert (found.kind, found.zone, found.edit) == ("villa", "H1", 2)


def test_addresses_that_vanish_are_listed_and_kept_until_removed(tmp_path: Path) -> None:
    path = tmp_path / "real.csv"
    path.write_text(files.csv_text(files.real_rows()[:-2]), encoding="utf-8")
    said = files.run("import_addresses", path, "--map", "vellinge")
    assert "2 addresses not in the file, and kept" in said
    assert "Vellingevägen 68-18, 235 37 Vellinge" in said
    assert (edits(), len(live())) == (1, 372)
    files.run("import_addresses", path, "--map", "vellinge", "--remove")
    assert (edits(), len(live())) == (2, 370)


def test_a_dry_run_says_the_rows_and_changes_nothing(tmp_path: Path) -> None:
    path = plain(tmp_path, "Nygatan,2,,23661,Höllviken,,", "Nygatan,4,,23661,Höllviken,,")
    said = files.run("import_addresses", path, "--map", "plain", "--dry-run")
    assert "+2 addresses, ~0, −0" in said
    assert "line 3: Nygatan 4, 236 61 Höllviken" in said
    assert edits() == 1


def test_the_same_file_again_makes_no_edit(tmp_path: Path) -> None:
    path = plain(tmp_path, "Nygatan,2,,236 61,Höllviken,,", "Nygatan,2 b,,23661,Höllviken,,")
    for _ in range(2):
        files.run("import_addresses", path, "--map", "plain")
    assert edits() == 2
    assert live()["hollviken/nygatan/2b"].letter == "B"


def test_two_of_one_name_keep_their_slugs_when_the_file_comes_again(tmp_path: Path) -> None:
    path = plain(tmp_path, "Nygatan,2,,23661,Höllviken,,", "Nygatan,2,,23662,Höllviken,,")
    for _ in range(2):
        files.run("import_addresses", path, "--map", "plain")
    assert edits() == 2
    assert live()["hollviken/nygatan-23662/2"].postcode == "23662"


def test_a_map_joins_with_a_dash_and_may_be_anywhere(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[fields]\nstreet = "Gata"\nnumber = { join = ["Nr", "Del"], with = "-" }\n'
        'locality = { constant = "Falsterbo" }\n',
        encoding="utf-8",
    )
    path = tmp_path / "list.csv"
    path.write_text("GATA;NR;DEL\nStorgatan;4;2\nStorgatan;6;\n", encoding="utf-8")
    files.run("import_addresses", path, "--map", own)
    assert {"falsterbo/storgatan/4-2", "falsterbo/storgatan/6"} <= set(live())


def test_a_wrong_map_is_told_entry_by_entry(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('skip = 1\n[fields]\nstreet = 3\ntown = "x"\nnumber = { join = [] }\n', encoding="utf-8")
    columns, problems = maps.read(path)
    assert columns is None
    assert {(problem.code, problem.column) for problem in problems} == {
        ("key_unknown", "skip"),
        ("map_source", "fields.street"),
        ("key_unknown", "fields.town"),
        ("map_source", "fields.number"),
        ("key_missing", "fields.locality"),
    }


def test_a_map_that_does_not_exist_names_those_that_do() -> None:
    [line] = files.refused("import_addresses", files.REAL, "--map", "nowhere")
    assert "lantmateriet, plain, vellinge" in line


def test_progress_is_shown_on_a_terminal_only_and_only_after_a_while(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_QUIET_FOR", 0.0)
    for is_terminal, shown in ((False, ""), (True, "\r1,000 rows read")):
        monkeypatch.setattr(console, "is_terminal", lambda is_terminal=is_terminal: is_terminal)
        count = progress.Progress("rows read")
        for _ in range(1000):
            count.tick()
        assert capsys.readouterr().err == shown


def test_a_failing_import_ends_with_two() -> None:
    with pytest.raises(CommandError) as error:
        files.run("import_addresses", "nowhere.csv", "--map", "vellinge")
    assert error.value.returncode == 2
