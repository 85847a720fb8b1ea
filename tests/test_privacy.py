"""Is anything private ever told: who is away, what an agreement is for, what staff and residents said?"""

import io
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from tests import private, surfaces, town, walking
from wastecal import answers
from wastecal.core import buildings
from wastecal.importing import loading
from wastecal.models import Edit, Suspension

pytestmark = pytest.mark.django_db

FLATS = "holmby/parkgatan/1"
PORTAL = "/FutureWeb/SimpleWastePickup"
ENDINGS = ("/", ".ics", ".paminn.ics", ".json")
_once = walking.Once()


@pytest.fixture(autouse=True)
def _town_with_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    rules = [*town.RULES, town.rule(private.AGREED, "11-25", "FREQ=WEEKLY")]
    town.load(town.directory(rules=rules))
    private.add()


def _content(response: HttpResponse) -> str:
    """The text of an answer; of a PDF what one sees and what is read aloud, of a ZIP what is in it."""
    content = response.content
    if content.startswith(b"PK"):
        packed = ZipFile(io.BytesIO(content))
        return "\n".join(packed.read(name).decode() for name in packed.namelist())
    if not content.startswith(b"%PDF"):
        return content.decode()
    seen = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    return seen + content.decode("latin-1")


def test_the_walk_reaches_everything(client: Client) -> None:
    paths = walking.answers(_once.by(client)).keys()
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
    for path, response in walking.answers(_once.by(client), *unlinked).items():
        text = f"{response.headers}\n{_content(response)}"
        assert "zzq" not in text.replace("\r\n ", ""), path


def test_no_answer_to_a_program_tells_a_secret(client: Client) -> None:
    told = [
        *(
            f"/api/v1/{name}"
            for name in ("", "addresses", "zones", "containers", "notices", "overrides", "edits")
        ),
        *(f"/api/v1/addresses/{slug}{end}" for slug in (town.H1, FLATS) for end in ("", "/pickups")),
        *("/api/v1/addresses?q=storgatan", "/api/v1/schema/", "/api/v1/docs/"),
        *(f"{PORTAL}/GetWastePickupSchedule?address=({buildings.number(slug)})" for slug in town.SLUGS),
    ]
    for path in told:
        for lang in ("sv", "en"):
            found = client.get(path, {"lang": lang} if "?" not in path else None)
            assert found.status_code == 200, path
            assert "zzq" not in f"{found.headers}{found.content.decode()}", path
    found = client.post(f"{PORTAL}/SearchAdress", {"searchText": "Storgatan"})
    assert "zzq" not in found.content.decode()


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
