"""What do other people's checkers say of every page, in every state, language, width and colours?"""

import subprocess
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from _pytest.mark.structures import ParameterSet

from tests.browser import checkers
from tests.browser.conftest import Visitor
from tests.browser.states import LANGUAGES, PAGES

Window = Callable[..., Visitor]

COLOURS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
VNU = ("java", "-Xss1m", "-jar", checkers.MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar")


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
    """Its configuration allows several fields of one name, as HTML does: `/flera/` has such a form."""
    program = checkers.MODULES / ".bin" / "html-validate"
    config = checkers.MODULES.parent / ".htmlvalidate.json"
    assert run(program, "--config", config, "--formatter", "text", *sorted(saved.iterdir())) == ""


# `make nightly` walks through all; these are in `make test`, so that each choice is in it.
DAILY = {("sv", 320, "light"), ("en", 1280, "dark"), ("sv", 1280, "forced")}


def combinations() -> Iterator[ParameterSet]:
    for one in product(LANGUAGES, (320, 1280), COLOURS):
        yield pytest.param(*one, marks=() if one in DAILY else pytest.mark.nightly)


@pytest.mark.parametrize(("language", "width", "colours"), combinations())
def test_axe_and_htmlcs_find_no_fault_on_any_page(
    window: Window, language: str, width: int, colours: str
) -> None:
    """Each page is pictured as well, for people to look at."""
    visitor = window(viewport={"width": width, "height": 800}, **COLOURS[colours])
    found = {}
    for name, path in PAGES.items():
        page = visitor.go(LANGUAGES[language] + path)
        visitor.picture(f"{name}-{language}-{width}-{colours}")
        found[name] = checkers.axe(page) + checkers.htmlcs(page)
    assert {name: faults for name, faults in found.items() if faults} == {}
