"""Does what the staff write stay text, wherever it is shown?"""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest
from django.core.management import call_command
from django.test import Client

from tests import town
from tests.staff import asking
from tests.staff.asking import MOVED
from wastecal import answers
from wastecal.models import Edit, Override
from wastecal.staff.roles import Role

ClientOf = Callable[..., Client]
FEED = f"/adress/{town.H1}.ics"
TEXTS = {
    "quotes": "Han sa \"nej\" och 'jo'; sen, kanske",
    "emoji": "Snö ☃️ och halka 🧊",
    "newlines": "Rad ett \n\n  rad två\r\n\r\nrad tre",
    "attendee": "Halka\r\nATTENDEE:mailto:x@example.com\r\nBEGIN:VALARM",
    "markup": "<script>alert(1)</script>{{ 7|add:7 }}{% now %}",
    "right to left": "Halka \u202egnidro\u202c \u200fעברית\u200e slut",
    "later formula": "Se =cmd()|' /C calc'!A0",
    "backslash": "C:\\temp\\;",
    "zero": "nu\x00ll\x07 och\u2028radbrytning",
    "long": "Lång text utan slut. " * 475 + "sluta",
}


@pytest.fixture(params=TEXTS)
def asked(request: pytest.FixtureRequest) -> str:
    return TEXTS[str(request.param)]


@pytest.fixture
def written(asked: str, client_of: ClientOf) -> str:
    """The text, published as the reason of a move; as it is kept."""
    asking.publish(client_of(Role.PUBLISH), {**MOVED, "reason_sv": asked})
    return str(Override.objects.get(edit=2).reason.get("sv"))


def test_control_characters_go_and_every_other_sign_stays(asked: str, written: str) -> None:
    for sign in "\"'<{;,\\=☃🧊\u202e\u200f":
        assert written.count(sign) == asked.count(sign)
    assert not set(written) & {"\r", "\x00", "\x07", "\u2028"}
    assert len(written) > len(asked) - 10


def test_the_feed_holds_it_as_text_and_no_line_of_its_own(written: str, client: Client) -> None:
    body = client.get(FEED).content
    lines = body.replace(b"\r\n ", b"").split(b"\r\n")
    assert not any(line.startswith((b"ATTENDEE", b"BEGIN:VALARM")) for line in lines)
    assert b"\n" not in b"".join(lines)
    assert max(map(len, body.split(b"\r\n"))) <= 75
    assert icalendar.Calendar.from_ical(body).walk("VEVENT")
    described = [_read(line.decode()) for line in lines if line.startswith(b"DESCRIPTION")]
    assert any(written in text for text in described)


def _read(line: str) -> str:
    """A text as RFC 5545 (3.3.11) says it is read: icalendar takes `\\\\N` for a line break."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], line)


def test_the_pages_show_it_as_text(written: str, client: Client, client_of: ClientOf) -> None:
    staff = client_of(Role.READ)
    pages = [client.get(f"/adress/{town.H1}/"), staff.get("/personal/"), staff.get("/personal/historik/2/")]
    for page in pages:
        html = page.content.decode()
        assert "<script>alert" not in html
        assert " ".join(written.split())[:150] in asking.page_of(page).text.replace("\n", " ")


def test_the_dump_holds_it_without_a_formula_and_loads_again(written: str, tmp_path: Path) -> None:
    call_command("dump", tmp_path / "one", stdout=io.StringIO())
    with (tmp_path / "one" / "overrides.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert written in cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)
    town.empty()
    call_command("load", tmp_path / "one", stdout=io.StringIO())
    call_command("dump", tmp_path / "two", stdout=io.StringIO())
    answers.forget()
    assert {f.name: f.read_bytes() for f in (tmp_path / "one").iterdir()} == {
        f.name: f.read_bytes() for f in (tmp_path / "two").iterdir()
    }


@pytest.mark.parametrize("text", ["=cmd()", "+46 70", "-1", "@x", "\t=1", " =1", "\x00=1"])
def test_what_a_spreadsheet_takes_for_a_formula_is_refused(client_of: ClientOf, text: str) -> None:
    page = asking.check(client_of(Role.PUBLISH), {**MOVED, "reason_sv": text})
    assert (page.status, Edit.objects.count()) == (400, 1)
    assert "Börja med en bokstav" in page.text


def test_a_text_that_is_too_long_is_refused_and_kept_in_the_form(client_of: ClientOf) -> None:
    page = asking.check(client_of(Role.PUBLISH), {**MOVED, "reason_sv": "x" * 10_001})
    assert page.status == 400
    assert "Skriv högst 10000 tecken. Du har skrivit 10001." in page.text.replace("\u00a0", "")
    assert "x" * 10_001 in page.html


@pytest.mark.parametrize(
    "whom", ["x" * 9000, "'; DROP TABLE x", "zone:H1\x00", "address:../../x", "🧊", "%s" * 50]
)
def test_nothing_that_is_typed_for_whom_breaks_the_form(client_of: ClientOf, whom: str) -> None:
    page = asking.check(client_of(Role.PUBLISH), {**MOVED, "whom": whom})
    assert page.status in (200, 400)
