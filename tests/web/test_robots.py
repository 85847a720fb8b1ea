"""Does a robot find every page there is, and only those; and the same in every language?"""

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from tests.web import directory
from wastecal.web.robots import files

ADDRESS = "/adress/holmby/storgatan/12b/"
SITE = "https://holmby.example"
_NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
pytestmark = [pytest.mark.django_db]
loaded = pytest.mark.usefixtures("town")


def locations(content: bytes) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(content).iterfind(".//s:loc", _NAMES)]


def may_read(rules: str, path: str) -> bool:
    """RFC 9309, 2.2.2: of the rules that fit the one with the most octets counts, else one may."""
    fitting = [
        (len(pattern), kind == "Allow")
        for kind, pattern in re.findall(r"^(Allow|Disallow): (\S+)$", rules, re.MULTILINE)
        if re.match(re.escape(pattern).replace(r"\*", ".*"), path)
    ]
    return max(fitting, default=(0, True))[1]


@loaded
@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        (ADDRESS, True),
        ("/en" + ADDRESS, True),
        ("/adress/holmby/storgatan/12b.ics", True),
        ("/adress/holmby/storgatan/12b.paminn.ics", True),
        ("/en/adress/holmby/storgatan/12b.ics?paminn=19:30&karl=karl-1", True),
        ("/flera.ics?a=holmby/storgatan/1", True),
        ("/?q=storgatan", True),
        ("/flera/?a=holmby/storgatan/1", False),
        ("/anmal/", False),
        ("/en/anmal/tack/", False),
        ("/personal/", False),
        ("/api/v1/zones", False),
        ("/api/v1/docs/", True),
        ("/FutureWeb/SimpleWastePickup/GetWastePickupSchedule", False),
        ("/personuppgifter/", True),
    ],
)
def test_robots_may_read_feeds_and_pages_but_no_reports_and_no_queries(
    client: Client, path: str, allowed: bool
) -> None:
    assert may_read(client.get("/robots.txt").content.decode(), path) is allowed


@loaded
def test_robots_are_told_where_the_sitemap_is(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "\nSitemap: http://testserver/sitemap.xml\n" in answer.content.decode()


@loaded
def test_every_page_of_the_sitemap_is_there_and_says_that_it_is_itself(client: Client) -> None:
    urls = locations(client.get("/sitemap.xml").content)
    assert len(urls) == len(set(urls))
    for url in urls:
        page = client.get(url.removeprefix("http://testserver"))
        assert page.status_code == 200
        assert f'<link rel="canonical" href="{url}">' in page.content.decode()


@loaded
def test_the_sitemap_names_every_address_street_and_zone_in_every_language(client: Client) -> None:
    urls = set(locations(client.get("/sitemap.xml").content))
    for row in directory.ADDRESSES:
        assert f"/{row['number']}{row['letter'].lower()}/" in " ".join(urls)
    for path in (ADDRESS, "/zon/h1/", "/adresser/aby/storgatan/", "/om/", "/"):
        assert {f"http://testserver{path}", f"http://testserver/en{path}"} <= urls
    assert len([url for url in urls if "/adress/" in url]) == 2 * len(directory.ADDRESSES)


@loaded
def test_each_page_of_the_sitemap_names_the_same_page_in_all_languages(client: Client) -> None:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    node = next(node for node in tree if node.findtext("s:loc", "", _NAMES).endswith("/en" + ADDRESS))
    links = {row.get("hreflang"): row.get("href") for row in node.iterfind("x:link", _NAMES)}
    assert links == {"sv": f"http://testserver{ADDRESS}", "en": f"http://testserver/en{ADDRESS}"}


@loaded
def test_a_long_sitemap_is_an_index_of_parts_that_hold_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = locations(client.get("/sitemap.xml").content)
    monkeypatch.setattr(files, "LISTED", 14)
    parts = locations(client.get("/sitemap.xml").content)
    pieces = [locations(client.get(url.removeprefix("http://testserver")).content) for url in parts]
    assert [url for piece in pieces for url in piece] == whole
    assert max(map(len, pieces)) <= 14
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def paths(count: int) -> Iterator[str]:
    return (f"/adress/a/b/{number}/" for number in range(count))


def test_files_are_written_with_the_names_that_the_index_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LISTED", 10)
    made = dict(files.sitemaps(SITE, ("sv", "en"), tuple(paths(12))))
    assert list(made) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    named = locations(made["sitemap.xml"])
    assert named == [f"{SITE}/{name}" for name in list(made)[1:]]
    assert sum(len(locations(made[url.rpartition("/")[2]])) for url in named) == 24


def test_a_full_sitemap_is_within_the_limits_of_the_protocol() -> None:
    long = [f"/adress/{'a' * 40}/{'b' * 40}/{number}/" for number in range(22_500)]
    made = files.sitemap("https://" + "c" * 60, ("sv", "en"), long)
    assert len(made) < 50 * 1024 * 1024
    assert len(locations(made)) == 45_000


@loaded
@pytest.mark.parametrize(("prefix", "name"), [("", "Sophämtning"), ("/en", "Waste collection")])
def test_the_manifest_speaks_the_language_and_its_pictures_are_there(
    client: Client, prefix: str, name: str
) -> None:
    answer = client.get(f"{prefix}/manifest.webmanifest")
    content = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert content["name"] == f"{name} – Holmby kommun"
    assert content["start_url"] == f"{prefix}/"
    for icon in content["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


@loaded
@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/manifest.webmanifest"])
def test_files_for_robots_have_a_validator(client: Client, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/manifest.webmanifest"])
def test_where_nothing_is_loaded_there_is_nothing_for_robots(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def head(client: Client, path: str) -> str:
    return client.get(path).content.decode().partition("</head>")[0]


@loaded
def test_the_head_names_the_page_in_every_language(client: Client) -> None:
    found = head(client, "/en" + ADDRESS)
    assert f'<link rel="canonical" href="http://testserver/en{ADDRESS}">' in found
    assert f'<link rel="alternate" hreflang="sv" href="http://testserver{ADDRESS}">' in found
    assert f'<link rel="alternate" hreflang="en" href="http://testserver/en{ADDRESS}">' in found


@loaded
@pytest.mark.parametrize(
    "path", ["/?q=storgatan", "/adress/finns/inte/1/", f"/anmal/?adress={ADDRESS[8:-1]}"]
)
def test_a_page_that_nobody_should_find_has_no_canonical_address(client: Client, path: str) -> None:
    assert "canonical" not in head(client, path)


@loaded
def test_the_preview_of_a_shared_address_names_it_and_no_day(client: Client) -> None:
    found = head(client, ADDRESS)
    assert '<meta property="og:title" content="Storgatan 12B, 235 00 Holmby – Holmby kommun">' in found
    (said,) = re.findall(r'property="og:description" content="([^"]*)"', found)
    assert said.startswith("När soporna töms på Storgatan 12B:")
    assert not re.search(r"november|december|2026", found)


@loaded
def test_a_name_from_the_data_cannot_break_out_of_the_head(
    client: Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    wild = {"street": 'A"><script>&', "number": "1", "locality": "Holmby", "slug": "holmby/wild/1"}
    folder = directory.write(tmp_path_factory.mktemp("wild"), addresses=[*directory.ADDRESSES, wild])
    call_command("load", str(folder), verbosity=0)
    found = head(client, "/adress/holmby/wild/1/")
    assert found.count("A&quot;&gt;&lt;script&gt;&amp; 1") == 5
    assert "<script>" not in found
    assert "&amp;lt;" not in found
