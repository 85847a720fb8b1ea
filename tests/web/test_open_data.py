"""Can anyone take all the data, the same that `dump` writes, and learn what each column means?"""

import io
import re
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.http import http_date

from tests import town
from wastecal import answers
from wastecal.core.directory import EDITS, TABLES
from wastecal.importing import loading
from wastecal.models import Note
from wastecal.web.opendata import columns, files

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[2] / "docs" / "data-directory.md"
ARCHIVE = "/oppna-data/data.zip"


@pytest.fixture(autouse=True)
def _holmby(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    town.load(town.directory())
    town.load(town.directory(overrides=town.OVERRIDES[1:]), town.NOON + timedelta(hours=1))


@pytest.fixture
def dumped(tmp_path: Path) -> dict[str, bytes]:
    loading.dump(tmp_path)
    return {file.name: file.read_bytes() for file in tmp_path.iterdir()}


def test_each_file_is_what_dump_writes(client: Client, dumped: dict[str, bytes]) -> None:
    assert set(dumped) == set(files.NAMES)
    for name, content in dumped.items():
        assert client.get(f"/data/{name}").content == content, name


def test_the_archive_holds_them_all_and_can_be_loaded(
    client: Client, dumped: dict[str, bytes], tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(client.get(ARCHIVE).content)) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "out")
    assert {file.name: file.read_bytes() for file in (tmp_path / "out" / "data").iterdir()} == dumped
    town.empty()
    assert town.load(town.read(tmp_path / "out" / "data")) == 2


def test_a_file_comes_with_all_its_headers(client: Client) -> None:
    for name, kind in (
        ("rules.csv", "text/csv; charset=utf-8"),
        ("municipality.toml", "application/toml; charset=utf-8"),
    ):
        response = client.get(f"/data/{name}")
        assert response.headers["Content-Type"] == kind
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cache-Control"] == "public, max-age=3600"
        assert response.headers["Content-Length"] == str(len(response.content))
        assert "Set-Cookie" not in response.headers
    assert client.get(ARCHIVE).headers["Content-Type"] == "application/zip"


@pytest.mark.parametrize("url", ["/data/rules.csv", "/data/municipality.toml", ARCHIVE])
def test_what_is_known_is_not_sent_again(client: Client, url: str) -> None:
    first = client.get(url)
    for name in ("ETag", "Last-Modified"):
        header = {"ETag": "if_none_match", "Last-Modified": "if_modified_since"}[name]
        again = client.get(url, headers={header: first.headers[name]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
    head = client.head(url)
    assert (head.status_code, head.content) == (200, b"")
    assert client.post(url).status_code == 405


def test_a_validator_changes_with_the_bytes_and_with_nothing_else(client: Client) -> None:
    before = {name: client.get(f"/data/{name}").headers["ETag"] for name in files.NAMES}
    town.load(town.directory(overrides=town.OVERRIDES[2:]), town.NOON + timedelta(hours=2))
    after = {name: client.get(f"/data/{name}").headers["ETag"] for name in files.NAMES}
    assert {name for name in before if before[name] != after[name]} == {"overrides.csv", "edits.csv"}


def test_last_modified_is_the_edit_that_changed_the_file(client: Client) -> None:
    assert client.get("/data/rules.csv").headers["Last-Modified"] == http_date(town.CREATED.timestamp())
    for url in ("/data/overrides.csv", "/data/edits.csv", ARCHIVE):
        assert "12:00:00" in client.get(url).headers["Last-Modified"], url


def test_the_files_are_made_once_for_each_newest_edit(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    contents = loading.contents

    def counted() -> Any:
        made.append(1)
        return contents()

    monkeypatch.setattr(loading, "contents", counted)
    for name in (*files.NAMES, *files.NAMES):
        client.get(f"/data/{name}")
    assert len(made) == 1
    Note.objects.create(scope="zone:H1", text="private", made_at=town.NOON)  # takes no number of an Edit
    client.get("/data/rules.csv")
    assert len(made) == 1
    town.load(town.directory(), town.NOON + timedelta(hours=3))
    client.get("/data/rules.csv")
    assert len(made) == 2


def test_an_edit_made_while_the_tables_are_read_waits_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: file.content for name, file in files.now().items()}
    files._kept.clear()
    answers.known()
    contents = loading.contents

    def edited() -> object:
        monkeypatch.setattr(loading, "contents", contents)
        loading.apply(town.directory(rules=town.RULES[:1]), "Test", town.NOON + timedelta(hours=4))
        return contents()

    monkeypatch.setattr(loading, "contents", edited)
    known = answers.known()
    monkeypatch.setattr(answers, "known", lambda: known)
    assert {name: file.content for name, file in files.now().items()} == before


@pytest.mark.parametrize(
    "url", ["/data/", "/data/secret.csv", "/data/data.zip/x", "/data/..%2Fsettings.py", "/en/data/rules.csv"]
)
def test_there_are_no_other_files(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404


def test_before_anything_is_loaded_there_are_no_files(client: Client) -> None:
    town.empty()
    assert client.get("/data/rules.csv").status_code == 404
    assert client.get("/oppna-data/").status_code == 503


@pytest.mark.parametrize(("url", "lang"), [("/oppna-data/", "sv"), ("/en/oppna-data/", "en")])
def test_the_page_leads_to_every_file_and_describes_every_column(client: Client, url: str, lang: str) -> None:
    page = client.get(url).content.decode()
    assert f'href="{ARCHIVE}"' in page
    assert 'href="https://creativecommons.org/publicdomain/zero/1.0/"' in page
    for about in columns.FILES:
        assert f'href="/data/{about.file}"' in page
        with translation.override(lang):
            assert all(escape(str(said)) in page for said in about.columns.values())
    assert "<code>name_sv</code>, <code>name_en</code>" in page
    assert "minisign -Vm SHA256SUMS -p wastecal.pub" in page


def test_every_page_leads_there(client: Client) -> None:
    assert 'href="/en/oppna-data/"' in client.get("/en/om/").content.decode()
    assert "/oppna-data/" in client.get("/sitemap.xml").content.decode()


def column_names(client: Client, name: str) -> set[str]:
    """The columns of a file, or keys of the TOML, without their languages."""
    text = client.get(f"/data/{name}").content.decode()
    if name.endswith(".toml"):
        return {key for key in tomllib.loads(text) if key not in ("edit", "ended_edit")}
    return {re.sub("_(sv|en)$", "", header) for header in text.splitlines()[0].split(",")}


def test_every_column_is_described_and_none_is_made_up(client: Client) -> None:
    town.load(
        town.directory(municipality=[town.municipality(code="1299", contact_url="https://holmby.example")])
    )
    assert [about.file for about in columns.FILES] == list(files.NAMES)
    for about in columns.FILES:
        written = set(about.columns) - ({"also"} if about.file == "addresses.csv" else set())
        assert written == column_names(client, about.file), about.file


def documented() -> Iterator[tuple[str, str, str]]:
    """(file, column, meaning) of each row of a table in the docs."""
    file = ""
    for line in DOCS.read_text("utf-8").splitlines():
        if heading := re.fullmatch(r"## (\S+\.(?:csv|toml))", line):
            file = heading[1]
        elif row := re.fullmatch(r"\| `(\w+)` \| (.*) \|", line):
            yield file, row[1], row[2]


def test_the_docs_say_of_each_column_what_the_page_says() -> None:
    with translation.override("en"):
        said = [
            (about.file, name, str(text))
            for about in columns.FILES
            for name, text in about.columns.items()
            if name not in ("edit", "ended_edit")
        ]
    assert list(documented()) == said


def test_the_core_and_the_page_know_the_same_files() -> None:
    assert {about.file for about in columns.FILES} == {
        "municipality.toml",
        *(t.file for t in (*TABLES, EDITS)),
    }
