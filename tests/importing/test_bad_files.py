"""Is a bad file refused whole, with every fault named by file, line, column and value?"""

import re
import shutil
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from tests.importing import broken, files
from wastecal import answers, words
from wastecal.core.errors import Problem
from wastecal.importing import directory, maps, municipal, sheets
from wastecal.importing.files import Unreadable
from wastecal.models import Edit

pytestmark = pytest.mark.django_db

GOOD = "Nygatan,2,,23661,Höllviken,villa,H1"


@pytest.fixture(autouse=True)
def _town() -> Iterator[None]:
    files.load()
    yield
    assert [edit.number for edit in Edit.objects.all()] == [1]
    answers.forget()


def problems_in(path: Path, column_map: str = "plain") -> list[tuple[str, int, str, str]]:
    """(code, line, column, value) of each problem that importing the file gives."""
    columns, _ = maps.read(files.ROOT / "fixtures" / "maps" / f"{column_map}.toml")
    assert columns is not None
    zones = {zone.code for zone in answers.zones()}
    try:
        _, problems = municipal.read(path, columns, zones)
    except Unreadable as error:
        problems = [error.problem]
    files.refused("import_addresses", path, "--map", column_map)
    assert {problem.file for problem in problems} == {path.name}
    return [(problem.code, problem.line, problem.column, problem.value) for problem in problems]


def written(folder: Path, *rows: str, encoding: str = "utf-8", header: str = files.PLAIN) -> Path:
    path = folder / "list.csv"
    path.write_bytes("\n".join([header, *rows]).encode(encoding))
    return path


def test_every_fault_of_a_file_is_listed_with_line_column_and_value(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        GOOD,
        "Nygatan,4,,23661,Höllviken,palats,H1",
        "Nygatan,2,,236 61,Höllviken,villa,H1",
        "Nygatan,6,,23661,Höllviken,villa,Z9",
        ",8,,23661,Höllviken,villa,H1",
        "=1+1,8,,23661,Höllviken,villa,H1",
        "@Nygatan,8,,23661,Höllviken,villa,H1",
        "Nygatan,8,,23661",
        "Nygatan,2026-02-01,,23661,Höllviken,villa,H1",
        "Nygatan,10,,#N/A,Höllviken,villa,H1",
    )
    assert problems_in(path) == [
        ("kind", 3, "kind", "palats"),
        ("row_twice", 4, "street", "Nygatan 2, 236 61 Höllviken"),
        ("zone_unknown", 5, "zone", "Z9"),
        ("cell_missing", 6, "street", ""),
        ("formula", 7, "street", "=1+1"),
        ("formula", 8, "street", "@Nygatan"),
        ("row_length", 9, "", "4"),
        ("number_is_date", 10, "number", "2026-02-01"),
        ("sheet_error", 11, "postcode", "#N/A"),
    ]


def test_the_command_says_where_and_what(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD, "Nygatan,6,,23661,Höllviken,villa,Z9")
    first, *_ = files.refused("import_addresses", path, "--map", "plain")
    assert first.startswith("list.csv, line 3, zone: ")
    assert "Z9" in first


def test_columns_missing_unknown_and_twice_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, header="street,number,letter,postcode,Nummer,kind,zone,zone")
    assert problems_in(path) == [
        ("column_missing", 1, "locality", ""),
        ("column_unknown", 1, "Nummer", ""),
        ("column_twice", 1, "zone", ""),
    ]


def test_the_faulty_column_is_called_as_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "street,number,suffix,letter,postcode,post_town,old_postcode,lat,lon,source\n"
        "Nygatan,=B1,,,23661,,,north,12.9,x\n"
        "Nygatan,2,,,23661,,,north,12.9,x\n",
        encoding="utf-8",
    )
    assert sorted(problems_in(path, "vellinge")) == [
        ("cell_missing", 3, "post_town", ""),
        ("formula", 2, "number", "=B1"),
        ("number", 3, "lat", "north"),
    ]


@pytest.mark.parametrize("encoding", ["cp850", "cp437", "mac_roman"])
def test_an_encoding_of_long_ago_is_not_taken_for_western_european(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "Nygatan,2,,23661,Höllviken,villa,H1", encoding=encoding)
    [(code, line, column, _)] = problems_in(path)
    assert (code, line, column) in {("encoding", 2, "locality"), ("encoding", 2, "")}


def test_one_line_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"{files.PLAIN}\n{GOOD}\n".encode() + GOOD.replace(",2,", ",4,").encode("latin-1"))
    [(code, line, _, _)] = problems_in(path)
    assert (code, line) == ("encoding", 3)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_file_of_wide_characters_is_refused(tmp_path: Path, encoding: str) -> None:
    assert problems_in(written(tmp_path, GOOD, encoding=encoding))[0][0] == "binary"


def test_an_unclosed_quotation_mark_is_named(tmp_path: Path) -> None:
    assert problems_in(written(tmp_path, GOOD, '"Nygatan,4,,23661,Höllviken,,'))[0][0] == "csv"


def test_line_ends_of_long_ago_are_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"{files.PLAIN}\r{GOOD}\r".encode())
    assert problems_in(path)[0][0] == "csv"


@contextmanager
def without_reading_it() -> Iterator[None]:
    """What is done within never holds more than some megabytes."""
    tracemalloc.start()
    yield
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_line_of_200_megabytes_is_refused_at_once_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    broken.long_line(path, files.PLAIN, 200_000_000)
    columns, _ = maps.read(files.ROOT / "fixtures" / "maps" / "plain.toml")
    assert columns is not None
    with without_reading_it(), pytest.raises(Unreadable) as error:
        municipal.read(path, columns, ())
    assert error.value.problem == Problem("line_too_long", "long.csv", 2, value="100000")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", "file_empty"),
        ("blank.csv", b"\n\n", "file_empty"),
        ("mark.csv", b"\xef\xbb\xbf", "file_empty"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "xls"),
        ("nonsense.xlsx", b"PK\x03\x04" + b"nonsense" * 100, "xlsx"),
        ("program.csv", b"\x7fELF\x02\x01\x01\0\0\0\0", "binary"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert problems_in(path)[0][0] == code


def test_a_folder_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    assert problems_in(tmp_path)[0][0] == "not_a_file"
    assert problems_in(tmp_path / "nowhere.csv")[0][0] == "file_missing"


def sheet(folder: Path, *rows: list[Any]) -> Path:
    return files.xlsx(folder / "list.xlsx", [files.PLAIN.split(","), *rows])


def test_formula_cells_are_named_and_never_computed(tmp_path: Path) -> None:
    path = sheet(tmp_path, ["Nygatan", "=1+1", None, 23661, "Höllviken", "villa", "H1"])
    assert problems_in(path) == [("formula", 2, "number", "=1+1")]


def test_a_number_that_excel_took_for_a_date_is_named(tmp_path: Path) -> None:
    path = sheet(tmp_path, ["Nygatan", date(2026, 2, 1), None, 23661, "Höllviken", "villa", "H1"])
    assert problems_in(path) == [("number_is_date", 2, "number", "2026-02-01")]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sheet(tmp_path, GOOD.split(","))
    broken.bomb(path, "xl/media/bomb.xml", sheets.MAX_UNPACKED)
    assert path.stat().st_size < 5_000_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("a part of it was unpacked"))
    assert problems_in(path)[0][0] == "zip_bomb"


def test_a_sheet_cut_short_is_refused(tmp_path: Path) -> None:
    whole = sheet(tmp_path, GOOD.split(",")).read_bytes()
    for length in range(100, len(whole), 400):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(whole[:length])
        assert problems_in(path)[0][0] == "xlsx"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sheetData>", b"<sheetData"),
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'),
        (b'r="A2"', b'r="2A!"'),
        (b't="inlineStr"><is><t>Nygatan</t></is>', b't="s"><v>99999</v>'),
    ],
)
def test_a_sheet_with_a_broken_part_is_refused(tmp_path: Path, old: bytes, new: bytes) -> None:
    path = sheet(tmp_path, GOOD.split(","))
    broken.rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(old, new, 1))
    assert problems_in(path)[0][0] == "xlsx"


def test_a_sheet_that_claims_endless_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 1000)
    path = sheet(tmp_path, GOOD.split(","))
    rows = (b'<row r="2"', b'<row r="99999999999"')
    broken.rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(*rows))
    assert problems_in(path)[0][:2] == ("too_many_rows", 1001)


def test_a_directory_with_many_faults_lists_them_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "town"
    shutil.copytree(files.TOWN, path)
    (path / "extra.csv").write_text("x\n")
    (path / "zones.csv").write_text("code,name,colour\nH1,Ett,red\n")
    (path / "rules.csv").write_text(
        "scope,container,anchor,rrule\n"
        "zone:H1,karl-1,2026-02-30,FREQ=WEEKLY\n"
        "zone:H1,karl-1,2026-02-03,FREQ=HOURLY\n"
        "zone,karl-1,2026-02-03,FREQ=WEEKLY\n"
    )
    (path / "notices.csv").write_text(
        "scope,text_sv,shown_from,shown_until\neveryone,=SUM(A1),2026-01-01,2026-02-01\n"
        "everyone,Hej,2026-02-01,2026-01-01\n"
    )
    _, problems = directory.read(path)
    assert [(found.code, found.file, found.line, found.column, found.value) for found in problems] == [
        ("file_unknown", "extra.csv", 0, "", ""),
        ("column_unknown", "zones.csv", 1, "colour", ""),
        ("date", "rules.csv", 2, "anchor", "2026-02-30"),
        ("rrule", "rules.csv", 3, "rrule", "FREQ=HOURLY"),
        ("scope", "rules.csv", 4, "scope", "zone"),
        ("formula", "notices.csv", 2, "text_sv", "=SUM(A1)"),
        ("notice_never_shown", "notices.csv", 3, "shown_until", "2026-01-01"),
    ]
    assert len(files.refused("load", path)) == len(problems) + 1


def test_faults_between_the_rows_of_a_directory_are_listed_too(tmp_path: Path) -> None:
    path = tmp_path / "town"
    path.mkdir()
    shutil.copy(files.TOWN / "containers.csv", path)
    toml = (files.TOWN / "municipality.toml").read_text(encoding="utf-8")
    (path / "municipality.toml").write_text(toml, encoding="utf-8")
    (path / "addresses.csv").write_text(
        "street,number,locality,zone\nNygatan,2,Vellinge,Z9\nNygatan,4,Vellinge,\nNygatan,4,Vellinge,\n"
    )
    (path / "rules.csv").write_text(
        "scope,container,anchor,rrule\nzone:Z8,karl-9,2026-02-03,FREQ=WEEKLY\n"
        "everyone,karl-1,2026-02-03,FREQ=WEEKLY\neveryone,karl-1,2026-02-04,FREQ=WEEKLY\n"
    )
    _, problems = directory.read(path)
    assert {(found.code, found.file, found.line) for found in problems} == {
        ("zone_unknown", "addresses.csv", 2),
        ("row_twice", "addresses.csv", 4),
        ("zone_unknown", "rules.csv", 2),
        ("container_unknown", "rules.csv", 2),
        ("rule_conflict", "rules.csv", 4),
    }


@pytest.mark.parametrize("name", ["addresses.csv", "municipality.toml", "edits.csv", "rules.csv"])
def test_a_directory_with_a_file_in_another_encoding_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "town"
    shutil.copytree(files.TOWN, path)
    with (path / name).open("ab") as file:
        file.write("# väg\n".encode("latin-1"))
    _, problems = directory.read(path)
    assert [(problem.code, problem.file) for problem in problems] == [("encoding", name)]


def test_a_directory_with_a_line_of_200_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "town"
    shutil.copytree(files.TOWN, path)
    broken.long_line(path / "zones.csv", "code,name", 200_000_000)
    with without_reading_it():
        assert any("zones.csv, line 2" in line for line in files.refused("load", path))


def test_every_fault_that_a_file_can_have_has_its_sentence() -> None:
    named = re.compile(r'(?:Problem|ValueError|InvalidRule|_Fault)\(\s*"([a-z_]+)"|yield "([a-z_]+)",')
    sources = [
        file for room in ("core", "importing") for file in (files.ROOT / "wastecal" / room).glob("*.py")
    ]
    codes = {a or b for file in sources for a, b in named.findall(file.read_text(encoding="utf-8"))}
    assert {"csv", "zip_bomb", "row_twice", "rrule", "map_source"} <= codes
    with translation.override("en"):
        assert [code for code in sorted(codes) if words.problem(Problem(code)).startswith("Fault")] == []
