"""Does a feed keep its manners under the real server, on a real connection?"""

import gzip
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar

from tests import server, town

FEED = "/adress/holmby/storgatan/1.ics"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("server")
    env = server.environment(folder)
    server.manage("migrate", "--verbosity", "0", env=env)
    server.manage("load", str(town.write(folder / "holmby", town.directory())), env=env)
    with server.running("config.wsgi:application", env) as url:
        yield url


@pytest.fixture
def connection(site: str) -> Iterator[HTTPConnection]:
    """One connection, kept open from request to request."""
    host = urlsplit(site)
    opened = HTTPConnection(host.hostname or "", host.port, timeout=server.PATIENCE)
    yield opened
    opened.close()


def ask(
    connection: HTTPConnection, url: str = FEED, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    connection.request(method, url, headers={name.replace("_", "-"): text for name, text in headers.items()})
    response = connection.getresponse()
    return response, response.read()


def test_a_feed_goes_out_packed_and_plain_under_one_weak_tag(connection: HTTPConnection) -> None:
    plain, feed = ask(connection)
    packed, octets = ask(connection, accept_encoding="gzip")
    assert (plain.status, packed.status) == (200, 200)
    assert gzip.decompress(octets) == feed
    assert len(octets) < len(feed) / 4
    assert plain.headers["Content-Length"] == str(len(feed))
    assert packed.headers["Content-Length"] == str(len(octets))
    assert plain.headers["ETag"] == packed.headers["ETag"]
    assert plain.headers["ETag"].startswith('W/"')
    assert len(Calendar.from_ical(feed).walk("VEVENT")) > 30


def test_what_is_known_is_not_sent_again(connection: HTTPConnection) -> None:
    known, _feed = ask(connection, accept_encoding="gzip")
    for headers in (
        {"If-None-Match": known.headers["ETag"]},
        {"If-Modified-Since": known.headers["Last-Modified"]},
    ):
        response, body = ask(connection, accept_encoding="gzip", **headers)
        assert (response.status, body) == (304, b"")
        assert response.headers["ETag"] == known.headers["ETag"]


def test_head_tells_the_length_and_sends_nothing(connection: HTTPConnection) -> None:
    whole, feed = ask(connection)
    head, body = ask(connection, method="HEAD")
    assert (head.status, body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(feed))
    assert head.headers["ETag"] == whole.headers["ETag"]
    again, _feed = ask(connection)
    assert again.status == 200


def test_neither_cookie_nor_other_host_is_in_the_answer(connection: HTTPConnection) -> None:
    response, feed = ask(connection)
    assert "Set-Cookie" not in response.headers
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    port = connection.port
    assert f"SOURCE;VALUE=URI:http://127.0.0.1:{port}{FEED}\r\n".encode() in feed.replace(b"\r\n ", b"")


@pytest.mark.parametrize("query", ["%00", "paminn=%FF", "x" * 6000, "a=1&" * 2000, "karl=%0d%0aSet-Cookie:x"])
def test_odd_queries_are_answered(connection: HTTPConnection, query: str) -> None:
    response, _body = ask(connection, f"{FEED}?{query}")
    assert response.status in (200, 400)
    assert "Set-Cookie" not in response.headers
