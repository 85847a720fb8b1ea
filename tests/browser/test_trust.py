"""Can everybody report what is wrong, by keyboard, without JavaScript and with their mistakes?"""

from collections.abc import Callable

import pytest

from tests.browser.checkers import axe
from tests.browser.conftest import Visitor, follow
from wastecal import models

Window = Callable[..., Visitor]
FORM = "/anmal/?adress=holmby/storgatan/12b"
pytestmark = pytest.mark.usefixtures("address")


def test_a_report_is_sent_without_javascript(window: Window) -> None:
    page = window(java_script_enabled=False).go("/adress/holmby/storgatan/12b/")
    page.click("text=Stämmer det inte? Säg till")
    page.check("text=Kärlet blev inte tömt")
    page.fill("#day", "2026-11-12")
    page.check("text=Kärl 2")
    page.fill("#text", "Bilen vände på Parkgatan.")
    follow(page, "#send")
    assert page.inner_text("h1") == "Tack, din anmälan har kommit in"
    row = models.Report.objects.get()
    assert (row.kind, row.address, row.container) == ("not_collected", "holmby/storgatan/12b", "karl-2")
    assert (str(row.day), row.text) == ("2026-11-12", "Bilen vände på Parkgatan.")


def test_going_back_and_reloading_the_receipt_sends_nothing_twice(window: Window) -> None:
    page = window().go(FORM)
    page.check("text=Dagen stämmer inte")
    follow(page, "#send").reload()
    page.go_back()
    assert models.Report.objects.count() == 1


def test_mistakes_are_listed_on_top_and_beside_the_fields_and_lead_there(window: Window) -> None:
    visitor = window(viewport={"width": 320, "height": 700})
    page = visitor.go("/anmal/")
    page.check("text=Adressen saknas")
    page.fill("#text", "Vi bor i det nya huset.")
    follow(page, "#send")
    assert page.title().startswith("Fel:")
    page.click(".govuk-error-summary a")
    assert page.evaluate("document.activeElement.id") == "where"
    assert "Skriv vilken adress det gäller." in page.inner_text("#where-error")
    assert page.input_value("#text") == "Vi bor i det nya huset."
    assert page.is_checked("text=Adressen saknas")
    visitor.picture("report-mistakes-320")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_a_form_with_mistakes(window: Window, scheme: str) -> None:
    visitor = window(color_scheme=scheme)
    page = visitor.go("/anmal/")
    page.fill("#text", "a" * 1001)
    page.fill("#where", "b" * 201)
    follow(page, "#send")
    visitor.picture(f"report-mistakes-{scheme}")
    assert len(page.query_selector_all(".govuk-error-message")) == 3
    assert axe(visitor.page) == []


def test_the_form_is_filled_in_and_sent_with_the_keyboard_alone(window: Window) -> None:
    page = window().go(FORM)
    page.focus("#kind-1")
    for key in ("Space", "ArrowDown", "Tab", "Tab"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "day"
    page.focus("#text")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "send"
    page.keyboard.press("Enter")
    page.wait_for_url("**/anmal/tack/**")
    assert models.Report.objects.get().kind == "wrong_day"


def test_the_trap_for_programs_is_neither_seen_nor_heard_nor_reached(window: Window) -> None:
    page = window().go(FORM)
    assert not page.is_visible("#website")
    assert "Lämna det här tomt" not in page.locator("main").aria_snapshot()


def test_an_address_that_is_not_found_is_reported_as_it_was_typed(window: Window) -> None:
    page = window().go("/?q=storgatan+99+%26+co,+holmby")
    page.click("text=Anmäl att")
    assert page.input_value("#where") == "storgatan 99 & co, holmby"
    assert page.is_checked("text=Adressen saknas")
    follow(page, "#send")
    assert models.Report.objects.get().typed == "storgatan 99 & co, holmby"


def test_every_picture_that_the_head_names_is_there_in_its_size(window: Window) -> None:
    page = window().go("/")
    for selector, attribute, size in (
        ("link[rel=apple-touch-icon]", "href", (180, 180)),
        ("meta[property='og:image']", "content", (1200, 630)),
    ):
        url = page.get_attribute(selector, attribute)
        found = page.evaluate(
            """async url => {
                const image = new Image(); image.src = url; await image.decode();
                return [image.naturalWidth, image.naturalHeight];
            }""",
            url,
        )
        assert tuple(found) == size
