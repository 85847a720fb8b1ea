"""Is every fault of a data directory told, with its file, line, column and value, and nothing loaded?"""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import town
from wastecal.core.errors import Problem
from wastecal.importing import directory
from wastecal.models import Edit

DATED = "scope,container,anchor,rrule,dates,season,valid_from,valid_until,provenance,probability"
WEEKLY = "FREQ=WEEKLY;INTERVAL=2"
SAID = "kind,scope,date,new_date,new_date_until,reason_sv"
FAULTS = [
    ("zones.csv", "code,name\nH1,\n", "cell_missing", 2, "name", ""),
    ("zones.csv", "code,name\nH 1,Norr\n", "code", 2, "code", "H 1"),
    ("zones.csv", "code,name\nH1,=HYPERLINK()\n", "formula", 2, "name", "=HYPERLINK()"),
    ("zones.csv", "code,name\nH1,@SUM(1)\n", "formula", 2, "name", "@SUM(1)"),
    ("zones.csv", "code,name\nH1,\x01=1+1\n", "formula", 2, "name", "\x01=1+1"),
    ("zones.csv", "code,name\nH1,Norr\nH1,Syd\n", "row_twice", 3, "", "H1"),
    ("zones.csv", "code,name\nH1,Norr\nh1,Syd\n", "row_twice", 3, "", "h1"),
    ("zones.csv", "code,name\nH1,Norr,och mer\n", "row_length", 2, "", "3"),
    ("zones.csv", "code,title\nH1,Norr\n", "column_unknown", 1, "title", ""),
    ("zones.csv", "code\nH1\n", "column_missing", 1, "name", ""),
    ("zones.csv", "code,name,name\nH1,Norr,Norr\n", "column_twice", 1, "name", ""),
    ("zones.csv", "", "column_missing", 1, "code", ""),
    ("zones.csv", 'code,name\nH1,"Norr\n', "csv", 2, "", "unexpected end of data"),
    ("containers.csv", "code,name_sv,order\nk,Kärl,-1\n", "number", 2, "order", "-1"),
    ("containers.csv", "code,name_sv,optional\nk,Kärl,kanske\n", "flag", 2, "optional", "kanske"),
    ("containers.csv", "code,name_sv,colour\nk,Kärl,röd\n", "colour", 2, "colour", "röd"),
    ("containers.csv", "code,name_sv,kinds\nk,Kärl,slott\n", "kind", 2, "kinds", "slott"),
    ("containers.csv", "code,name_sv,default_rrule\nk,Kärl,ofta\n", "rrule", 2, "default_rrule", "ofta"),
    ("addresses.csv", "street,number,locality,zone\nA,1,B,H9\n", "zone_unknown", 2, "zone", "H9"),
    ("addresses.csv", "street,number,locality\nA,1,B\nC,1,B\nA,1,B\n", "row_twice", 4, "", "A 1, B"),
    ("addresses.csv", "street,number,locality\nA,1,B\na,1,b\n", "row_twice", 3, "", "a 1, b"),
    ("addresses.csv", "street,number,locality,lat,lon\nA,1,B,95.1.1,12\n", "number", 2, "lat", "95.1.1"),
    ("addresses.csv", "street,number,locality,lat,lon\nA,1,B,395.1,12\n", "number_range", 2, "lat", "395.1"),
    ("addresses.csv", "street,number,locality,lat,lon\nA,1,B,55.1,\n", "cell_missing", 2, "lon", ""),
    ("addresses.csv", "street,number,locality,kind\nA,1,B,slott\n", "kind", 2, "kind", "slott"),
    ("addresses.csv", "street,number,locality,slug\nA,1,B,a/b\n", "slug", 2, "slug", "a/b"),
    ("addresses.csv", "street,number,locality,slug\nA,1,B,x/y/1\nA,2,B,x/y/1\n", "row_twice", 3, "slug",
     "x/y/1"),
    ("rules.csv", f"{DATED}\nzone:H1,karl-1,2026-02-30,{WEEKLY},,,,,,\n", "date", 2, "anchor", "2026-02-30"),
    ("rules.csv", f"{DATED}\nzone:H1,karl-1,0000-01-01,{WEEKLY},,,,,,\n", "date_range", 2, "anchor",
     "0000-01-01"),
    ("rules.csv", f"{DATED}\nzone:H1,karl-1,9999-12-31,{WEEKLY},,,,,,\n", "date_range", 2, "anchor",
     "9999-12-31"),
    ("rules.csv", f"{DATED}\nzone:H1,karl-1,,{WEEKLY},,,,,,\n", "anchor_missing", 2, "anchor", WEEKLY),
    ("rules.csv", f"{DATED}\nzone:H1,karl-1,2026-11-26,FREQ=WEEKLY;COUNT=3,,,,,,\n", "rrule", 2, "rrule",
     "FREQ=WEEKLY;COUNT=3"),
    ("rules.csv", f"{DATED}\nzone:H1,karl-1,2026-11-26,FREQ=WEEKLY;BYDAY=MO,,,,,,\n", "anchor_not_in_rule", 2,
     "anchor", "2026-11-26"),
    ("rules.csv", f"{DATED}\nzone:H1,karl-9,2026-11-26,{WEEKLY},,,,,,\n", "container_unknown", 2, "container",
     "karl-9"),
    ("rules.csv", f"{DATED}\nzone:H9,karl-1,2026-11-26,{WEEKLY},,,,,,\n", "zone_unknown", 2, "scope",
     "zone:H9"),
    ("rules.csv", f"{DATED}\nstreet:a/b,karl-1,2026-11-26,{WEEKLY},,,,,,\n", "street_unknown", 2, "scope",
     "street:a/b"),
    ("rules.csv", f"{DATED}\naddress:a/b/1,karl-1,2026-11-26,{WEEKLY},,,,,,\n", "address_unknown", 2, "scope",
     "address:a/b/1"),
    ("rules.csv", f"{DATED}\nalla,karl-1,2026-11-26,{WEEKLY},,,,,,\n", "scope", 2, "scope", "alla"),
    ("rules.csv", f"{DATED}\nzone:H1,karl-1,2026-11-26,{WEEKLY},,0-60,,,,\n", "season", 2, "season", "0-60"),
    ("rules.csv", f"{DATED}\nzone:H1,karl-1,2026-11-26,{WEEKLY},,,,,confirmed,0.5\n",
     "probability_unexpected", 2,
     "probability", "0.5"),
    ("rules.csv", f"{DATED}\nzone:H1,karl-1,2026-11-26,{WEEKLY},,,,,sanning,\n", "provenance", 2,
     "provenance",
     "sanning"),
    ("rules.csv", f"{DATED}\nzone:H1,karl-1,2026-11-26,{WEEKLY},,,,,,\n"
     f"zone:H1,karl-1,2026-11-25,{WEEKLY},,,,,,\n", "rule_conflict", 3, "scope", "zone:H1"),
    ("overrides.csv", f"{SAID}\nflytta,everyone,2026-12-01,,,\n", "override_kind", 2, "kind", "flytta"),
    ("overrides.csv", f"{SAID}\nmove,everyone,2026-12-01,,,\n", "cell_missing", 2, "new_date", ""),
    ("overrides.csv", f"{SAID}\ncancel,everyone,,,,\n", "cell_missing", 2, "date", ""),
    ("overrides.csv", f"{SAID}\ncancel,everyone,2026-12-01,2026-12-02,,\n", "new_date_unexpected", 2,
     "new_date",
     "2026-12-02"),
    ("overrides.csv", f"{SAID}\nmove,everyone,2026-12-01,2026-12-04,2026-12-03,\n", "window", 2,
     "new_date_until",
     "2026-12-03"),
    ("overrides.csv", f"{SAID}\ncancel,address:holmby/storgatan/1,2026-12-01,,,Sjuk\n",
     "reason_not_a_code", 2,
     "reason_sv", "Sjuk"),
    ("overrides.csv", f"key,{SAID}\n1.1,add,everyone,2026-12-01,,,\n1.1,add,everyone,2026-12-02,,,\n",
     "row_twice", 3, "", "1.1"),
    ("overrides.csv", f"key,{SAID}\n2026-12-24,cancel,everyone,2026-12-01,,,\n", "key", 2, "key",
     "2026-12-24"),
    ("notices.csv", "scope,text_sv,shown_from,shown_until\neveryone,Hej,2026-12-02,2026-12-02\n",
     "notice_never_shown", 2, "shown_until", "2026-12-02"),
    ("zone_moves.csv", "address,zone,valid_from\na/b/1,H1,2026-12-01\n", "address_unknown", 2, "address",
     "a/b/1"),
    ("edits.csv", "number,at\n1,igår\n", "time", 2, "at", "igår"),
    ("anteckningar.csv", "a\n", "file_unknown", 0, "", ""),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The town with nothing in it that depends on a table which a test breaks."""
    return town.write(tmp_path, town.crisis(zones=[town.ZONES[0]]))


@pytest.mark.parametrize(("file", "text", "code", "line", "column", "value"), FAULTS)
def test_a_fault_is_told_with_its_place(
    folder: Path, file: str, text: str, code: str, line: int, column: str, value: str
) -> None:
    (folder / file).write_text(text, "utf-8", newline="")
    content, problems = directory.read(folder)
    assert content is None
    assert Problem(code, file, line, column, value) in problems


TOML_FAULTS = [
    ('name = "Holmby kommun"', 'name = ""', "cell_missing", "name", ""),
    ('name = "Holmby kommun"', "name = 7", "not_text", "name", "7"),
    ('timezone = "Europe/Stockholm"', 'timezone = "Mars/Holmby"', "timezone", "timezone", "Mars/Holmby"),
    ('put_out_by = "06:00"', 'put_out_by = "sex"', "time_of_day", "put_out_by", "sex"),
    ("shown_from = 0.6", "shown_from = 60", "number_range", "shown_from", "60"),
    ("created = 2026-01-01T00:00:00+01:00", "created = 2026-01-01", "time", "created", "2026-01-01"),
    ("created = 2026-01-01T00:00:00+01:00", "created = 0001-01-01T00:00:00+01:00", "date_range", "created",
     "0001-01-01 00:00:00+01:00"),
    ('put_out_by = "06:00"', 'put_out = "06:00"', "key_unknown", "put_out", ""),
    ('name = "Holmby kommun"', "ended_edit = 1\nname = 'H'", "key_unknown", "ended_edit", "1"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "entry", "value"), TOML_FAULTS)
def test_a_fault_in_the_toml_is_told_with_its_line(
    folder: Path, old: str, new: str, code: str, entry: str, value: str
) -> None:
    file = folder / "municipality.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    _, problems = directory.read(folder)
    line = 1 + text[: text.index(old)].count("\n")
    assert Problem(code, file.name, line, entry, value) in problems


POLICY = [
    ('holiday = "Luciadagen"\nmove = "none"', "holiday", 2, "holiday", "Luciadagen"),
    ('holiday = "*"\nmove = "bort"', "move", 3, "move", "bort"),
    ('holiday = "*"\nmove = "to:9999-12-31"', "date_range", 3, "move", "to:9999-12-31"),
    ('holiday = "*"\nmove = "none"\nyears = [0]', "date_range", 4, "years", "[0]"),
    ('holiday = "*"', "key_missing", 1, "move", ""),
]


@pytest.mark.parametrize(("entry", "code", "line", "column", "value"), POLICY)
def test_a_fault_in_the_holiday_policy_is_told_with_its_line(
    folder: Path, entry: str, code: str, line: int, column: str, value: str
) -> None:
    file = folder / "municipality.toml"
    text = file.read_text("utf-8").replace("shift = []\n", "")
    good = '[[shift]]\nholiday = "*"\nmove = "none"\n'
    file.write_text(f"{text}{good}[[shift]]\n{entry}\n", "utf-8")
    _, problems = directory.read(folder)
    before = (text + good).count("\n")
    assert problems == [Problem(code, file.name, before + line, f"shift[2].{column}", value)]


def test_a_policy_may_not_name_what_there_is_not(folder: Path) -> None:
    file = folder / "municipality.toml"
    text = file.read_text("utf-8").replace("shift = []\n", "")
    file.write_text(
        text + '[[shift]]\nholiday = "*"\nmove = "none"\nzones = ["H7"]\ncontainers = ["k"]\n', "utf-8"
    )
    _, problems = directory.read(folder)
    assert {(row.code, row.column, row.value) for row in problems} == {
        ("zone_unknown", "shift[1].zones", "H7"),
        ("container_unknown", "shift[1].containers", "k"),
    }


def test_every_fault_of_every_file_is_told_at_once(folder: Path) -> None:
    toml = folder / "municipality.toml"
    toml.write_text(toml.read_text("utf-8").replace('"06:00"', '"sex"'), "utf-8")
    (folder / "zones.csv").write_text("code,name\nH1,Norr\nH2,\n", "utf-8")
    (folder / "rules.csv").write_text(
        f"{DATED}\nzone:H1,karl-9,2026-11-26,{WEEKLY},,,,,,\nzone:H1,karl-1,i går,{WEEKLY},,,,,,\n", "utf-8"
    )
    _, problems = directory.read(folder)
    assert [(row.file, row.code) for row in problems] == [
        ("municipality.toml", "time_of_day"),
        ("zones.csv", "cell_missing"),
        ("rules.csv", "date"),
        ("rules.csv", "container_unknown"),
    ]


def test_a_faulty_row_makes_no_faults_of_those_that_name_it(folder: Path) -> None:
    (folder / "zones.csv").write_text("code,name\nH1,\n", "utf-8")
    (folder / "rules.csv").write_text(f"{DATED}\nzone:H1,karl-1,2026-11-26,{WEEKLY},,,,,,\n", "utf-8")
    _, problems = directory.read(folder)
    assert [row.code for row in problems] == ["cell_missing"]


@pytest.mark.parametrize(("raw", "code"), [
    (b"code,name\nH1,Malm\xf6\n", "encoding"),
    (b"code,name\nH1,No\0rr\n", "binary"),
    (b"code,name\nH1," + b"x" * 200_000 + b"\n", "line_too_long"),
    (b'code,name\nH1,"' + b"x\n" * 100_000 + b'"\n', "csv"),
])  # fmt: skip
def test_a_file_that_is_no_text_is_refused(folder: Path, raw: bytes, code: str) -> None:
    (folder / "zones.csv").write_bytes(raw)
    _, problems = directory.read(folder)
    assert [(row.code, row.file) for row in problems] == [(code, "zones.csv")]


def test_a_byte_order_mark_and_windows_line_ends_are_read(folder: Path) -> None:
    file = folder / "addresses.csv"
    rows, _ = directory.read(folder)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert directory.read(folder) == (rows, [])


@pytest.mark.parametrize("text", ["", "name = ", "\0", "[[shift]\n", "shift = 3\n"])
def test_a_toml_that_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "municipality.toml").write_text(text, "utf-8")
    content, problems = directory.read(tmp_path)
    assert content is None
    assert problems


def test_no_directory_at_all_is_told(tmp_path: Path) -> None:
    assert [row.code for row in directory.read(tmp_path / "nowhere")[1]] == ["directory_missing"]
    assert [row.code for row in directory.read(tmp_path)[1]] == ["file_missing"]


VERSIONS = [
    ("code,name,edit,ended_edit\nH1,Norr,1,1\n", "ended_before", "ended_edit", "1"),
    ("code,name,edit,ended_edit\nH1,Norr,7,\n", "edit_unknown", "edit", "7"),
    ("code,name,edit,ended_edit\nH1,Norr,1,7\n", "edit_unknown", "ended_edit", "7"),
    ("code,name\nH1,Norr\n", "edit_unknown", "edit", ""),
]


@pytest.mark.parametrize(("text", "code", "column", "value"), VERSIONS)
def test_versions_and_edits_must_agree(tmp_path: Path, text: str, code: str, column: str, value: str) -> None:
    (tmp_path / "municipality.toml").write_text(
        'name = "H"\nuid_domain = "h.example"\ncreated = 2026-01-01T00:00:00+01:00\nedit = 1\n', "utf-8"
    )
    (tmp_path / "edits.csv").write_text("number,at\n1,2026-01-01T00:00:00+01:00\n", "utf-8")
    (tmp_path / "zones.csv").write_text(text, "utf-8")
    assert Problem(code, "zones.csv", 2, column, value) in directory.read(tmp_path)[1]


def test_edits_stand_in_order(tmp_path: Path) -> None:
    (tmp_path / "municipality.toml").write_text(
        'name = "H"\nuid_domain = "h.example"\ncreated = 2026-01-01T00:00:00+01:00\nedit = 1\n', "utf-8"
    )
    times = "2,2026-01-01T00:00:00+01:00\n1,2026-01-02T00:00:00+01:00\n"
    (tmp_path / "edits.csv").write_text("number,at\n" + times, "utf-8")
    assert [row.code for row in directory.read(tmp_path)[1]] == ["edits_not_in_order"]


@pytest.mark.django_db
def test_a_faulty_directory_loads_nothing(folder: Path) -> None:
    (folder / "zones.csv").write_text("code,name\nH1,\n", "utf-8")
    with pytest.raises(CommandError, match=r"zones.csv, line 2, name: .*\n.*Nothing was changed") as refused:
        call_command("load", str(folder))
    assert refused.value.returncode == 2
    assert not Edit.objects.exists()
