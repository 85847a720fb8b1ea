"""Does a camera that reads the picture beside a feed get the feed's address, and nothing else?"""

import re

import pytest
from django.test import Client

from wastecal.web.years import qr

pytestmark = pytest.mark.usefixtures("town")


def test_the_picture_of_a_feed_lies_beside_it() -> None:
    assert qr.picture("/adress/a/b/1.ics") == "/adress/a/b/1.ics.qr.svg"
    assert qr.picture("/zon/h1.ics?karl=karl-1") == "/zon/h1.ics.qr.svg?karl=karl-1"


@pytest.mark.parametrize(
    "path",
    [
        "/adress/holmby/storgatan/1.ics",
        "/en/adress/holmby/storgatan/1.ics",
        "/adress/holmby/storgatan/1.paminn.ics?paminn=19:30",
        "/zon/h1.ics",
        "/flera.ics?a=holmby/storgatan/1&a=holmby/storgatan/2",
    ],
)
def test_the_picture_is_that_of_the_feeds_address(client: Client, path: str) -> None:
    answer = client.get(qr.picture(path))
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.content == qr.svg(qr.modules(f"webcal://testserver{path}"))


@pytest.mark.parametrize("path", ["/adress/holmby/storgatan/99.ics", "/zon/h9.ics"])
def test_there_is_no_picture_of_what_is_not_there(client: Client, path: str) -> None:
    assert client.get(qr.picture(path)).status_code == 404


def test_the_page_shows_the_picture_from_its_own_host(client: Client) -> None:
    page = client.get("/adress/holmby/storgatan/1/prenumerera/").content.decode()
    assert '<img class="qr" src="/adress/holmby/storgatan/1.ics.qr.svg"' in page


def test_a_picture_shows_every_module_of_its_code() -> None:
    rows = qr.modules("webcal://holmby.example/adress/holmby/storgatan/12b.ics")
    lines = qr.svg(rows).decode().rpartition(' d="')[2].partition('"')[0].split("M")[1:]
    strokes = [re.findall(r"([hm])(\d+)(?: 0)?", line.partition(".5")[2]) for line in lines]
    assert ["".join("01"[sort == "h"] * int(wide) for sort, wide in row) for row in strokes] == list(rows)
