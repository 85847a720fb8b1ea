"""What do two checkers of accessibility say of the page that is open?"""

from functools import lru_cache
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

MODULES = Path(__file__).parent.parent / "validators" / "node_modules"
_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Errors only, as pa11y counts by default: HTML_CodeSniffer is what pa11y runs.
_SNIFF = """() => new Promise((done) => HTMLCS.process('WCAG2AA', document, () => done(
    HTMLCS.getMessages().filter((m) => m.type === HTMLCS.ERROR).map((m) => m.code + m.element.outerHTML)
)))"""


def axe(page: Page) -> list[str]:
    """Every rule is asked everywhere; what is in order is not described, which halves the time."""
    page.wait_for_load_state()  # a click before this waited for the first of the page only
    wishes = {"runOnly": {"type": "tag", "values": _WCAG}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=wishes)
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found.response["violations"]]


def htmlcs(page: Page) -> list[str]:
    page.wait_for_load_state()
    page.evaluate(_sniffer())
    return list(page.evaluate(_SNIFF))


@lru_cache
def _sniffer() -> str:
    return (MODULES / "html_codesniffer" / "build" / "HTMLCS.js").read_text("utf-8")
