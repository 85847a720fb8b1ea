"""Does a person come in with two steps: on a small telephone, without JavaScript, with a passkey?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import checkers
from tests.browser.checkers import axe
from tests.browser.conftest import Visitor
from tests.browser.test_validators import run
from tests.staff import entrance
from wastecal.staff import people
from wastecal.staff.models import Person
from wastecal.staff.roles import Role

Window = Callable[..., Visitor]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def anna(address: str) -> Person:
    return people.make("anna", Role.ADMINISTER, ("H1",), entrance.PASSWORD, by="")


def give_password(page: Page) -> None:
    page.fill("#id_login", "anna")
    page.fill("#id_password", entrance.PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()


def give_code(page: Page, code: str) -> None:
    page.fill("#id_code", code)
    page.get_by_role("button", name="Logga in", exact=True).click()


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Logga ut").click()
    assert page.url.endswith("/personal/logga-in/")


def set_up_an_app(page: Page) -> tuple[str, list[str]]:
    """What is to be kept afterwards: the app's secret and the recovery codes."""
    page.get_by_role("link", name="Ställ in en app").click()
    secret = page.inner_text("#key")
    page.fill("#id_code", entrance.code(secret))
    page.get_by_role("button", name="Klart").click()
    codes = page.locator("main code").all_inner_texts()
    page.get_by_role("link", name="Jag har dem. Till arbetet").click()
    return secret, codes


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize("scripts", [True, False])
def test_a_person_sets_up_an_app_and_comes_in_again_with_it_and_without_it(
    window: Window, scripts: bool
) -> None:
    visitor = window(viewport=PHONE, java_script_enabled=scripts)
    page = visitor.go("/personal/")
    give_password(page)
    secret, codes = set_up_an_app(page)
    assert page.url.endswith("/personal/")
    log_out(page)
    give_password(page)
    give_code(page, entrance.code(secret))
    assert page.url.endswith("/personal/")
    log_out(page)
    give_password(page)
    give_code(page, codes[0])
    assert page.url.endswith("/personal/")
    assert visitor.complaints == []
    assert {asked.partition("/")[0] for asked in visitor.asked} <= {"http:", "data:"}


@pytest.mark.usefixtures("anna")
def test_a_wrong_password_is_said_on_top_and_the_name_stays(window: Window) -> None:
    page = window(viewport=PHONE).go("/en/personal/")
    page.fill("#id_login", "anna")
    page.fill("#id_password", "wrong")
    page.get_by_role("button", name="Log in", exact=True).click()
    assert "The user name or the password is wrong." in page.inner_text("[role=alert]")
    assert page.input_value("#id_login") == "anna"
    assert page.title().startswith("Error:")


def virtual_authenticator(visitor: Visitor) -> None:
    """A key in the telephone itself, whose owner has just shown a finger."""
    browser = visitor.context.new_cdp_session(visitor.page)
    browser.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    abilities = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, **abilities}})


@pytest.mark.usefixtures("anna")
def test_a_passkey_is_the_second_step_and_also_the_only_one(window: Window) -> None:
    visitor = window(viewport=PHONE)
    virtual_authenticator(visitor)
    page = visitor.go("/personal/")
    give_password(page)
    page.get_by_role("link", name="Lägg till en nyckel").click()
    page.get_by_label("Vad kallar du den?").fill("telefonen")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    page.get_by_role("link", name="Jag har dem. Till arbetet").click()
    log_out(page)
    give_password(page)
    page.get_by_role("button", name="Använd en nyckel").click()
    page.wait_for_url("**/personal/")
    log_out(page)
    page.get_by_role("button", name="Logga in med en nyckel").click()
    page.wait_for_url("**/personal/")
    page.goto(f"{visitor.address}/personal/sakerhet/")
    assert "telefonen" in page.inner_text("main")
    assert visitor.complaints == []


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.nightly)])
def test_checkers_find_no_fault_on_the_way_in(window: Window, width: int, tmp_path: Path) -> None:
    visitor = window(viewport={"width": width, "height": 740})
    page = visitor.go("/personal/")
    seen = [looked(visitor, tmp_path, "login")]
    give_password(page)
    seen.append(looked(visitor, tmp_path, "index-half-way"))
    page.get_by_role("link", name="Ställ in en app").click()
    seen.append(looked(visitor, tmp_path, "app"))
    page.fill("#id_code", "000000")
    page.get_by_role("button", name="Klart").click()
    seen.append(looked(visitor, tmp_path, "app-wrong"))
    page.goto(page.url)  # to look was to ask, and each asking makes a new secret
    page.fill("#id_code", entrance.code(page.inner_text("#key")))
    page.get_by_role("button", name="Klart").click()
    seen.append(looked(visitor, tmp_path, "codes"))
    paths = ("", "sakerhet/", "sakerhet/nycklar/ny/", "sakerhet/koder/nya/", "sakerhet/app/ta-bort/")
    account = f"konton/{Person.objects.create_user('bo').pk}/"
    for number, path in enumerate((*paths, "losenord/", "bekrafta/kod/", "bekrafta/", "konton/", account)):
        visitor.go(f"/personal/{path}")
        seen.append(looked(visitor, tmp_path, f"page-{number}"))
    assert [fault for faults in seen for fault in faults] == []
    assert visitor.complaints == []
    config = checkers.MODULES.parent / ".htmlvalidate.json"
    program = checkers.MODULES / ".bin" / "html-validate"
    assert run(program, "--config", config, "--formatter", "text", *sorted(tmp_path.glob("*.html"))) == ""


def looked(visitor: Visitor, folder: Path, name: str) -> list[str]:
    """What axe says of the page that is open, and whether it scrolls sideways; its text is kept."""
    before = list(visitor.complaints)
    page = visitor.page
    page.wait_for_load_state()
    folder.joinpath(f"{name}.html").write_bytes(page.request.get(page.url).body())
    width = page.viewport_size["width"] if page.viewport_size else 0
    wide = page.evaluate("document.documentElement.scrollWidth") > width
    visitor.picture(f"staff-{name}-{width}")
    found = axe(page) + ([f"scrolls sideways at {width}"] if wide else [])
    visitor.complaints[:] = before  # axe's own inline styles
    return [f"{name}: {fault}" for fault in found]


def test_the_tables_of_it_keep_the_rules_about_what_pages_may_hold(window: Window, anna: Person) -> None:
    entrance.with_app(anna)
    visitor = window(viewport={"width": 1280, "height": 740})
    page = visitor.go("/admin/")
    give_password(page)
    give_code(page, entrance.code())
    for path in ("", "wastecal/zone/", "wastecal/note/add/", "staff/person/"):
        visitor.go(f"/admin/{path}")
        assert page.locator("#content h1").inner_text(), path
    assert visitor.complaints == []
