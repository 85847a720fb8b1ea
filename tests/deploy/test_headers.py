"""Does a published file say of itself what the application says of the same page?"""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests import server, town
from tests.deploy import proxy

NAMES = (
    "Content-Type",
    "Content-Language",
    "Content-Disposition",
    "Content-Security-Policy",
    "X-Frame-Options",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
)
URLS = [f"{lang}{url}" for lang in ("", "/en") for url in (
    "/", f"/adress/{town.H1}/", f"/adress/{town.H1}.ics", f"/adress/{town.H1}.paminn.ics",
    f"/adress/{town.H1}.json", "/zon/h1.ics", "/zon/h1.json", f"/adress/{town.H1}/kort/", "/zon/h1/kort/",
    "/manifest.webmanifest", f"/adress/{town.H1}.ics.qr.svg", "/oppna-data/",
)]  # fmt: skip
URLS += ["/robots.txt", "/sitemap.xml", "/sok/index.json", "/data/rules.csv", "/data/municipality.toml"]
URLS += ["/oppna-data/data.zip"]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """nginx with an empty file at every URL, and no application."""
    site = tmp_path_factory.mktemp("site")
    for url in URLS:
        file = site / (url[1:] + ("index.html" if url.endswith("/") else ""))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    with proxy.running("static-first", site, server.free_port()) as port:
        yield port


def parts(value: str | None) -> list[str] | None:
    """A policy's directives come in any order."""
    return sorted(value.split("; ")) if value is not None else None


@pytest.mark.django_db
@pytest.mark.parametrize("url", URLS)
def test_a_file_is_sent_as_the_application_sends_it(client: Client, front: int, url: str) -> None:
    town.load(town.directory())
    live = client.get(url)
    published, _ = proxy.ask(front, url)
    assert live.status_code == published.status == 200
    for name in NAMES:
        assert parts(published.headers.get(name)) == parts(live.headers.get(name)), name
    if not url.endswith("/") and not url.endswith("svg"):
        assert published.headers["Cache-Control"] == live.headers["Cache-Control"]
