"""Does the field suggest the right addresses, to hand, key and screen reader, with a server and without?"""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visitor

Window = Callable[..., Visitor]


@pytest.fixture(params=[pytest.param("live", marks=pytest.mark.nightly), "published"])
def address(request: pytest.FixtureRequest, live: str) -> str:
    """From plain files, which test_site.py holds to be the application's bytes; by night from both."""
    return live if request.param == "live" else str(request.getfixturevalue("published"))


alone = pytest.mark.parametrize("address", ["published"], indirect=True)
"""Where only plain files answer."""


def suggested(page: Page, typed: str) -> list[str]:
    """What is offered when somebody types so, once it is there."""
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially(typed)
    page.locator("#q-list li").first.wait_for()
    page.wait_for_load_state("networkidle")
    return page.locator("#q-list li").all_inner_texts()


def test_three_letters_offer_the_streets_of_all_towns(window: Window) -> None:
    page = window().go("/")
    page.locator("#q").press_sequentially("st")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert suggested(page, "sto") == ["Storgatan, Holmby", "Storgatan, Åby"]


def test_a_number_offers_houses_and_choosing_one_opens_its_page(window: Window) -> None:
    visitor = window()
    page = visitor.go("/")
    assert suggested(page, "storgatan 12")[0] == "Storgatan 12B, 235 00 Holmby"
    visitor.picture("search-suggested")
    page.get_by_role("option", name="Storgatan 12B").click()
    page.wait_for_url("**/adress/holmby/storgatan/12b/")


def test_in_english_a_house_leads_to_its_english_page(window: Window) -> None:
    page = window().go("/en/")
    suggested(page, "storgatan 12")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/en/adress/holmby/storgatan/12b/$"))


def test_a_street_alone_asks_for_its_number(window: Window) -> None:
    page = window().go("/")
    suggested(page, "sto")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("12")
    expect(page.locator("#q")).to_have_value("Storgatan 12, Holmby")
    expect(page.get_by_role("option")).to_have_text(["Storgatan 12B, 235 00 Holmby"])


def test_a_street_of_one_town_offers_its_houses_at_once(window: Window) -> None:
    page = window().go("/")
    assert suggested(page, "ängav") == [
        f"Ängavägen {number}, 235 00 Holmby" for number in ["4", "6", "8A", "8B"]
    ]


def active(page: Page) -> str:
    """The option that a screen reader would read now."""
    return str(
        page.evaluate("document.getElementById(q.getAttribute('aria-activedescendant'))?.innerText ?? ''")
    )


def test_the_arrows_walk_through_the_list_and_back_to_the_field(window: Window) -> None:
    page = window().go("/")
    first, second = suggested(page, "parkgatan")
    walked = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Home", "End"):
        page.keyboard.press(key)
        walked.append(active(page))
    assert walked == [first, second, "", second, first, second]


def test_escape_closes_the_list_and_keeps_what_was_typed(window: Window) -> None:
    page = window().go("/")
    suggested(page, "ängav")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("ängav")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()


def test_tab_closes_the_list_and_goes_to_the_button(window: Window) -> None:
    page = window().go("/")
    suggested(page, "ängav")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Sök")).to_be_focused()


def test_what_comes_after_the_field_was_left_opens_no_list(window: Window) -> None:
    page = window().go("/")
    held: list[Route] = []
    page.route("**/sok/borjan/*", lambda route: held.append(route))
    with page.expect_request("**/sok/borjan/*"):
        page.locator("#q").press_sequentially("äng")
    page.keyboard.press("Tab")
    with page.expect_response("**/sok/borjan/*"):
        held[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_key_of_an_input_method_is_left_to_it(window: Window) -> None:
    page = window().go("/")
    suggested(page, "ängav")
    page.locator("#q").dispatch_event("keydown", {"key": "ArrowDown", "isComposing": True})
    assert active(page) == ""
    page.locator("#q").dispatch_event("keydown", {"key": "ArrowDown"})
    assert active(page) == "Ängavägen 4, 235 00 Holmby"


def test_the_browser_may_offer_ones_own_address_until_we_offer_some(window: Window) -> None:
    page = window().go("/")
    expect(page.locator("#q")).to_have_attribute("autocomplete", "address-line1")
    suggested(page, "ängav")
    expect(page.locator("#q")).to_have_attribute("autocomplete", "off")


@pytest.mark.parametrize("address", ["live"], indirect=True)
def test_enter_with_nothing_chosen_sends_the_form(window: Window) -> None:
    page = window().go("/")
    suggested(page, "storg")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=storg")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sök")


def test_a_screen_reader_hears_a_field_with_a_list(window: Window) -> None:
    page = window().go("/")
    field = page.get_by_role("combobox", name="Din adress")
    expect(field).to_have_attribute("aria-expanded", "false")
    suggested(page, "parkg")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_have_text("Förslag: 2. Välj med piltangenterna.")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".search-row")).to_match_aria_snapshot("""
        - combobox "Din adress" [expanded]: parkg
        - listbox "Förslag":
          - option "Parkgatan 1, 235 00 Holmby" [selected]
          - option "Parkgatan 2, 235 00 Holmby"
        - status: "Förslag: 2. Välj med piltangenterna."
        - button "Sök"
    """)


def test_a_screen_reader_hears_that_nothing_fits(window: Window) -> None:
    page = window().go("/")
    page.locator("#q").press_sequentially("qwerty")
    expect(page.get_by_role("status")).to_have_text("Inga förslag")


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.nightly)])
def test_axe_finds_no_fault_in_the_open_list(window: Window, scheme: str) -> None:
    visitor = window(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page = visitor.go("/")
    suggested(page, "sto")
    page.keyboard.press("ArrowDown")
    visitor.picture(f"search-320-{scheme}")
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    heights = page.eval_on_selector_all("#q-list li", "nodes => nodes.map(n => n.offsetHeight)")
    assert min(heights) >= 24


def test_with_forced_colours_the_chosen_one_is_outlined(window: Window) -> None:
    visitor = window(forced_colors="active")
    page = visitor.go("/")
    suggested(page, "sto")
    page.keyboard.press("ArrowDown")
    visitor.picture("search-forced-colours")
    styles = page.eval_on_selector_all(
        "#q-list li", "nodes => nodes.map(n => getComputedStyle(n).outlineStyle)"
    )
    assert styles == ["solid", "none"]


def test_typing_asks_for_the_script_and_three_small_files(window: Window) -> None:
    visitor = window()
    page = visitor.go("/")
    page.wait_for_load_state("networkidle")
    before = len(visitor.asked)
    suggested(page, "storgatan 12b")
    names = sorted(url.removeprefix(visitor.address) for url in visitor.asked[before:] if "icon" not in url)
    assert names == ["/sok/borjan/-.json", "/sok/hus/-.json", "/sok/index.json", "/static/wastecal/finder.js"]
    assert visitor.complaints == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@alone
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_without_an_application_one_hit_leads_to_its_page(
    window: Window, published: str, prefix: str
) -> None:
    page = window().page
    page.goto(f"{published}{prefix}/")
    page.locator("#q").fill("storgtan 12b")
    page.locator("#q").press("Enter")
    page.wait_for_url(f"{published}{prefix}/adress/holmby/storgatan/12b/")
    page.go_back()
    expect(page).to_have_url(f"{published}{prefix}/")


@alone
def test_without_an_application_several_hits_are_listed(window: Window, published: str) -> None:
    visitor = window()
    visitor.page.goto(f"{published}/?q=storgatan")
    expect(visitor.page.get_by_role("heading", name="Vilken är din?")).to_be_visible()
    assert visitor.page.locator(".hits a").all_inner_texts()[4:] == [
        "Storgatan 12B, 235 00 Holmby",
        "Storgatan 5, 235 01 Åby",
    ]
    visitor.picture("search-without-application")
    expect(visitor.page.locator("#q")).to_have_value("storgatan")


@alone
def test_without_an_application_a_missing_number_is_said_and_the_nearest_listed(
    window: Window, published: str
) -> None:
    page = window().page
    page.goto(f"{published}/?q=storgatan+9,+holmby")
    expect(page.get_by_role("heading", name="Storgatan, Holmby")).to_be_visible()
    assert page.locator(".hits a").first.inner_text() == "Storgatan 8, 235 00 Holmby"
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []


@alone
def test_without_an_application_a_town_leads_to_its_streets(window: Window, published: str) -> None:
    page = window().page
    page.goto(f"{published}/?q=holmby")
    page.locator(".hits").get_by_role("link", name="Holmby").click()
    expect(page).to_have_url(f"{published}/adresser/holmby/")


@alone
def test_without_an_application_nothing_is_said_plainly(window: Window, published: str) -> None:
    page = window().page
    page.goto(f"{published}/?q=qwertyuiop")
    expect(page.get_by_role("heading", name="Ingen adress hittades")).to_be_visible()


@alone
def test_without_an_application_and_script_the_list_is_one_link_away(window: Window, published: str) -> None:
    page = window(java_script_enabled=False).page
    page.goto(f"{published}/")
    page.fill("#q", "storgatan 12b")
    page.click("form button")
    assert "Listan fungerar alltid." in page.inner_text("main")
    page.locator("main").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alla adresser")


@pytest.mark.parametrize("address", ["live"], indirect=True)
def test_the_server_is_not_searched_twice(window: Window) -> None:
    visitor = window()
    page = visitor.go("/?q=storgatan")
    page.wait_for_load_state("networkidle")
    assert page.locator(".found").count() == 1
    assert [url for url in visitor.asked if "/sok/" in url] == []
