"""Is each file of the published site what the live site answers, and is every page of it there?"""

import re
from collections.abc import Iterable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests import town, walking
from tests.publish import odd
from tests.publish.editions import edition, files
from tests.walking import Ask
from wastecal.core.directory import Directory
from wastecal.importing import directory as importing
from wastecal.importing import loading
from wastecal.publish import pages, site
from wastecal.web.years import sheet

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
ALIKE = [f"holmby/s-t-olofs-vag/{number}" for number in (1, 2, 3)]
SOME = {
    *(*ALIKE, town.H1, "holmby/storgatan/2", "holmby/storgatan/3", "holmby/storgatan/12c", "holmby/torget/-"),
    *("holmby/kungs-drottning/1", "holmby/vag-1/1", odd.RENAMED, "holmby/angens-vag/3"),
}
APART = ("static/", "data/", pages.NOT_FOUND, f"en/{pages.NOT_FOUND}")
"""What the live site has in other places, or serves by other means."""


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    # Live and published alike; each printed year is made as the others are, and one test asks for them all.
    monkeypatch.setattr(sheet, "offered", lambda today: range(2026, 2027))


_rendered: dict[str, bytes] = {}
_once = walking.Once()


@pytest.fixture
def published() -> dict[str, bytes]:
    """The same for every test, so it is rendered once."""
    town.load(_town())
    if not _rendered:
        _rendered.update(files(edition(SITE)))
    return _rendered


def _town() -> Directory:
    """The odd town with some of its addresses: those that are alike, and one of each kind besides."""
    content = odd.directory(houses=3)
    rows = [row for row in content.tables["addresses"] if row.slug in SOME]
    return Directory({**content.tables, "addresses": tuple(rows)})


@pytest.fixture
def live(client: Client) -> Ask:
    """The live site of that town, asked for each page once in all tests."""
    return _once.by(client)


def url(path: str) -> str:
    return "/" + path.removesuffix(site.INDEX)


def test_every_published_file_is_what_the_live_site_answers(live: Ask, published: dict[str, bytes]) -> None:
    paths = [path for path in published if not path.startswith(APART)]
    assert len(paths) > 250
    for path in paths:
        assert live(url(path)).content == published[path], path


def test_every_page_that_the_live_site_links_to_is_published(live: Ask, published: dict[str, bytes]) -> None:
    walked = walking.answers(live)
    plain = [path for path in walked if "?" not in path and not path.startswith("/healthz")]
    assert len(plain) > 200
    missing = [path for path in plain if site.file(path) not in published]
    assert [path for path in missing if walked[path].status_code == 200] == []


ASKED = {
    "locality": "holmby",
    "street": "storgatan",
    "number": "3",
    "code": "h1",
    "year": 2026,
    "data_file": "rules.csv",
}
"""What there is for each part of a URL."""
SHARDS = {"search_begins": "sok/borjan/", "search_ends": "sok/slutet/", "search_houses": "sok/hus/"}
NOTHING = {"several_feed", "several_qr", "several_subscribe", "sitemap_part", "search_ends"}
"""Those for several addresses need a query; a small town's sitemap and search need no more files."""
NOT_PUBLISHED = {
    "report_received": "the thanks for a report, which needs the application",
    "api_docs": "of the API, which is the application's",
}


def named(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns)
        elif pattern.callback.__module__.startswith(("wastecal.web.", "wastecal.feeds.")):
            yield pattern


def test_every_url_of_the_public_site_is_published(live: Ask, published: dict[str, bytes]) -> None:
    """By the list of URLs itself: one that no page links to counts as well."""
    patterns = {pattern.name: pattern for pattern in named(get_resolver().url_patterns) if pattern.name}
    assert len(patterns) > 35
    for name, pattern in patterns.items():
        url = reverse(name, kwargs=parts(name, pattern, published))
        answer = live(url)
        if name in NOTHING:
            assert answer.status_code in (302, 400, 404), name
            assert site.file(url) not in published
        elif name not in NOT_PUBLISHED:
            assert answer.status_code == 200, url
            assert answer.content == published[site.file(url)], url


def parts(name: str, pattern: URLPattern, published: Iterable[str]) -> dict[str, object]:
    """What stands in the URL of this name for something that there is."""
    if folder := SHARDS.get(name):
        shard = next((path for path in published if path.startswith(folder)), "-")
        return {"key": shard.removeprefix(folder).removesuffix(".json")}
    return {key: ASKED[name if name == "data_file" else key] for key in pattern.pattern.converters}


def test_every_year_that_is_offered_is_published(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    town.load(town.directory(addresses=town.ADDRESSES[:1], zones=town.ZONES[:1], zone_moves=()))
    published = files(edition(SITE))
    for lang in ("", "/en"):
        for place in (f"{lang}/adress/{town.H1}", f"{lang}/zon/h1"):
            for year in (2025, 2026, 2027, 2028):
                for page in (f"{place}/ar/{year}/", f"{place}/ar/{year}/stor/", f"{place}/ar/{year}.pdf"):
                    assert client.get(page).content == published[site.file(page)], page


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


def test_an_address_is_there_under_the_names_of_those_that_became_one_with_it(
    published: dict[str, bytes],
) -> None:
    joined, stays = (published[f"adress/{slug}.ics"] for slug in (odd.JOINED, odd.RENAMED))
    assert re.findall(b"UID:.*", joined) == re.findall(b"UID:.*", stays) != []
    assert f"en/adress/{odd.JOINED}/index.html" in published


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
