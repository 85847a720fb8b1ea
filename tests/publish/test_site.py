"""Is each file of the published site what the live site answers, and is every page of it there?"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from tests import town
from tests.publish import odd
from tests.publish.editions import edition, files
from tests.test_privacy import walked
from wastecal.core.directory import Directory
from wastecal.importing import directory as importing
from wastecal.importing import loading
from wastecal.publish import pages, site

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
APART = ("static/", "data/", pages.NOT_FOUND, f"en/{pages.NOT_FOUND}")
"""What the live site has in other places, or serves by other means."""


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)


_rendered: dict[str, bytes] = {}


@pytest.fixture
def published() -> dict[str, bytes]:
    """The same for every test, so it is rendered once."""
    town.load(odd.directory())
    if not _rendered:
        _rendered.update(files(edition(SITE)))
    return _rendered


def url(path: str) -> str:
    return "/" + path.removesuffix(site.INDEX)


def test_every_published_file_is_what_the_live_site_answers(
    client: Client, published: dict[str, bytes]
) -> None:
    paths = [path for path in published if not path.startswith(APART)]
    assert len(paths) > 250
    for path in paths:
        assert client.get(url(path)).content == published[path], path


def test_every_page_that_the_live_site_links_to_is_published(
    client: Client, published: dict[str, bytes]
) -> None:
    plain = [path for path in walked(client) if "?" not in path and not path.startswith("/healthz")]
    assert len(plain) > 200
    missing = [path for path in plain if site.file(path) not in published]
    assert [path for path in missing if client.get(path).status_code == 200] == []


def test_every_style_sheet_and_sign_that_a_page_uses_is_published(published: dict[str, bytes]) -> None:
    used = set(_linked(published))
    assert any(path.endswith("site.css") for path in used)
    assert used <= set(published)


def _linked(published: dict[str, bytes]) -> Iterator[str]:
    for path, body in published.items():
        if path.endswith(".html"):
            yield from re.findall(r'(?:href|src)="/(static/[^"]+)"', body.decode())


def test_the_data_directory_is_what_dump_writes(published: dict[str, bytes]) -> None:
    texts = {f"data/{name}": text.encode() for name, text in importing.texts(loading.contents())}
    assert {path: body for path, body in published.items() if path.startswith("data/")} == texts


def test_there_is_a_page_for_wrong_addresses_in_each_language(published: dict[str, bytes]) -> None:
    assert "Sidan finns inte" in published[pages.NOT_FOUND].decode()
    assert '<html lang="en"' in published[f"en/{pages.NOT_FOUND}"].decode()


def test_a_renamed_address_is_there_under_both_names(published: dict[str, bytes]) -> None:
    old, new = f"adress/{odd.RENAMED}.ics", "adress/holmby/angens-vag/1.ics"
    assert b"Gamla" not in published[old]
    assert re.findall(b"UID:.*", published[old]) == re.findall(b"UID:.*", published[new]) != []


def test_paths_are_found_without_rendering(published: dict[str, bytes]) -> None:
    now = edition(SITE)
    forms, known = site.forms(now), now.everything
    paths = {*site.paths(known.addresses, forms), *site.paths(known.zone_places, site.for_zones(forms))}
    assert paths == {path for path in published if re.match("(en/)?(adress|zon)/", path)}


def test_a_town_in_english_first_has_its_pages_without_a_prefix(client: Client) -> None:
    town.load(town.directory(municipality=[town.municipality(languages=("en", "sv"))]))
    published = files(edition(SITE))
    for path in ("index.html", f"adress/{town.H1}/index.html", f"sv/adress/{town.H1}.ics"):
        assert client.get(url(path)).content == published[path]
    assert '<html lang="en"' in published["index.html"].decode()


def test_a_town_that_knows_no_days_yet_is_published_too(client: Client) -> None:
    content: Directory = town.crisis()
    town.load(content)
    published = files(edition(SITE))
    assert client.get(f"/adress/{town.H1}/").content == published[f"adress/{town.H1}/index.html"]
