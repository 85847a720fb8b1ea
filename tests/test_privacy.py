"""Is anything private ever told: who is away, what an agreement is for, what staff and residents said?"""

import io
import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from tests import surfaces, town
from wastecal import answers
from wastecal.importing import loading
from wastecal.models import Edit, Evidence, Note, Report, Suspension

pytestmark = pytest.mark.django_db

FLATS = "holmby/parkgatan/1"
ENDINGS = ("/", ".ics", ".paminn.ics", ".json")
AGREED = "address:holmby/storgatan/1"
SECRETS = {
    "suspension": "utlandsvistelse-zzqa",
    "agreement": "dialysbehandling-zzqb",
    "note": "arg-hund-zzqc",
    "evidence": "mormors-nummer-zzqd",
    "author": "handlaggare-zzqe",
    "report": "grannen-har-flyttat-zzqf",
}


@pytest.fixture(autouse=True)
def _town_with_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    rules = [*town.RULES, town.rule(AGREED, "11-25", "FREQ=WEEKLY")]
    town.load(town.directory(rules=rules))
    Suspension.objects.create(
        address=town.H1, starts=date(2026, 11, 1), cause=SECRETS["suspension"], made_at=town.NOON
    )
    Note.objects.create(scope=AGREED, text=SECRETS["agreement"], made_at=town.NOON)
    Note.objects.create(scope="zone:H1", text=SECRETS["note"], made_at=town.NOON)
    Evidence.objects.create(
        date=date(2026, 11, 12), locality="Holmby", street="Storgatan", number="1", container="karl-1",
        kind="collected", source="sms", sending=SECRETS["evidence"],
    )  # fmt: skip
    Report.objects.create(
        kind="other", address=town.H1, typed=SECRETS["report"], text=SECRETS["report"], made_at=town.NOON
    )
    Edit.objects.update(author=SECRETS["author"])
    answers.forget()


def walked(client: Client, *more: str) -> dict[str, str]:
    """Every page and file of the town, found by following every link from the front page, from
    pages with nothing on them, and from `more`."""
    found: dict[str, str] = {}
    waiting = [
        "/",
        "/en/",
        "/?q=storgatan",
        "/?q=finns+inte",
        "/adress/finns/inte/9/",
        "/healthz/ready",
        "/sok/index.json",
        "/sok/borjan/-.json",
        "/sok/hus/-.json",
        f"/adress/{town.H1}/ar/2027/",
        *more,
    ]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        response = client.get(path)
        found[path] = f"{response.headers}\n{_content(response)}"
        links = re.findall(r'href="(?:[a-z]+://testserver)?(/[^"#]*)"', found[path])
        waiting += [link.replace("&amp;", "&") for link in links if not link.startswith("/static/")]
    return found


def _content(response: object) -> str:
    """The text of an answer; of a PDF what one sees and what is read aloud, of a ZIP what is in it."""
    content: bytes = getattr(response, "content", b"")
    if content.startswith(b"PK"):
        packed = ZipFile(io.BytesIO(content))
        return "\n".join(packed.read(name).decode() for name in packed.namelist())
    if not content.startswith(b"%PDF"):
        return content.decode()
    seen = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    return seen + content.decode("latin-1")


def test_the_walk_reaches_everything(client: Client) -> None:
    paths = walked(client).keys()
    for slug in town.SLUGS:
        # A block of flats is offered no reminder: it has no days of its own.
        offered = ("/", ".ics") if slug == FLATS else ENDINGS
        for ending in offered:
            assert {f"/adress/{slug}{ending}", f"/en/adress/{slug}{ending}"} <= paths
    for zone in ("h1", "h2"):
        assert {f"/zon/{zone}/", f"/zon/{zone}.ics", f"/zon/{zone}.json"} <= paths


def test_no_page_and_no_file_tells_a_secret(client: Client) -> None:
    unlinked = [f"{lang}/adress/{FLATS}{ending}" for lang in ("", "/en") for ending in ENDINGS]
    unlinked += [f"/adress/{town.H1}/kort/", "/zon/h1/kort/"]
    unlinked += [f"/{page}?a={town.H1}&a={FLATS}" for page in ("flera/", "flera.ics", "flera/prenumerera/")]
    for path, text in walked(client, *unlinked).items():
        assert "zzq" not in text.replace("\r\n ", ""), path


def test_no_dump_tells_a_secret(tmp_path: Path) -> None:
    loading.dump(tmp_path)
    for file in tmp_path.iterdir():
        assert "zzq" not in file.read_text("utf-8"), file.name


def test_no_edit_tells_a_secret_but_to_the_municipality() -> None:
    assert "zzq" not in repr([edit.to_core() for edit in Edit.objects.all()])


def test_no_command_tells_a_secret() -> None:
    for form in ("text", "json", "csv", "ics"):
        assert "zzq" not in surfaces.text_of_command(town.H1, "sv", town.TODAY, form).replace("\r\n ", "")


def test_what_is_private_takes_no_number_of_an_edit() -> None:
    assert list(Edit.objects.values_list("number", flat=True)) == [1]


def test_a_suspended_address_answers_like_any_other() -> None:
    before = answers.for_address(town.H1, town.TODAY)
    Suspension.objects.all().delete()
    answers.forget()
    assert answers.for_address(town.H1, town.TODAY) == before


def test_the_dates_of_an_agreement_are_public_and_its_cause_is_not(client: Client) -> None:
    found = client.get(f"/adress/{town.H1}.json").json()
    weekdays = {date.fromisoformat(row["nominal"]).weekday() for row in found["pickups"] if row["nominal"]}
    assert 2 in weekdays
    assert "zzq" not in str(found)
