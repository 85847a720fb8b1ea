"""The system's own browser, a loaded town on the live server, and a record of what a page asked for."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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

from tests.web import catalogues, directory
from wastecal import answers, surface

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

    def picture(self, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    def note_request(self, request: Request) -> None:
        self.asked.append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


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
def address(live_server: LiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server that knows Holmby, on 23 November 2026."""
    monkeypatch.setattr(surface, "now", lambda town: directory.NOON.astimezone(ZoneInfo(town.timezone)))
    answers.forget()
    call_command("load", str(directory.write(tmp_path)), stdout=StringIO())
    yield live_server.url
    answers.forget()


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
    """Opens a visitor's window; the arguments are those of a browser's context."""
    opened: list[BrowserContext] = []

    def opener(**wishes: Any) -> Visitor:
        context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm", **wishes)
        opened.append(context)
        visitor = Visitor(context, context.new_page(), address)
        visitor.page.on("request", visitor.note_request)
        visitor.page.on("console", visitor.note_console)
        return visitor

    yield opener
    for context in opened:
        context.close()
