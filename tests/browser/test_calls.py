"""Can somebody with a telephone in one hand find an address and write down what is said, by keys alone?"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import town
from tests.browser import checkers
from tests.browser.conftest import Visitor
from tests.browser.test_staff import logged_in
from tests.staff import entrance
from wastecal import answers, edits
from wastecal.edits import Write
from wastecal.models import Evidence
from wastecal.staff import people
from wastecal.staff.roles import Role

Window = Callable[..., Visitor]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def tab_to(page: Page, words: str) -> None:
    """Tab, as often as a person would put up with, until what has the focus says this."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and focused.inner_text().startswith(words):
            return
    raise AssertionError(f"no key leads to {words}")


def log_in(page: Page) -> None:
    entrance.with_app(people.make("asa", Role.PROPOSE, (), entrance.PASSWORD, by=""))
    for field, typed in (("login", "asa"), ("password", entrance.PASSWORD), ("code", entrance.code())):
        page.locator(f"#id_{field}").focus()
        page.keyboard.type(typed)
        if field != "login":
            with page.expect_navigation():
                page.keyboard.press("Enter")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_from_the_door_to_a_collection_that_was_missed_without_mouse_or_script(
    window: Window, size: dict[str, int]
) -> None:
    past = town.rule("zone:H1", "10-01")
    edits.record(lambda: Write({"rules": [past]}, {}), "Schema", town.NOON)
    answers.forget()
    visitor = window(viewport=size, java_script_enabled=False)
    page = visitor.go("/personal/")
    log_in(page)
    if size == PHONE:
        tab_to(page, "Meny")
        page.keyboard.press("Enter")
    tab_to(page, "Samtal")
    page.keyboard.press("Enter")

    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("storgtan")  # a slip of the finger
    page.keyboard.press("Enter")
    expect(page.locator(".choices")).to_be_visible()
    house = page.locator(".choices a").first.inner_text().partition(",")[0]
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(house)
    expect(page.locator(".aloud")).to_contain_text(f"Nästa tömning på {house} är")
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    visitor.picture(f"call-{size['width']}")

    tab_to(page, "Ej tömd")
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("ej tömt (enligt boende)")
    assert Evidence.objects.filter(kind="not_collected", source="resident").count() == 1
    visitor.picture(f"call-written-{size['width']}")
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]

    expect(page.locator("#q")).to_be_focused()  # for the next caller
    page.keyboard.press("Shift+Tab")
    while "Ta tillbaka" not in page.locator(":focus").inner_text():
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("Det är tillbakataget.")
    assert Evidence.objects.count() == 0
    assert visitor.complaints == []


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.nightly)])
def test_the_pages_of_a_call_the_reports_and_the_notices_are_accessible(window: Window, scheme: str) -> None:
    visitor = logged_in(window(color_scheme=scheme, viewport=PHONE))
    call = "samtal/holmby/storgatan/1/"
    paths = ("samtal/?q=storgatan", f"{call}?dag=2026-11-23", f"{call}?dag=x", "anmalningar/")
    found = [
        fault
        for path in (*paths, "driftinformation/", "driftinformation/ny/")
        for fault in checkers.axe(visitor.go(f"/personal/{path}"))
    ]
    page = visitor.go(f"/personal/{call}")
    page.click("main summary >> nth=1")
    page.fill("#messages", "12 november")
    page.click("text=Läs dagarna")
    found += checkers.axe(page)
    page.click("button[value=keep]")
    found += checkers.axe(page)
    assert found == []
