"""Is a page still right that is read weeks after it was made, from a plain file or a mirror?"""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import Visitor

Window = Callable[..., Visitor]

# Made on 23 November 2026: next on the 26th, then the 11th or 12th, 23 December, 7 January.
ADDRESS = "/adress/holmby/storgatan/12b/"


@pytest.fixture(params=[pytest.param("live", marks=pytest.mark.nightly), "published"])
def address(request: pytest.FixtureRequest, live: str) -> str:
    """From plain files, which test_site.py holds to be the application's bytes; by night from both."""
    return live if request.param == "live" else str(request.getfixturevalue("published"))


def read_on(window: Window, when: datetime, path: str = ADDRESS, signature: str = "") -> Page:
    visitor = window()
    visitor.page.clock.set_fixed_time(when)

    def answer(route: Route) -> None:
        route.fulfill(body=signature) if signature else route.fulfill(status=404)

    visitor.page.route("**/SHA256SUMS.minisig", answer)
    visitor.go(path)
    return visitor.page


def noon(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 11, tzinfo=UTC)


def next_day(page: Page) -> str:
    return page.inner_text(".next-day").lower()


def test_on_its_own_day_it_says_how_far_away_the_next_collection_is(window: Window) -> None:
    page = read_on(window, noon(11, 23))
    assert next_day(page) == "torsdag 26 november"
    assert page.inner_text("[data-away]") == "om 3 dagar"
    assert not page.locator(".age").is_visible()


def test_on_its_own_day_it_needs_no_time_zones(window: Window) -> None:
    """Their first use holds up a telephone for a fifth of a second; the server has said it all."""
    visitor = window()
    visitor.page.add_init_script("Intl.DateTimeFormat = Intl.RelativeTimeFormat = undefined;")
    visitor.page.clock.set_fixed_time(datetime(2026, 11, 23, 22, 59, tzinfo=UTC))
    visitor.go(ADDRESS)
    assert visitor.page.inner_text("[data-away]") == "om 3 dagar"
    assert visitor.complaints == []


@pytest.mark.parametrize(("day", "said"), [(25, "i morgon"), (26, "i dag")])
def test_it_says_tomorrow_and_today(window: Window, day: int, said: str) -> None:
    page = read_on(window, noon(11, day))
    assert page.inner_text("[data-away]") == said


def test_it_says_so_in_english_too(window: Window) -> None:
    page = read_on(window, noon(11, 25), f"/en{ADDRESS}")
    assert page.inner_text("[data-away]") == "tomorrow"


@pytest.mark.parametrize(("when", "said", "containers"), [
    (noon(11, 27), "11 eller 12 december", ["Kärl 1"]),
    (noon(12, 12), "11 eller 12 december", ["Kärl 1"]),
    (noon(12, 13), "onsdag 23 december", ["Kärl 1", "Kärl 2"]),
    (noon(1, 2, 2027), "torsdag 7 januari", ["Kärl 1"]),
])  # fmt: skip
def test_the_next_collection_moves_on(
    window: Window, when: datetime, said: str, containers: list[str]
) -> None:
    page = read_on(window, when)
    assert next_day(page) == said
    assert page.locator(".next .visit-name").all_inner_texts() == containers
    assert page.locator(".next .fractions").first.inner_text().lower().startswith("matavfall")


def test_a_card_in_another_site_moves_on_too(window: Window) -> None:
    page = read_on(window, noon(12, 13), f"{ADDRESS}kort/")
    assert next_day(page) == "onsdag 23 december"
    assert page.locator(".next .visit-name").all_inner_texts() == ["Kärl 1", "Kärl 2"]


def test_the_day_turns_at_midnight_in_the_municipality(window: Window) -> None:
    before = read_on(window, datetime(2026, 11, 26, 22, 59, tzinfo=UTC))
    after = read_on(window, datetime(2026, 11, 26, 23, 1, tzinfo=UTC))
    assert next_day(before) == "torsdag 26 november"
    assert next_day(after) == "11 eller 12 december"


def test_days_that_are_past_are_hidden_and_those_to_come_are_not(window: Window) -> None:
    page = read_on(window, noon(12, 13))
    shown = page.locator(".day:visible").first
    assert shown.locator("time").get_attribute("datetime") == "2026-12-23"
    assert "November" not in page.locator(".month:visible").all_inner_texts()[0]


def test_a_message_is_shown_on_its_days_only(window: Window) -> None:
    during, after = read_on(window, noon(11, 26)), read_on(window, noon(11, 27))
    assert during.get_by_text("Snö väntas på torsdag.").is_visible()
    assert not after.get_by_text("Snö väntas på torsdag.").is_visible()
    assert after.get_by_text("Alla dagar här är påhittade.").is_visible()


def test_a_cancelled_day_that_is_past_is_no_news(window: Window) -> None:
    path = "/adress/holmby/storgatan/3/"
    assert read_on(window, noon(11, 26), path).locator(".urgent").is_visible()
    assert not read_on(window, noon(12, 20), path).locator(".urgent").is_visible()


def test_an_old_copy_says_from_when_it_is(window: Window) -> None:
    page = read_on(window, noon(12, 14))
    assert "kopia från måndag 23 november 2026" in page.inner_text(".age")
    assert not page.locator("[data-expired]").is_visible()


def test_a_copy_past_its_validity_says_whom_to_call(window: Window) -> None:
    comment = "trusted comment: serial:7 valid-until:2026-11-30T12:00:00Z previous:none\n"
    page = read_on(window, noon(12, 14), signature=comment)
    page.wait_for_selector("[data-expired]:visible")
    assert "040-42 50 00" in page.inner_text("[data-expired]")


def test_a_copy_within_its_validity_does_not(window: Window) -> None:
    page = read_on(window, noon(11, 26), signature="trusted comment: valid-until:2026-11-30T12:00:00Z\n")
    page.wait_for_load_state("networkidle")
    assert page.locator(".age").is_visible()
    assert not page.locator("[data-expired]").is_visible()


def test_without_script_it_says_from_which_day_it_is_and_lists_every_date(window: Window) -> None:
    page = window(java_script_enabled=False).go(ADDRESS)
    assert "Visar läget måndag 23 november 2026" in page.inner_text(".next")
    page.click("summary >> nth=0")
    assert page.locator(".day:visible").last.locator("time").get_attribute("datetime") == "2027-11-25"


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("address", ["published"], indirect=True)
def test_a_published_site_three_weeks_on_shows_the_right_day_and_its_age(window: Window, lang: str) -> None:
    """With its own signature and nothing in between: what a mirror shows of a service that is gone."""
    visitor = window()
    visitor.page.clock.set_fixed_time(noon(12, 14))
    page = visitor.go(f"{lang}{ADDRESS}")
    said = {"": ("onsdag 23 december", "kopia från måndag 23 november 2026"), "/en": ("wednesday 23", "copy")}
    day, age = said[lang]
    assert day in next_day(page)
    page.wait_for_selector("[data-expired]:visible")
    assert age in page.inner_text(".age")
    assert "040-42 50 00" in page.inner_text("[data-expired]").replace("\u2011", "-").replace("\xa0", " ")
    assert visitor.complaints == []
