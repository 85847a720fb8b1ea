"""Does a file of deviations go out to Excel and come in again, and is a bad one refused in plain words?"""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from tests import town
from tests.staff import asking
from tests.staff.asking import Page
from wastecal import answers, edits
from wastecal.core.overrides import Override
from wastecal.edits import Write
from wastecal.importing import overrides
from wastecal.models import Edit
from wastecal.models import Override as Row
from wastecal.staff.files import sheets
from wastecal.staff.roles import Role

URL = "/personal/filer/las-in/"
HEADER = [
    "key",
    "kind",
    "scope",
    "containers",
    "date",
    "new_date",
    "new_date_until",
    "reason_sv",
    "reason_en",
]
MOVED = ["", "move", "zone:H1", "", "2026-11-26", "2026-11-27", "", "Halka", "Ice"]
ClientOf = Callable[..., Client]
Rows = Sequence[Sequence[Any]]


@pytest.fixture
def publisher(client_of: ClientOf) -> Client:
    return client_of(Role.PUBLISH)


def csv_of(rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(delimiter.join(map(str, row)) for row in rows).encode(encoding)


def xlsx_of(rows: Rows, start: bytes = b"") -> bytes:
    book = load_workbook(io.BytesIO(start)) if start else Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, 2 if start else 1):
        for place, value in enumerate(row, 1):
            sheet.cell(number, place).value = value if value != "" else None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(client: Client, content: bytes, name: str = "jul.csv") -> Page:
    return asking.page_of(
        client.post(URL, {"step": "check", "rows": "", "file": SimpleUploadedFile(name, content)})
    )


def published(client: Client, checked: Page) -> Page:
    assert checked.status == 200, checked.text
    return asking.page_of(asking.step(client, checked, "publish", URL))


def fresh() -> list[Override]:
    rows = Row.objects.filter(ended_edit=None, edit__gt=1).order_by("pk")
    return [row.to_core() for row in rows]


def test_the_template_filled_in_by_a_program_comes_back_as_deviations(publisher: Client) -> None:
    template = publisher.get("/personal/filer/mall.xlsx").content
    book = load_workbook(io.BytesIO(template))
    assert [cell.value for cell in book.worksheets[0][1]] == HEADER
    assert book.sheetnames == ["Avvikelser", "Förklaring", "Tillåtna värden"]
    allowed = {cell.value for cell in book["Tillåtna värden"]["B"]}
    assert {"everyone", "zone:H1", "street:holmby/storgatan"} <= allowed
    dated = [*MOVED[:4], date(2026, 11, 26), date(2026, 11, 27), *MOVED[6:]]
    checked = send(publisher, xlsx_of([dated], template), "jul.xlsx")
    assert "Rader i filen: 1. Nya: 1." in checked.text
    assert "3 adresser" in checked.text
    assert Edit.objects.count() == 1
    receipt = published(publisher, checked)
    assert "Inläst: 1 avvikelse ur jul.xlsx" in receipt.text
    (row,) = fresh()
    assert (row.scope, row.date, row.new_date) == ("zone:H1", date(2026, 11, 26), date(2026, 11, 27))
    assert row.reason.pairs == (("sv", "Halka"), ("en", "Ice"))


def test_the_template_as_csv_has_the_columns_of_a_data_directory(publisher: Client) -> None:
    answer = publisher.get("/personal/filer/mall.csv")
    assert answer.content == ("\ufeff" + ";".join(HEADER) + "\r\n").encode()
    assert answer["Content-Disposition"] == 'attachment; filename="mall.csv"'
    assert publisher.get("/personal/filer/mall.ods").status_code == 404


FORMS = [(";", "utf-8"), (",", "utf-8-sig"), ("\t", "utf-8"), (";", "cp1252"), (";", "latin-1")]


@pytest.mark.parametrize(("delimiter", "encoding"), FORMS)
def test_every_usual_way_to_write_csv_is_read(publisher: Client, delimiter: str, encoding: str) -> None:
    row = [*MOVED[:7], "Snöoväder på väg", "Snow"]
    published(publisher, send(publisher, csv_of([HEADER, row], delimiter, encoding)))
    assert [row.reason.get("sv") for row in fresh()] == ["Snöoväder på väg"]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_in_force_goes_out_and_in_again_without_a_change(publisher: Client, form: str) -> None:
    content = publisher.get(f"/personal/filer/avvikelser.{form}").content
    page = send(publisher, content, f"avvikelser.{form}")
    assert "Det finns inget att publicera: inget ändras." in page.text
    assert Edit.objects.count() == 1


def test_a_row_with_its_key_is_changed_and_the_others_stay(publisher: Client) -> None:
    content = publisher.get("/personal/filer/avvikelser.csv").content.decode("utf-8-sig")
    assert "2026-12-11;2026-12-12" in content
    changed = content.replace("2026-12-11;2026-12-12", "2026-12-12;2026-12-13").encode()
    checked = send(publisher, changed)
    assert "Ändrade: 1. Gäller redan: 3." in checked.text
    published(publisher, checked)
    assert [row.new_date for row in fresh()] == [date(2026, 12, 12)]
    assert Row.objects.filter(ended_edit=2).count() == 1


def test_the_same_file_twice_is_one_edit(publisher: Client) -> None:
    content = csv_of([HEADER, MOVED])
    published(publisher, send(publisher, content))
    assert "Det finns inget att publicera: inget ändras." in send(publisher, content).text
    assert Edit.objects.count() == 2


def test_several_hundred_rows_are_one_edit(publisher: Client) -> None:
    days = [date(2027, 1, 1 + number % 28).isoformat() for number in range(400)]
    scopes = ["zone:H1", "zone:H2", "street:holmby/storgatan", "address:holmby/storgatan/1"]
    rows = [
        [
            "",
            "add",
            scopes[number // 28 % 4],
            ("karl-1", "karl-2", "tradgard", "")[number // 112],
            day,
            "",
            "",
            "",
            "",
        ]
        for number, day in enumerate(days)
    ]
    receipt = published(publisher, send(publisher, csv_of([HEADER, *rows])))
    assert "Inläst: 400 avvikelser ur jul.csv" in receipt.text
    assert (len(fresh()), Edit.objects.count()) == (400, 2)


def test_more_rows_than_are_read_are_refused_with_their_number(publisher: Client) -> None:
    page = send(publisher, csv_of([HEADER, *[MOVED] * (overrides.MAX_ROWS + 1)]))
    assert page.status == 400
    assert "fler än 1000 rader" in page.text


def test_every_problem_is_listed_by_row_and_column(publisher: Client) -> None:
    rows = [
        HEADER,
        MOVED,
        ["", "bränns", "zone:H1", "", "2026-11-26", "", "", "", ""],
        ["", "move", "zone:H9", "karl-9", "2026-11-26", "2026-11-27", "", "", ""],
        ["", "cancel", "zone:H8", "", "igår", "", "", "", ""],
        ["", "cancel", "everyone", "", "2026-12-01", "", "", "=cmd()", ""],
        ["", "cancel", "address:holmby/storgatan/99", "", "2026-12-01", "", "", "access", ""],
        ["7.1", "cancel", "everyone", "", "2026-12-01", "", "", "", ""],
        ["", "cancel", "everyone", "", "2016-12-01", "", "", "", ""],
        MOVED,
    ]
    page = send(publisher, csv_of(rows))
    assert (page.status, Edit.objects.count()) == (400, 1)
    assert "Fel i raderna: 10. De står nedan." in page.text
    for told in (
        "Rad 3 kind “bränns”",
        "Rad 4 scope",
        "Rad 4 containers",
        "Rad 5 date “igår”",
        "Rad 5 scope Det finns inget hämtningsområde “zone:H8”",
        "Rad 6 reason_sv “=cmd()”",
        "Rad 7 scope",
        "Rad 8 key Det finns ingen avvikelse 7.1 som gäller.",
        "Rad 9 date",
        "Rad 10 –",
    ):
        assert told.replace("“", "”") in page.text.replace("“", "”"), told
    assert "<textarea" in page.html
    assert "bränns" in page.html.partition("<textarea")[2]


def test_rows_are_mended_and_sent_again_without_the_file(publisher: Client) -> None:
    page = asking.check(publisher, {"rows": "\t".join(HEADER) + "\r\n" + "\t".join(MOVED)}, URL)
    published(publisher, page)
    assert [row.new_date for row in fresh()] == [date(2026, 11, 27)]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (overrides.MAX_UNPACKED + 1))
    return out.getvalue()


BAD: list[tuple[str, Callable[[], bytes], str]] = [
    ("jul.xlsx", bomb, "skulle packas upp till"),
    ("jul.xlsx", lambda: b"PK\x03\x04broken", "är skadad"),
    ("jul.xls", lambda: b"\xd0\xcf\x11\xe0old", "gammal eller skyddad"),
    ("jul.csv", lambda: b"", "Filen är tom"),
    ("jul.csv", lambda: b"\n\n", "Filen är tom"),
    ("jul.csv", lambda: b"a\0b\n", "ingen textfil"),
    ("jul.csv", lambda: b"x" * (overrides.MAX_BYTES + 1), "Filen är för stor"),
    (
        "jul.csv",
        lambda: csv_of([HEADER, ["", "cancel", "everyone", "", "2026-12-01", "", "", "x" * 99_000]] * 5),
        "för",
    ),
    ("jul.csv", lambda: b"gata,nummer\nStorgatan,1\n", "Fel i raderna"),
    ("jul.csv", lambda: csv_of([HEADER]), "Det finns ingen rad under rubrikerna"),
    ("bild.png", lambda: b"\x89PNG\r\n\x1a\n\0\0", "ingen textfil"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), BAD)
def test_a_bad_file_is_refused_in_a_sentence(
    publisher: Client, name: str, content: Callable[[], bytes], sentence: str
) -> None:
    page = send(publisher, content(), name)
    assert (page.status, Edit.objects.count()) == (400, 1)
    assert sentence in page.text


def test_a_text_of_ten_thousand_characters_is_read_and_one_more_is_not(publisher: Client) -> None:
    page = send(publisher, csv_of([HEADER, [*MOVED[:7], "x" * 10_001, ""]]))
    assert "Texten är för lång: skriv högst 10" in page.text
    published(publisher, send(publisher, csv_of([HEADER, [*MOVED[:7], "x" * 10_000, ""]])))
    assert len(fresh()[0].reason.get("sv")) == 10_000


@pytest.mark.usefixtures("holmby")
@pytest.mark.parametrize("words", ["=cmd()", "+46", "-1", "@a", "\tx"])
def test_a_text_that_begins_like_a_formula_goes_out_as_text(words: str) -> None:
    assert sheets.text([[words]]).decode("utf-8-sig") in (f"'{words}\r\n", f'"\'{words}"\r\n')
    cell = load_workbook(io.BytesIO(sheets.workbook([["a"], [words]]))).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (words, "s")


def test_a_formula_in_a_file_is_never_run_but_named(publisher: Client) -> None:
    page = send(publisher, xlsx_of([HEADER, [*MOVED[:4], "=TODAY()", *MOVED[5:]]]), "jul.xlsx")
    assert page.status == 400
    assert "=TODAY()" in page.text


def test_a_text_with_quotes_lines_and_signs_comes_back_as_it_was(publisher: Client) -> None:
    hard = 'Snö; "halka", 🚛\n\u202eATTENDEE:x'
    row = town.override("cancel", "12-24", scope="zone:H1", reason=town.text(hard, "Snow"))
    edits.record(lambda: Write({"overrides": [row]}, {}), "", town.NOON)
    for form in ("xlsx", "csv"):
        page = send(publisher, publisher.get(f"/personal/filer/avvikelser.{form}").content, f"a.{form}")
        assert "Det finns inget att publicera: inget ändras." in page.text


def test_whoever_may_propose_sends_a_file_as_a_proposal(client_of: ClientOf) -> None:
    proposer = client_of(Role.PROPOSE)
    page = send(proposer, csv_of([HEADER, MOVED]))
    waiting = asking.page_of(asking.step(proposer, page, "propose", URL))
    assert waiting.status == 200
    assert Edit.objects.count() == 1


def test_whoever_may_only_read_gets_files_and_sends_none(client_of: ClientOf) -> None:
    reader = client_of(Role.READ)
    assert asking.page_of(reader.get("/personal/filer/")).status == 200
    assert send(reader, csv_of([HEADER, MOVED])).status == 403


def test_the_key_of_one_that_was_withdrawn_meanwhile_is_named(publisher: Client) -> None:
    content = publisher.get("/personal/filer/avvikelser.csv").content
    pk = Row.objects.get(kind="move").pk
    edits.record(lambda: Write({}, {"overrides": [pk]}), "", town.NOON)
    answers.forget()
    page = send(publisher, content)
    assert re.search(r"Det finns ingen avvikelse 1\.\d som gäller\.", page.text), page.text[:1500]


def test_headings_and_values_as_a_clerk_writes_them_are_understood(publisher: Client) -> None:
    rows = [
        ["Vad", "För vem", "Kärl", "Dag", "Ny dag", "Skäl", "Skäl på engelska"],
        ["Flyttas", "H1", "Kärl 1", "2026-12-24", "2026-12-23", "Jul", "Christmas"],
        ["inställd", "Alla", "", "2026-12-25", "", "", ""],
        ["Extra", "holmby södra", "Kärl 1, Kärl 2", "2026-12-30", "", "", ""],
    ]
    published(publisher, send(publisher, csv_of(rows, ";")))
    assert [(str(row.kind), row.scope, row.containers) for row in fresh()] == [
        ("move", "zone:H1", ("karl-1",)),
        ("cancel", "everyone", ()),
        ("add", "zone:H2", ("karl-1", "karl-2")),
    ]
    assert fresh()[0].reason.pairs == (("sv", "Jul"), ("en", "Christmas"))


def test_a_fault_is_named_by_the_heading_that_was_written(publisher: Client) -> None:
    rows = [["Vad", "För vem", "Dag", "Ny dag"], ["Flytt", "H9", "2026-12-24", "julafton"]]
    text = send(publisher, csv_of(rows)).text
    assert "Ny dag" in text.partition("Vad som är fel")[2]
    assert "new_date" not in text


def test_two_headings_for_one_column_are_a_fault_and_not_a_guess(publisher: Client) -> None:
    rows = [["Vad", "Händelse", "För vem", "Dag"], ["Flytt", "Extra", "alla", "2026-12-24"]]
    assert send(publisher, csv_of(rows)).status == 400
