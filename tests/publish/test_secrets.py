"""Does any published file tell a secret, if it is opened as far as it opens?"""

import gzip
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone
from pypdf import PdfReader

from tests import private, town
from tests.publish.sites import KEY, NOW
from wastecal import answers
from wastecal.models import Edit
from wastecal.publish.publishing import Publisher
from wastecal.staff.models import Person
from wastecal.web.years import sheet

pytestmark = pytest.mark.django_db

STAFF = "hanna-zzqg@kommun.example"
MUNICIPALITY = "avfall@holmby.example"
"""The only e-mail address that may be published, since the municipality has put it there itself."""
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_UID = re.compile(r"(?m)^UID:.*$")


Opened = list[tuple[str, str]]
_opened: Opened = []


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """What is to be read in a published town with something of everything that is not public, changed by
    people with names; published once for all tests."""
    if not _opened:
        _opened.extend(opened(published(tmp_path, monkeypatch)))
    return _opened


def published(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    monkeypatch.setattr(sheet, "offered", lambda today: range(2026, 2027))
    rules = [*town.RULES, town.rule(private.AGREED, "11-25", "FREQ=WEEKLY")]
    said = town.notice(f"Frågor? Skriv till {MUNICIPALITY}.")
    town.load(town.directory(rules=rules, notices=[*town.NOTICES, said]))
    private.add()
    Person.objects.create(username="hanna.zzqh", email=STAFF, first_name="Hanna", last_name="Zzqj")
    town.load(town.directory(rules=rules[1:], notices=[*town.NOTICES, said]), NOW + timedelta(minutes=5))
    Edit.objects.update(author=STAFF)
    answers.forget()
    Publisher(root, "https://holmby.example", KEY).publish(town.TODAY, NOW)
    return root / "current"


def texts(name: str, body: bytes) -> Iterator[tuple[str, str]]:
    """Everything that can be read in a file, by where: in what is packed, too, and as one sees it."""
    if name.endswith(".gz"):
        yield from texts(name.removesuffix(".gz"), gzip.decompress(body))
    elif name.endswith(".zip"):
        packed = ZipFile(io.BytesIO(body))
        yield name, f"{packed.comment!r} {packed.namelist()}"
        for entry in packed.infolist():
            yield from texts(f"{name}:{entry.filename}", packed.read(entry))
    elif name.endswith(".pdf"):
        pdf = PdfReader(io.BytesIO(body))
        yield name, f"{pdf.metadata} {body.decode('latin-1')}"
        yield name, "\n".join(page.extract_text() for page in pdf.pages)
    elif name.endswith(".png"):
        yield name, body.decode("latin-1")
    else:
        yield name, body.decode().replace("\r\n ", "")


def opened(site: Path) -> Opened:
    """Where and what, of every file of the site, its own name first."""
    found = []
    for path in sorted(path for path in site.resolve().rglob("*") if path.is_file()):
        name = path.relative_to(site.resolve()).as_posix()
        found += [(name, name), *texts(name, path.read_bytes())]
    return found


def test_no_published_file_tells_a_secret_or_an_address_of_e_mail(found: Opened) -> None:
    assert len({where for where, _ in found}) > 300
    assert [where for where, text in found if "zzq" in text.casefold()] == []
    letters = {email for _, text in found for email in _EMAIL.findall(_UID.sub("", text))}
    assert letters == {MUNICIPALITY}


def test_what_is_public_is_found_in_every_kind_of_file(found: Opened) -> None:
    """So a secret would have been: the files were opened, not passed over."""
    for ending in (".html", ".ics", ".json", ".pdf", ".xml", ".zip:data/addresses.csv", "data/addresses.csv"):
        seen = [text for where, text in found if where.endswith(ending) and where != text]
        assert any("torgatan" in text for text in seen), ending
    packed = [where for where, text in found if where == text and where.endswith(".gz")]
    assert len(packed) > 100


def test_a_secret_is_found_wherever_it_is_hidden() -> None:
    hidden = io.BytesIO()
    with ZipFile(hidden, "w") as archive:
        archive.writestr("a.csv.gz", gzip.compress(b"handlaggare-zzqe"))
    assert "zzqe" in dict(texts("b.zip.gz", gzip.compress(hidden.getvalue())))["b.zip:a.csv"]
