"""What do other people's checkers say of every page, in every state, language, width and colours?"""

import subprocess
from collections.abc import Callable, Iterable
from itertools import product
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from tests.browser import checkers
from tests.browser.conftest import Visitor
from tests.browser.states import ALL, LANGUAGES, PAGES, POSTED, SENT

Window = Callable[..., Visitor]

COLOURS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""It runs for a second or two: compiling it well takes longer than it gains."""
VNU = ("java", "-Xss4m", *QUICK, "-jar", checkers.MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar")


@pytest.fixture
def saved(address: str, tmp_path: Path) -> Path:
    """A folder with every page in every language as a file of HTML."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for (language, prefix), name in product(LANGUAGES.items(), ALL):
        folder.joinpath(f"{name}.{language}.html").write_bytes(body(address + prefix, name))
    return folder


def body(site: str, name: str) -> bytes:
    if name in PAGES:
        return fetched(site + PAGES[name])
    path, text = POSTED["messages_sure" if name == SENT else name]
    pressed = "send" if name == SENT else "read"
    return fetched(site + path, urlencode({"text": text, pressed: "1"}).encode())


def fetched(url: str, form: bytes | None = None) -> bytes:
    try:
        with urlopen(url, form) as answer:
            return bytes(answer.read())
    except HTTPError as error:  # the pages that say that there is nothing
        return error.read()


def run(*command: str | Path) -> str:
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, cwd=checkers.MODULES.parent
    )
    return done.stdout + done.stderr


def test_vnu_finds_no_fault(saved: Path) -> None:
    assert run(*VNU, "--skip-non-html", "--format", "gnu", saved) == ""


def test_vnu_would_find_a_fault(saved: Path) -> None:
    broken = saved / "start.sv.html"
    broken.write_text(broken.read_text("utf-8").replace("</label>", ""), "utf-8")
    assert "label" in run(*VNU, "--format", "gnu", broken)


def test_html_validate_finds_no_fault(saved: Path) -> None:
    """Its configuration allows several fields of one name, as HTML does: `/flera/` has such a form.

    It is asked in one language only; vnu, which is quicker, in both.
    """
    program = checkers.MODULES / ".bin" / "html-validate"
    config = checkers.MODULES.parent / ".htmlvalidate.json"
    assert run(program, "--config", config, "--formatter", "text", *sorted(saved.glob("*.sv.html"))) == ""


Seen = tuple[str, int, str]
DAILY: list[Seen] = [("sv", 320, "light"), ("en", 1280, "dark"), ("sv", 1280, "forced")]
"""These are in `make test`, so that each choice is in it, and each page in one of them."""


@pytest.mark.parametrize("seen", DAILY)
def test_axe_and_htmlcs_find_no_fault_on_a_page(window: Window, seen: Seen) -> None:
    assert faults_of(window, seen, list(ALL)[DAILY.index(seen) :: len(DAILY)]) == {}


@pytest.mark.nightly
@pytest.mark.parametrize("seen", list(product(LANGUAGES, (320, 1280), COLOURS)))
def test_axe_and_htmlcs_find_no_fault_on_any_page(window: Window, seen: Seen) -> None:
    assert faults_of(window, seen, ALL, pictured=True) == {}


def faults_of(
    window: Window, seen: Seen, names: Iterable[str], *, pictured: bool = False
) -> dict[str, list[str]]:
    """What is wrong with pages, by name; by night each is pictured as well, for people to look at."""
    language, width, colours = seen
    visitor = window(viewport={"width": width, "height": 800}, **COLOURS[colours])
    found = {}
    for name in names:
        page = visitor.show(name, LANGUAGES[language])
        if pictured:
            visitor.picture(f"{name}-{language}-{width}-{colours}")
        found[name] = checkers.axe(page) + checkers.htmlcs(page)
    return {name: faults for name, faults in found.items() if faults}
