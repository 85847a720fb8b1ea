"""Can everybody use the pages: by keyboard, on a small screen, without JavaScript, with any assistance?"""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.checkers import axe
from tests.browser.conftest import Visitor
from tests.browser.states import ALL, PAGES

Window = Callable[..., Visitor]

WIDTH = "document.documentElement.scrollWidth"
# WCAG 1.4.12, and how much text then hides: an element that cuts what is in it.
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
CUT = """() => [...document.querySelectorAll('body *')].filter((node) =>
    getComputedStyle(node).overflow === 'hidden' && !node.closest('svg, .unseen, .govuk-skip-link')
    && node.scrollHeight > node.clientHeight + 1).map((node) => node.outerHTML)"""


@pytest.mark.usefixtures("in_arabic")
def test_axe_finds_no_fault_from_right_to_left(window: Window) -> None:
    visitor = window(viewport={"width": 320, "height": 700})
    page = visitor.go("/ar" + PAGES["address"])
    visitor.picture("address-arabic-320")
    assert axe(visitor.page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_every_page_is_in_order_on_a_phone_and_leaves_no_trace(window: Window) -> None:
    """All is asked of a page while it is open: to open each once for each question takes minutes."""
    visitor = window(viewport={"width": 320, "height": 700})
    faults = {name: disorder(visitor.show(name)) for name in ALL}
    assert {name: found for name, found in faults.items() if found} == {}
    assert visitor.context.cookies() == []
    assert [url for url in visitor.asked if not url.startswith(visitor.address)] == []
    known = ("400", "404")  # pages that say what is wrong
    assert [text for text in visitor.complaints if not any(code in text for code in known)] == []


def disorder(page: Page) -> list[str]:
    """What is wrong with a page in a window 320 pixels wide."""
    levels = page.eval_on_selector_all("h1, h2, h3, h4", "nodes => nodes.map(n => Number(n.tagName[1]))")
    found = {
        "scrolls sideways": page.evaluate(WIDTH) > 320,
        "keeps something": page.evaluate("localStorage.length + sessionStorage.length") > 0,
        "has not one first heading": levels.count(1) != 1,
        "skips a heading": any(after > before + 1 for before, after in pairwise(levels)),
    }
    page.evaluate(SPACED)
    found |= {"spaced, scrolls": page.evaluate(WIDTH) > 320, "spaced, cuts": page.evaluate(CUT) != []}
    return [name for name, wrong in found.items() if wrong]


@pytest.mark.nightly
def test_no_page_scrolls_sideways_on_a_desktop(window: Window) -> None:
    visitor = window(viewport={"width": 1280, "height": 700})
    assert [name for name in ALL if visitor.show(name).evaluate(WIDTH) > 1280] == []


def test_an_address_is_found_with_the_keyboard_alone(window: Window) -> None:
    page = window().go("/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("storgatan 12b")
    page.keyboard.press("Enter")
    page.wait_for_url("**/adress/holmby/storgatan/12b/")
    assert "torsdag 26 november" in page.inner_text("#next").lower()


def test_the_first_tab_leads_past_the_header(window: Window) -> None:
    page = window().go("/adress/holmby/storgatan/12b/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_everything_works_without_javascript(window: Window) -> None:
    page = window(java_script_enabled=False).go("/")
    page.fill("#q", "storgatan 12b")
    page.click("form button")
    assert page.locator("h1").inner_text().startswith("Storgatan 12B")
    page.click("text=English")
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_finger_can_hit_every_link_of_the_address_page(window: Window) -> None:
    page = window(viewport={"width": 320, "height": 700}, has_touch=True).go(PAGES["address"])
    sizes = page.eval_on_selector_all(
        "a:not(.govuk-skip-link), button, input",
        "nodes => nodes.map(n => [n.innerText || n.name, n.getBoundingClientRect().height])",
    )
    assert [name for name, height in sizes if 0 < height < 24] == []  # 0: not shown at this width


def test_with_forced_colours_the_parts_still_have_edges(window: Window) -> None:
    visitor = window(forced_colors="active")
    page = visitor.go(PAGES["address"])
    visitor.picture("address-forced-colours")
    assert page.eval_on_selector(".next", "node => getComputedStyle(node).borderTopWidth") != "0px"


def test_the_printed_page_holds_the_days_and_no_search(window: Window) -> None:
    visitor = window()
    page = visitor.go(PAGES["address"])
    page.emulate_media(media="print")
    visitor.picture("address-print")
    assert page.locator(".day").first.is_visible()
    assert not page.locator(".subscribe").is_visible()
