"""Do enlarged text and screen readers get all that eyes get?"""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.states import PAGES

Window = Callable[..., Visitor]


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
