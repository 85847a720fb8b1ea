"""Can everybody use the pages: by keyboard, on a small screen, without JavaScript, with any assistance?"""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visitor

Window = Callable[..., Visitor]

PAGES = {
    "start": "/",
    "results": "/?q=storgatan",
    "no_number": "/?q=storgatan+9,+holmby",
    "nothing": "/?q=qwertyuiop",
    "localities": "/adresser/",
    "streets": "/adresser/holmby/",
    "street": "/adresser/holmby/storgatan/",
    "address": "/adress/holmby/storgatan/12b/",
    "changed": "/adress/holmby/storgatan/2/",
    "delayed": "/adress/holmby/storgatan/3/",
    "uncertain": "/adress/holmby/angavagen/4/",
    "unknown": "/adress/holmby/angavagen/6/",
    "flats": "/adress/holmby/parkgatan/1/",
    "zone": "/zon/h1/",
    "about": "/om/",
    "year": "/adress/holmby/storgatan/1/ar/2026/",
    "year_uncertain": "/adress/holmby/angavagen/4/ar/2027/",
    "year_large": "/adress/holmby/storgatan/1/ar/2026/stor/",
    "year_zone": "/zon/h1/ar/2027/",
    "year_bulk": "/adresser/holmby/angavagen/?ar=2027",
    "missing": "/adress/holmby/storgatan/99/",
}
LANGUAGES = {"sv": "", "en": "/en"}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(visitor: Visitor) -> list[str]:
    found = Axe().run(visitor.page, options={"runOnly": {"type": "tag", "values": WCAG}})
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found.response["violations"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_any_page(window: Window, language: str, scheme: str) -> None:
    visitor = window(color_scheme=scheme)
    found = {}
    for name, path in PAGES.items():
        visitor.go(LANGUAGES[language] + path)
        if language == "sv":
            visitor.picture(f"{name}-{scheme}")
        found[name] = faults(visitor)
    assert {name: some for name, some in found.items() if some} == {}


@pytest.mark.usefixtures("in_arabic")
def test_axe_finds_no_fault_from_right_to_left(window: Window) -> None:
    visitor = window(viewport={"width": 320, "height": 700})
    page = visitor.go("/ar" + PAGES["address"])
    visitor.picture("address-arabic-320")
    assert faults(visitor) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.locator("html").get_attribute("dir") == "rtl"


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(window: Window, width: int) -> None:
    visitor = window(viewport={"width": width, "height": 700})
    wide = []
    for name, path in PAGES.items():
        page = visitor.go(path)
        if width == 320:
            visitor.picture(f"{name}-320")
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
    assert [text for text in visitor.complaints if "404" not in text] == []


def test_a_finger_can_hit_every_link_of_the_address_page(window: Window) -> None:
    page = window(viewport={"width": 320, "height": 700}, has_touch=True).go(PAGES["address"])
    sizes = page.eval_on_selector_all(
        "a:not(.govuk-skip-link), button, input",
        "nodes => nodes.map(n => [n.innerText || n.name, n.getBoundingClientRect().height])",
    )
    assert [name for name, height in sizes if height < 24] == []


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
