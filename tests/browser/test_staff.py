"""Can a person close a day, read what it changes, publish it, see it, and take it back?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from tests.browser import checkers
from tests.browser.conftest import Visitor
from tests.staff import entrance
from wastecal.staff import people
from wastecal.staff.models import Person
from wastecal.staff.roles import Role

Window = Callable[..., Visitor]
RESIDENT = "/adress/holmby/storgatan/1/"
FEED = "/adress/holmby/storgatan/1.ics"
WAYS: list[dict[str, Any]] = [
    {},
    {"viewport": {"width": 360, "height": 740}},
    {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False, "color_scheme": "dark"},
]
NAMES = ("wide", "phone", "phone, no script")


def come_in(visitor: Visitor) -> Page:
    """By the door, with a password and the code of an app."""
    entrance.with_app(people.make("anna", Role.PUBLISH, (), entrance.PASSWORD, by=""))
    page = visitor.go("/personal/")
    page.fill("#id_login", "anna")
    page.fill("#id_password", entrance.PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.fill("#id_code", entrance.code())
    page.get_by_role("button", name="Logga in", exact=True).click()
    return page


def logged_in(visitor: Visitor) -> Visitor:
    person = Person.objects.create_user("anna", password="x", role=Role.PUBLISH, first_name="Anna")
    client = Client()
    client.force_login(person)
    entrance.admit(client, person)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": visitor.address}
    visitor.context.add_cookies([cookie])  # type: ignore[list-item]
    return visitor


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return page.locator("body").bounding_box()["width"] <= page.viewport_size["width"]  # type: ignore[index]


def told(window: Window) -> tuple[str, list[str]]:
    """What a resident who comes just then reads of the day, on the page and in the feed."""
    visitor = window()
    shown = visitor.go(RESIDENT).inner_text("main")
    feed = visitor.context.request.get(visitor.address + FEED).text()
    visitor.context.close()
    return shown, sorted(line for line in feed.splitlines() if line.startswith("DTSTART"))


@pytest.mark.parametrize("wishes", WAYS, ids=NAMES)
def test_a_day_is_closed_for_a_zone_and_opened_again(window: Window, wishes: dict[str, Any]) -> None:
    visitor = window(**wishes)
    before = told(window)
    page = come_in(visitor)
    page.click(".planner a[href$='2026-11-26/']")
    page.click("text=Stäng dagen")
    page.check("label:has-text('Bara dessa')")
    page.fill("#whom", "H1")
    page.fill("#new_day", "2026-11-28")
    page.select_option("#reason", "weather")
    page.click("text=Kontrollera vad som ändras")
    shown = page.inner_text("main")
    assert "kommer att få andra besked" in shown
    assert "lördag 28 november 2026" in shown
    assert told(window) == before
    assert fits(page)
    page.click("button[value=publish]")
    assert "Soporna som skulle hämtas torsdag 26 november" in page.inner_text("main")
    page_now, feed_now = told(window)
    assert "lördag 28 november" in page_now
    assert "lördag 28 november" not in before[0]
    assert "DTSTART;VALUE=DATE:20261128" in feed_now
    page.click("text=Ångra detta")
    page.click("button[value=publish]")
    assert told(window) == before
    assert not visitor.complaints


def tab_to(page: Page, selector: str) -> None:
    """Goes on with the key alone, as far as it takes."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The key Tab does not come to {selector}")


def test_the_whole_way_goes_by_keyboard(window: Window) -> None:
    before = told(window)
    page = logged_in(window()).go("/personal/avvikelser/ny/?day=2026-11-26")
    tab_to(page, "[name=what]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.is_checked("[name=what][value=cancel]")
    tab_to(page, "[name=who]")
    page.keyboard.press("Space")
    assert page.is_checked("[name=who][value=everyone]")
    tab_to(page, "#send")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Kontrollera innan du publicerar")
    tab_to(page, "button[value=publish]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Publicerat")
    shown, _ = told(window)
    assert "inställd" in shown.lower()
    assert "inställd" not in before[0].lower()


def test_a_fault_is_announced_and_leads_to_its_field(window: Window) -> None:
    page = logged_in(window(java_script_enabled=False)).go("/personal/avvikelser/ny/")
    page.click("text=Kontrollera vad som ändras")
    assert "Välj vad som händer." in page.inner_text("[role=alert]")
    page.click("[role=alert] a >> nth=0")
    assert page.url.endswith("#what-1")


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.nightly)])
def test_the_staffs_pages_are_accessible(window: Window, scheme: str) -> None:
    visitor = logged_in(window(color_scheme=scheme))
    page = visitor.go("/personal/")
    found = checkers.axe(page)
    for path in ("avvikelser/dag/2026-11-26/", "avvikelser/ny/", "forslag/", "historik/", "historik/1/"):
        found += checkers.axe(visitor.go(f"/personal/{path}"))
    page.goto(visitor.address + "/personal/avvikelser/ny/?day=2026-11-26&what=cancel&who=everyone")
    page.click("#send")
    found += checkers.axe(page)
    page.click("button[value=publish]")
    found += checkers.axe(page)
    found += checkers.axe(visitor.go("/personal/historik/svar/?adress=Storgatan+1&dag=2026-11-23"))
    assert found == []
