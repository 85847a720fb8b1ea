"""Is the answer light, and does it stand where one looks first?"""

import gzip
import json
import os
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import FLAGS, Visitor, program
from tests.browser.states import PAGES
from wastecal import surface

Window = Callable[..., Visitor]

HEAVIEST = 20_000
REQUESTS = 5
FOLD = 640
LIGHTHOUSE = Path(__file__).parent.parent / "validators" / "node_modules" / ".bin" / "lighthouse"
CATEGORIES = ("accessibility", "performance", "best-practices", "seo")


def test_the_address_page_is_light_with_all_that_it_asks_for(window: Window) -> None:
    visitor = window()
    answers: list[Response] = []
    visitor.page.on("response", lambda answer: answers.append(answer))
    visitor.go(PAGES["address"])
    visitor.page.wait_for_load_state("networkidle")
    packed = {answer.url: len(gzip.compress(answer.body())) for answer in answers}
    assert len(answers) <= REQUESTS, packed
    assert sum(packed.values()) <= HEAVIEST, packed


@pytest.mark.parametrize("name", ["address", "changed", "delayed", "uncertain", "zone"])
def test_the_next_collection_stands_on_the_first_screen_of_a_phone(window: Window, name: str) -> None:
    page = window(viewport={"width": 320, "height": FOLD}).go(PAGES[name])
    last = page.locator(".next-visits > li").last
    box = last.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= FOLD


@pytest.mark.nightly  # a busy machine costs points for speed
@pytest.mark.parametrize("name", ["start", "results", "address", "year"])
def test_lighthouse_gives_everything(
    address: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a server that has answered before: its very first answer waits a second for Python's imports.

    The page is made on the day on which the browser reads it, as a page nearly always is.
    """
    monkeypatch.setattr(surface, "now", lambda town: datetime.now(ZoneInfo(town.timezone)))
    with urlopen(address + PAGES[name]) as answer:
        answer.read()
    found = lighthouse(address + PAGES[name], tmp_path / "found.json")
    assert {kind: found[kind] for kind in CATEGORIES} == dict.fromkeys(CATEGORIES, 1)


def lighthouse(url: str, file: Path) -> dict[str, float]:
    flags = " ".join(["--headless=new", *FLAGS])
    wishes = ["--quiet", "--output=json", f"--output-path={file}", f"--chrome-flags={flags}"]
    only = f"--only-categories={','.join(CATEGORIES)}"
    environment = {**os.environ, "CHROME_PATH": program() or ""}
    for _ in range(2):
        done = subprocess.run(
            [LIGHTHOUSE, url, only, *wishes], env=environment, capture_output=True, text=True
        )
        if (
            "Please run Lighthouse again" not in done.stderr
        ):  # its own trace failed, and it says nothing of a page
            break
    assert done.returncode == 0, done.stderr
    categories = json.loads(file.read_text("utf-8"))["categories"]
    return {kind: categories[kind]["score"] for kind in CATEGORIES}
