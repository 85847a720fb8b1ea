"""Can everybody use the pages: by keyboard, on a small screen, without JavaScript, with any assistance?"""

from collections.abc import Callable

import pytest

from tests.browser.checkers import axe
from tests.browser.conftest import Visitor
from tests.browser.states import PAGES

Window = Callable[..., Visitor]


@pytest.mark.usefixtures("in_arabic")
def test_axe_finds_no_fault_from_right_to_left(window: Window) -> None:
    visitor = window(viewport={"width": 320, "height": 700})
    page = visitor.go("/ar" + PAGES["address"])
    visitor.picture("address-arabic-320")
    assert axe(visitor.page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.locator("html").get_attribute("dir") == "rtl"


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(window: Window, width: int) -> None:
    visitor = window(viewport={"width": width, "height": 700})
    wide = []
    for name, path in PAGES.items():
        page = visitor.go(path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(name)
    assert wide == []


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


def test_no_page_leaves_a_trace_or_asks_elsewhere(window: Window) -> None:
    visitor = window()
    for path in PAGES.values():
        visitor.go(path)
        assert visitor.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert visitor.context.cookies() == []
    assert [url for url in visitor.asked if not url.startswith(visitor.address)] == []
    known = ("400", "404")  # pages that say what is wrong
    assert [text for text in visitor.complaints if not any(code in text for code in known)] == []


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
