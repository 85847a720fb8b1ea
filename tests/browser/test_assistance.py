"""Do enlarged text, wide spacing and screen readers get all that eyes get?"""

from collections.abc import Callable
from itertools import pairwise

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.states import PAGES

Window = Callable[..., Visitor]

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


def test_text_may_be_spaced_wide_and_nothing_is_cut(window: Window) -> None:
    visitor = window(viewport={"width": 320, "height": 700})
    found = {}
    for name, path in PAGES.items():
        page = visitor.go(path)
        page.evaluate(SPACED)
        found[name] = page.evaluate("document.documentElement.scrollWidth"), page.evaluate(CUT)
    assert {name: faults for name, faults in found.items() if faults != (320, [])} == {}


def test_letters_of_double_size_fit_on_a_phone(window: Window) -> None:
    page = window(viewport={"width": 320, "height": 700}).go(PAGES["address"])
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_four_times_as_large_on_a_desktop_is_as_on_a_phone(window: Window) -> None:
    page = window(viewport={"width": 320, "height": 256}, device_scale_factor=4).go(PAGES["address"])
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.locator(".next-day").scroll_into_view_if_needed()
    assert page.locator(".next-day").is_visible()


def test_a_screen_reader_is_led_through_the_address_page(window: Window) -> None:
    page = window().go(PAGES["address"])
    expect(page.locator("body")).to_match_aria_snapshot("""
        - link "Hoppa till innehållet"
        - banner:
          - link "Sophämtning Holmby kommun"
          - navigation "Språk":
            - list:
              - listitem:
                - link "English"
        - main:
          - navigation "Du är här":
            - list
          - heading "Storgatan 12B 235 00 Holmby" [level=1]
          - region /Nästa tömning. torsdag 26 november/:
            - heading [level=2]
            - list:
              - listitem: /Kärl 1 matavfall och restavfall/
              - listitem: /Kärl 2 papper och plast/
            - paragraph: /Ställ ut/
          - region "Meddelanden"
          - region "Inte som vanligt de närmaste veckorna"
          - region "Kommande dagar"
        - contentinfo:
          - list
    """)


def test_a_screen_reader_is_led_to_the_field(window: Window) -> None:
    page = window().go(PAGES["start"])
    expect(page.locator("main")).to_match_aria_snapshot("""
        - main:
          - heading "När töms soporna?" [level=1]
          - search:
            - text: Din adress
            - /children: contain
    """)
    field = page.get_by_label("Din adress")
    assert field.get_attribute("aria-describedby") == "q-hint"


def test_every_page_has_one_heading_of_the_first_level_and_skips_none(window: Window) -> None:
    visitor = window()
    for name, path in PAGES.items():
        page = visitor.go(path)
        levels = page.eval_on_selector_all("h1, h2, h3, h4", "nodes => nodes.map(n => Number(n.tagName[1]))")
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
