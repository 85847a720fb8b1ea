"""Does a resident get from the address to the pattern and its receipt, without JavaScript and by keyboard?"""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from wastecal import inference

Window = Callable[..., Visitor]

HOUSE = "/adress/holmby/storgatan/12b/"
TEXT = "Kärl 1: 2026-10-01\nKärl 1: 2026-10-15\nKärl 1: 2026-10-29\n2026-11-10"


def test_text_messages_are_pasted_read_corrected_and_sent_in_without_javascript(window: Window) -> None:
    visitor = window(java_script_enabled=False)
    page = visitor.go(HOUSE)
    page.click("text=Hitta mönstret i gamla sms")
    page.fill("#text", TEXT)
    page.click("#send")
    assert "varannan torsdag" in page.inner_text("#pattern-karl-1")
    page.select_option("#dag-2026-11-10", label="Räkna inte med dagen")
    page.click(".report section button >> nth=0")
    assert page.input_value("#dag-2026-11-10") == "-"
    assert page.input_value("#text") == TEXT
    page.click("#send-in")
    assert "Tack, dina dagar har kommit in" in page.inner_text("h1")
    assert page.url.endswith(f"{HOUSE}sms/")
    assert [row.date.day for row in inference.evidence()] == [29, 15, 1]
    assert visitor.context.cookies() == []


def test_the_pattern_is_found_with_the_keyboard_alone(window: Window) -> None:
    page = window().go(f"{HOUSE}sms/")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "text":
            break
    page.keyboard.type("2026-10-01 Kärl 1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "send"
    page.keyboard.press("Enter")
    expect(page.locator("#pattern-karl-1")).to_have_count(1)
