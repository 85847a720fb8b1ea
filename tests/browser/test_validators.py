"""What do other people's checkers say of every page, in every state, language, width and colours?"""

import subprocess
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visitor
from tests.browser.states import LANGUAGES, PAGES

Window = Callable[..., Visitor]

PROGRAMS = Path(__file__).parent.parent / "validators"
MODULES = PROGRAMS / "node_modules"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
)
# Errors only, as pa11y counts by default: HTML_CodeSniffer is what pa11y runs.
SNIFF = """() => new Promise((done) => HTMLCS.process('WCAG2AA', document, () => done(
    HTMLCS.getMessages().filter((m) => m.type === HTMLCS.ERROR).map((m) => m.code + m.element.outerHTML)
)))"""


@pytest.fixture
def saved(address: str, tmp_path: Path) -> Path:
    """A folder with every page in every language as a file of HTML."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for (language, prefix), (name, path) in product(LANGUAGES.items(), PAGES.items()):
        folder.joinpath(f"{name}.{language}.html").write_bytes(body(address + prefix + path))
    return folder


def body(url: str) -> bytes:
    try:
        with urlopen(url) as answer:
            return bytes(answer.read())
    except HTTPError as error:  # the pages that say that there is nothing
        return error.read()


def run(*command: str | Path) -> str:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=PROGRAMS)
    return done.stdout + done.stderr


def test_vnu_finds_no_fault(saved: Path) -> None:
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    assert run("java", "-Xss1m", "-jar", jar, "--skip-non-html", "--format", "gnu", saved) == ""


def test_vnu_would_find_a_fault(saved: Path) -> None:
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    broken = saved / "start.sv.html"
    broken.write_text(broken.read_text("utf-8").replace("</label>", ""), "utf-8")
    assert "label" in run("java", "-Xss1m", "-jar", jar, "--format", "gnu", broken)


def test_html_validate_finds_no_fault(saved: Path) -> None:
    assert run(MODULES / ".bin" / "html-validate", "--formatter", "text", *sorted(saved.iterdir())) == ""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_and_htmlcs_find_no_fault_on_any_page(window: Window, language: str, width: int) -> None:
    visitor = window(viewport={"width": width, "height": 800})
    sniffer = (MODULES / "html_codesniffer" / "build" / "HTMLCS.js").read_text("utf-8")
    found: dict[str, list[str]] = {}
    for name, path in PAGES.items():
        page = visitor.go(LANGUAGES[language] + path)
        page.evaluate(sniffer)
        for colours in COLOURS:
            page.emulate_media(**colours)
            found[f"{name} {colours}"] = axe(visitor) + page.evaluate(SNIFF)
        page.emulate_media(**COLOURS[0])
    assert {state: faults for state, faults in found.items() if faults} == {}


def axe(visitor: Visitor) -> list[str]:
    found = Axe().run(visitor.page, options={"runOnly": {"type": "tag", "values": WCAG}})
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found.response["violations"]]
