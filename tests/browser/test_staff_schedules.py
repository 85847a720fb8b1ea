"""Can one let a schedule follow another on a phone without JavaScript, and is every page accessible?"""

import pytest

from tests.browser import checkers
from tests.browser.test_staff import RESIDENT, Window, fits, logged_in

PHONE = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}


def resident(window: Window) -> str:
    visitor = window(java_script_enabled=False)
    shown = visitor.go(RESIDENT).text_content("main") or ""
    visitor.context.close()
    return shown


def test_one_schedule_follows_another_on_a_phone_without_javascript(window: Window) -> None:
    visitor = logged_in(window(**PHONE))
    before = resident(window)
    page = visitor.go("/personal/schema/")
    page.click("text=Holmby norra (H1)")
    page.click("li:has-text('Kärl 1') >> text=Ändra")
    page.select_option("#often", "weeks:2")
    page.click("#send")
    assert "Välj veckodag." in page.inner_text("[role=alert]")
    assert page.input_value("#often") == "weeks:2"
    page.select_option("#weekday", "2")
    page.fill("#start", "2027-03-01")
    assert fits(page)
    page.click("#send")
    shown = page.inner_text("main")
    assert "Kärl 1: dagarna före och efter" in shown
    assert "ons 3" in shown
    assert fits(page)
    assert resident(window) == before
    page.click("button[value=publish]")
    assert "Från måndag 1 mars 2027 töms Kärl 1 onsdag varannan vecka" in page.inner_text("main")
    assert "onsdag 3 mars" in resident(window).lower()
    page.click("text=Ångra detta")
    page.click("button[value=publish]")
    assert resident(window) == before


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.nightly)])
def test_the_pages_of_addresses_and_schedules_are_accessible(window: Window, scheme: str) -> None:
    visitor = logged_in(window(color_scheme=scheme, viewport={"width": 360, "height": 740}))
    address = "holmby/storgatan/1"
    found = []
    for path in (
        "schema/",
        "schema/zon/h1/",
        "schema/nytt/?scope=zone:H1",
        "schema/flytta/",
        "adresser/?q=gatan",
        f"adresser/{address}/",
        f"adresser/{address}/uppehall/",
        f"adresser/ratta/?address={address}",
        f"adresser/sla-ihop/?address={address}",
        f"adresser/ta-bort/?address={address}",
    ):
        page = visitor.go(f"/personal/{path}")
        assert fits(page), path
        assert not visitor.complaints, path
        found += checkers.axe(page)
    assert found == []
