"""The system's own browser, a loaded town on the live server, and a record of what a page asked for."""

import functools
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from tests.browser import states
from tests.publish.sites import KEY
from tests.web import catalogues, directory
from wastecal import answers, surface
from wastecal.publish.publishing import Publisher
from wastecal.web.limits import Limits
from wastecal.web.patterns import views as patterns
from wastecal.web.years import sheet

# The browser's loop runs in this thread, and Django would refuse the ORM beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

SCREENSHOTS = Path(__file__).parent / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@dataclass  # no slots: Playwright sets attributes on the owner of a bound method
class Visitor:
    """A browser window of a visitor, and what happened in it."""

    context: BrowserContext
    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def show(self, name: str, prefix: str = "") -> Page:
        """A page in some state, by the state's name; what needs a text is pasted and sent as people do."""
        if name in states.PAGES:
            return self.go(prefix + states.PAGES[name])
        path, text = states.POSTED["messages_sure" if name == states.SENT else name]
        self.go(prefix + path)
        self.page.fill("#text", text)
        follow(self.page, "#send")
        return follow(self.page, "#send-in") if name == states.SENT else self.page

    def picture(self, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    def note_request(self, request: Request) -> None:
        self.asked.append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


def follow(page: Page, selector: str) -> Page:
    """After a click and the whole of its answer: a click alone waits for the first bytes only."""
    with page.expect_event("load"):
        page.click(selector)
    return page


def program() -> str | None:
    """The system's own browser; None where only Playwright's is there."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=program(), args=FLAGS)
    yield started
    started.close()


@pytest.fixture
def live(live_server: LiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server that knows Holmby, on 23 November 2026."""
    monkeypatch.setattr(surface, "now", lambda town: directory.NOON.astimezone(ZoneInfo(town.timezone)))
    for name in ("readings", "sendings"):
        monkeypatch.setattr(patterns, name, Limits(each=1000, together=1000))
    answers.forget()
    call_command("load", str(directory.write(tmp_path)), stdout=StringIO())
    yield live_server.url
    answers.forget()


@pytest.fixture
def address(live: str) -> str:
    """Where visitors go; some tests put the published site in its place."""
    return live


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where Holmby is published once for all tests."""
    return tmp_path_factory.mktemp("published")


@pytest.fixture
def published(live: str, shelf: Path) -> Iterator[str]:
    """The address of a plain file server with the published site of Holmby, and no application."""
    if not (shelf / "current").exists():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sheet, "offered", lambda today: range(2026, 2027))  # one printed year is enough
            Publisher(shelf, live, KEY).publish(directory.TODAY, directory.NOON)
    folder = (shelf / "current").resolve()
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_parts: object) -> None:
        """Says nothing on the terminal."""


@pytest.fixture
def in_arabic(address: str, tmp_path: Path) -> Iterator[None]:
    """The same town, which now speaks Arabic too."""
    folder = tmp_path / "more"
    folder.mkdir()
    paths = [catalogues.compiled(tmp_path), *settings.LOCALE_PATHS]
    with override_settings(LANGUAGES=catalogues.LANGUAGES, LOCALE_PATHS=paths):
        content = directory.write(folder, ("sv", "en", "ar"))
        call_command("load", str(content), stdout=StringIO())
        yield


@pytest.fixture
def window(browser: Browser, address: str) -> Iterator[Callable[..., Visitor]]:
    """Opens a visitor's window on the day of the pages; the arguments are those of a browser's context."""
    opened: list[BrowserContext] = []

    def opener(**wishes: Any) -> Visitor:
        context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm", **wishes)
        opened.append(context)
        context.clock.set_fixed_time(directory.NOON)
        visitor = Visitor(context, context.new_page(), address)
        visitor.page.on("request", visitor.note_request)
        visitor.page.on("console", visitor.note_console)
        return visitor

    yield opener
    for context in opened:
        context.close()
