"""Do both patterns of nginx answer from the application and from files, each where it should?"""

import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.client import HTTPResponse
from pathlib import Path

import pytest

from tests import server
from tests.deploy import proxy

PATTERNS = ("static-first", "application-first")
FILES = {
    "index.html": "<p>Sök din adress å",
    "404.html": "<p>Sidan finns inte",
    "en/404.html": "<p>There is no such page",
    "en/index.html": "<p>Search",
    "adress/holmby/storgatan/1/index.html": "<p>Storgatan 1",
    "adress/holmby/storgatan/1/sms/index.html": "<form",
    "adress/holmby/storgatan/1.ics": "BEGIN:VCALENDAR",
    "adress/holmby/storgatan/1.paminn.ics": "BEGIN:VCALENDAR\r\nwith VALARM",
    "adress/holmby/storgatan/1.json": '{"å": 1}',
    "en/adress/holmby/storgatan/1.ics": "BEGIN:VCALENDAR",
    "zon/h1.ics": "BEGIN:VCALENDAR",
    "zon/åsen.ics": "BEGIN:VCALENDAR",
    "data/rules.csv": "scope,container",
    "data/municipality.toml": 'name = "Holmby"',
    "SHA256SUMS": "0  index.html",
    "SHA256SUMS.minisig": "untrusted comment:",
    "static/wastecal/page.css": "p {}",
    "static/wastecal/page.0123456789ab.css": "p {}",
    ".git/config": "[core]",
}
HOUSE = "/adress/holmby/storgatan/1"
GONE = "gone"
ALIVE = "alive"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site as publish writes it: a release, and `current` that leads there."""
    root = tmp_path_factory.mktemp("site")
    for name, text in FILES.items():
        file = root / "releases" / "1" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    packed = root / "releases" / "1" / f"{HOUSE[1:]}.json.gz"
    packed.write_bytes(gzip.compress(b'{"\xc3\xa5": 1}'))
    (root / "current").symlink_to("releases/1")
    return root


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a stub that is alive."""
    port = server.free_port()
    env = server.environment(tmp_path_factory.mktemp("stub"))
    with server.process("tests.deploy.stub:application", env, port):
        yield port


@dataclass(frozen=True)
class Said:
    response: HTTPResponse
    body: bytes

    @property
    def status(self) -> int:
        return self.response.status

    @property
    def by_application(self) -> bool:
        return self.body.startswith(b"asked=")

    def header(self, name: str) -> str | None:
        return self.response.headers.get(name)


class Front:
    """A running nginx."""

    def __init__(self, port: int) -> None:
        self.ask = partial(proxy.ask, port)

    def __call__(self, url: str, method: str = "GET", **headers: str) -> Said:
        return Said(*self.ask(url, method, **headers))


@pytest.fixture(scope="module", params=PATTERNS)
def pattern(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def alive(pattern: str, site: Path, application: int) -> Iterator[Front]:
    """nginx before an application that answers."""
    with proxy.running(pattern, site / "current", application) as port:
        yield Front(port)


@pytest.fixture(scope="module")
def gone(pattern: str, site: Path) -> Iterator[Front]:
    """nginx before an application that is not there."""
    with proxy.running(pattern, site / "current", server.free_port()) as port:
        yield Front(port)


def test_a_page_comes_from_where_the_pattern_says(alive: Front, pattern: str) -> None:
    for url in ("/", "/en/", f"{HOUSE}/", f"{HOUSE}.ics", f"{HOUSE}.json", "/zon/h1.ics"):
        said = alive(url)
        assert (said.status, said.by_application) == (200, pattern == "application-first"), url


@pytest.mark.parametrize(
    "url", ["/?q=storg", f"{HOUSE}.ics?paminn=19:30", f"{HOUSE}/?x=1", "/not/published/"]
)
def test_a_query_goes_to_the_application(alive: Front, url: str) -> None:
    path, _, query = url.partition("?")
    assert alive(url).body.startswith(f"asked=GET {path}?{query}\n".encode())


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("/", "index.html"),
        ("/?q=storgatan", "index.html"),
        ("/en/?q=%22%C3%A5", "en/index.html"),
        (f"{HOUSE}/", "adress/holmby/storgatan/1/index.html"),
        (f"{HOUSE}.ics?paminn=19:30&dag=0", "adress/holmby/storgatan/1.ics"),
        (f"{HOUSE}.paminn.ics?karl=karl-1", "adress/holmby/storgatan/1.paminn.ics"),
        (f"{HOUSE}.json?", "adress/holmby/storgatan/1.json"),
        ("/zon/%C3%A5sen.ics", "zon/åsen.ics"),
        ("/data/rules.csv", "data/rules.csv"),
        ("/static/wastecal/page.css", "static/wastecal/page.css"),
    ],
)
def test_without_the_application_the_plain_file_answers(gone: Front, url: str, file: str) -> None:
    said = gone(url)
    assert (said.status, said.body.decode()) == (200, FILES[file])


@pytest.mark.parametrize("url", ["/broken/", "/busy/", "/slow/"])
def test_an_application_in_trouble_is_as_good_as_gone(alive: Front, site: Path, url: str) -> None:
    """It answers 500, or 503, or nothing for longer than anyone wants to wait."""
    folder = site / "current" / url.strip("/")
    folder.mkdir()
    (folder / "index.html").write_text("the plain file")
    try:
        assert alive(f"{url}?q").body == b"the plain file"
    finally:
        shutil.rmtree(folder)


def test_the_applications_own_404_is_passed_on(alive: Front) -> None:
    said = alive("/nowhere/")
    assert (said.status, said.by_application) == (404, True)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/adress/finns/inte/9/", FILES["404.html"]),
        ("/adress/finns/inte/9.ics", FILES["404.html"]),
        ("/en/adress/finns/inte/9/?x=1", FILES["en/404.html"]),
        ("/404.html", FILES["404.html"]),
        ("/en/404.html", FILES["en/404.html"]),
    ],
)
def test_what_is_not_there_is_said_in_the_readers_language(gone: Front, url: str, words: str) -> None:
    said = gone(url)
    assert (said.status, said.body.decode()) == (404, words)
    assert said.header("Content-Type") == "text/html; charset=utf-8"
    assert said.header("Content-Language") == ("en" if url.startswith("/en/") else "sv")


def test_a_forgotten_slash_leads_to_the_page(gone: Front) -> None:
    said = gone(f"{HOUSE}?x=1")
    assert (said.status, said.header("Location")) == (301, f"{HOUSE}/?x=1")


@pytest.mark.parametrize(
    "url",
    ["/healthz/live", "/healthz/ready", "/metrics", "/metrics/", "//healthz/live", "/healthz%2Flive",
     "/./metrics", "/.git/config", "/data/../.git/config", "/adress/../healthz/live", "/healthz/live?x=1"],
)  # fmt: skip
def test_operations_and_hidden_files_are_closed(alive: Front, url: str) -> None:
    said = alive(url)
    assert (said.status, said.by_application) == (404, False)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"{HOUSE}/", "text/html; charset=utf-8"),
        (f"{HOUSE}.ics", "text/calendar; charset=utf-8"),
        (f"{HOUSE}.json", "application/json; charset=utf-8"),
        ("/data/rules.csv", "text/csv; charset=utf-8"),
        ("/data/municipality.toml", "application/toml; charset=utf-8"),
        ("/SHA256SUMS", "text/plain; charset=utf-8"),
        ("/SHA256SUMS.minisig", "text/plain; charset=utf-8"),
        ("/static/wastecal/page.css", "text/css; charset=utf-8"),
    ],
)
def test_a_file_says_what_it_is(gone: Front, url: str, kind: str) -> None:
    assert gone(url).header("Content-Type") == kind


def test_feeds_and_data_are_open_to_every_script_and_pages_are_not(gone: Front) -> None:
    for url in (f"{HOUSE}.ics", f"{HOUSE}.json?x", "/data/rules.csv", "/finns/inte.ics"):
        assert gone(url).header("Access-Control-Allow-Origin") == "*", url
    for url in ("/", f"{HOUSE}/", "/static/wastecal/page.css"):
        assert gone(url).header("Access-Control-Allow-Origin") is None, url


def test_a_packed_file_goes_to_whoever_takes_it(gone: Front) -> None:
    packed = gone(f"{HOUSE}.json", accept_encoding="gzip")
    plain = gone(f"{HOUSE}.json")
    assert packed.header("Content-Encoding") == "gzip"
    assert gzip.decompress(packed.body) == plain.body == FILES[f"{HOUSE[1:]}.json"].encode()
    assert packed.header("Vary") == plain.header("Vary") == "Accept-Encoding"


def test_what_is_known_is_not_sent_again(gone: Front) -> None:
    first = gone(f"{HOUSE}.ics")
    for name, value in (("if_none_match", "ETag"), ("if_modified_since", "Last-Modified")):
        again = gone(f"{HOUSE}.ics", **{name: str(first.header(value))})
        assert (again.status, again.body) == (304, b"")


def test_head_is_answered_and_writing_is_not(gone: Front) -> None:
    head = gone(f"{HOUSE}.ics?x=1", method="HEAD")
    assert (head.status, head.body, head.header("Content-Length")) == (200, b"", "15")
    assert gone(f"{HOUSE}/?x=1", method="POST").status == 503


def test_a_static_file_with_a_hash_in_its_name_is_kept_for_ever(gone: Front) -> None:
    assert "immutable" in str(gone("/static/wastecal/page.0123456789ab.css").header("Cache-Control"))
    assert "immutable" not in str(gone("/static/wastecal/page.css").header("Cache-Control"))


@pytest.mark.parametrize(
    "url",
    [
        "/flera.ics?a=holmby/storgatan/1",
        "/anmal/",
        "/api/v1/zones",
        "/en/api/v1/zones",
        "/FutureWeb/SimpleWastePickup/SearchAdress",
    ],
)
def test_what_is_the_applications_alone_says_so_when_it_is_gone(gone: Front, alive: Front, url: str) -> None:
    assert alive(url, method="POST").by_application
    said = gone(url)
    assert (said.status, said.header("Retry-After")) == (503, "60")
    assert "Dagarna finns på första sidan" in said.body.decode()


@pytest.mark.parametrize("url", [f"{HOUSE}/sms/", f"/en{HOUSE}/sms/"])
def test_text_messages_go_to_the_application_and_are_told_of_when_it_is_gone(
    gone: Front, alive: Front, url: str
) -> None:
    assert alive(url, method="POST").by_application
    said = gone(url, method="POST")
    assert (said.status, said.header("Retry-After")) == (503, "60")
    assert "Tjänsten är nere en stund" in said.body.decode()


def test_what_the_application_says_of_a_pasted_text_is_never_a_file(alive: Front) -> None:
    for number, status in (("wrong", 400), ("often", 429)):
        said = alive(f"/adress/holmby/storgatan/{number}/sms/", method="POST")
        assert (said.status, said.by_application) == (status, True)


def test_the_page_for_text_messages_is_a_file_like_any_other(gone: Front, alive: Front, pattern: str) -> None:
    assert gone(f"{HOUSE}/sms/").body == FILES[f"{HOUSE[1:]}/sms/index.html"].encode()
    assert alive(f"{HOUSE}/sms/").by_application is (pattern == "application-first")


def test_whoever_waits_for_a_change_is_waited_for_and_others_are_not(alive: Front, pattern: str) -> None:
    """The stub takes a second longer than nginx waits for anything but the question that may wait."""
    waited = alive(f"/api/v1/edits?slowly={proxy.READS + 1}")
    assert (waited.status, waited.by_application) == (200, True)
    assert alive(f"/api/v1/zones?slowly={proxy.READS + 1}").status == 503


def test_only_few_of_one_client_wait_at_a_time_and_the_others_are_told(alive: Front) -> None:
    with ThreadPoolExecutor(max_workers=8) as pool:
        said = list(pool.map(lambda number: alive(f"/api/v1/edits?slowly=2&x={number}"), range(8)))
    told = [one for one in said if one.status == 429]
    assert sorted(one.status for one in said) == [200] * 4 + [429] * 4
    assert {one.header("Content-Type") for one in told} == {"application/problem+json"}
    assert {one.header("Retry-After") for one in told} == {"5"}
    assert json.loads(told[0].body)["status"] == 429


def test_whoever_asks_the_api_too_often_is_told_so_as_a_problem(
    site: Path, application: int, pattern: str
) -> None:
    with proxy.running(pattern, site / "current", application) as port:
        front = Front(port)
        said = [front(f"/api/v1/zones?x={number}") for number in range(150)]
    told = [one for one in said if one.status == 429]
    assert 40 <= 150 - len(told) < 150
    assert json.loads(told[0].body)["type"] == "urn:wastecal:problem:too-many"


def test_what_the_client_says_of_itself_goes_no_further(alive: Front) -> None:
    said = alive(
        "/?q=x", x_forwarded_for="1.2.3.4", x_forwarded_proto="https", x_forwarded_host="evil.example"
    )
    assert b"client=127.0.0.1\nscheme=http\nhost=\n" in said.body


def test_whoever_asks_too_often_gets_the_plain_file(site: Path, application: int, pattern: str) -> None:
    with proxy.running(pattern, site / "current", application) as port:
        front = Front(port)
        found = [front(f"{HOUSE}.ics?x={number}") for number in range(150)]
        others = [front("/data/rules.csv") for _ in range(50)]
    assert {said.status for said in (*found, *others)} == {200}
    assert found[0].by_application
    assert 40 <= sum(said.by_application for said in found) < 150


def test_a_release_is_swapped_between_two_requests(site: Path, tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    for serial in ("1", "2"):
        shutil.copytree(site / "releases" / "1", tmp_path / "releases" / serial)
    (tmp_path / "releases" / "2" / "index.html").write_text("new")
    (tmp_path / "current").symlink_to("releases/1")
    with proxy.running("static-first", tmp_path / "current", server.free_port()) as port:
        before = Front(port)("/").body
        (tmp_path / "next").symlink_to("releases/2")
        os.replace(tmp_path / "next", tmp_path / "current")
        assert (before, Front(port)("/").body) == (FILES["index.html"].encode(), b"new")


def test_the_example_of_a_site_is_right_as_it_stands(tmp_path: Path) -> None:
    """With a certificate of our own, for nginx looks whether there is one."""
    (tmp_path / "wastecal").symlink_to(proxy.DEPLOY)
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x"]
    subprocess.run([*make, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    example = (proxy.DEPLOY / "site.conf").read_text()
    for file in (key, certificate):
        example = example.replace(f"/etc/letsencrypt/live/sophamtning/{file.name}", str(file))
    for pattern in PATTERNS:
        text = example.replace("static-first.conf", f"{pattern}.conf")
        (tmp_path / "nginx.conf").write_text(
            f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ {text} }}"
        )
        command = [proxy.program(), "-t", "-q", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
