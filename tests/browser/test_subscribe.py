"""Can a resident get the days into a calendar, a caretaker several addresses on paper, a town the card?"""

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
import zxingcpp
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import Visitor, follow
from tests.web import directory
from wastecal.core import several

Window = Callable[..., Visitor]

PAGE = "/adress/holmby/storgatan/12b/prenumerera/"
LONG = "Kristianstadsvägen Södra Nyckelpigan"


def test_the_address_page_leads_to_the_choices_and_they_to_the_address(window: Window) -> None:
    page = window(java_script_enabled=False).go("/adress/holmby/storgatan/12b/")
    page.click(".subscribe a:has-text('påminnelse')")
    page.check("label:has-text('Trädgårdskärl')")
    page.check("label:has-text('Samma morgon')")
    page.check("label:has-text('English')")
    page.click("form.wishes button")
    feed = "/en/adress/holmby/storgatan/12b.paminn.ics?paminn=05:30&dag=0&karl=karl-1,karl-2,tradgard"
    assert page.inner_text("#feed-url").endswith(feed)
    assert "Påminnelse klockan 05:30 samma morgon" in page.inner_text("#calendar")
    assert page.is_checked("label:has-text('Trädgårdskärl')")


def test_the_form_can_be_filled_with_the_keyboard_alone(window: Window) -> None:
    page = window().go(PAGE)
    page.focus("#karl")
    for key in ("Tab", "Space", "Tab", "Tab", "ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_url("**nar=kvall**")
    assert page.inner_text("#feed-url").endswith("/12b.paminn.ics?karl=karl-1")


def test_a_mistake_is_announced_and_leads_to_its_field(window: Window) -> None:
    page = window(java_script_enabled=False).go(PAGE)
    for box in ("Kärl 1", "Kärl 2"):
        page.uncheck(f"label:has-text('{box}')")
    page.click("form.wishes button")
    assert "Välj minst ett kärl." in page.inner_text("[role=alert]")
    page.click("[role=alert] a")
    assert page.evaluate("document.activeElement.id") == "karl" or page.url.endswith("#karl")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_camera_reads_the_code_as_the_address(window: Window, scheme: str) -> None:
    page = window(color_scheme=scheme).go(f"{PAGE}?karl=karl-1&nar=kvall&kvall=19:30")
    picture = Image.open(BytesIO(page.locator(".qr").screenshot()))
    feed = page.inner_text("#feed-url").partition("://")[2]
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"webcal://{feed}"]


def test_the_address_is_copied_with_one_press(window: Window) -> None:
    visitor = window(permissions=["clipboard-read", "clipboard-write"])
    page = visitor.go(PAGE)
    page.click("text=Kopiera adressen")
    page.wait_for_selector("text=Adressen är kopierad.")
    assert page.evaluate("navigator.clipboard.readText()") == page.inner_text("#feed-url")


def test_without_script_no_button_promises_to_copy(window: Window) -> None:
    page = window(java_script_enabled=False).go(PAGE)
    assert not page.is_visible("text=Kopiera adressen")


def test_addresses_are_added_and_removed_by_typing_and_pressing(window: Window) -> None:
    page = window(java_script_enabled=False).go("/flera/")
    for typed in ("storgatan 1", "ängavägen 4"):
        page.fill("#q", typed)
        follow(page, "form.search button")
    assert page.locator(".several-remove").count() == 2
    page.click(".several-remove >> nth=0")
    assert page.url.endswith("/flera/?a=holmby/angavagen/4")


def pages_of(page: Page, *, landscape: bool = False) -> int:
    return len(PdfReader(BytesIO(page.pdf(format="A4", landscape=landscape))).pages)


@pytest.fixture
def long_street(address: str, tmp_path: Path) -> list[str]:
    """Fifty addresses with long names, in a zone where much is moved."""
    rows = [
        {**directory.ADDRESSES[0], "street": LONG, "number": str(number), "letter": "B"}
        for number in range(101, 151)
    ]
    folder = tmp_path / "long"
    folder.mkdir()
    call_command("load", str(directory.write(folder, addresses=[*directory.ADDRESSES, *rows])), verbosity=0)
    return [f"holmby/kristianstadsvagen-sodra-nyckelpigan/{number}b" for number in range(101, 151)]


@pytest.mark.parametrize("number", [1, 4, 12, 13, 25, 50])
def test_any_number_of_addresses_is_one_sheet_of_paper(
    window: Window, long_street: list[str], number: int
) -> None:
    visitor = window()
    page = visitor.go(f"/flera/?{several.query(long_street[:number])}")
    page.emulate_media(media="print")
    visitor.picture(f"several-{number}-print")
    assert page.locator(".several-sheet tbody tr:visible").count() == number
    assert pages_of(page) == 1


HOST = """<!doctype html><title>Kommunen</title>
<iframe src="{url}" title="Nästa tömning" width="320" height="520"></iframe>"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Another site, with a page that holds one of ours in a frame."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()

        def holding(url: str) -> str:
            (tmp_path / "kommunen.html").write_text(HOST.format(url=url), "utf-8")
            return f"http://127.0.0.1:{server.server_address[1]}/kommunen.html"

        yield holding
        server.shutdown()


def test_the_card_shows_in_another_site_and_its_link_leaves_the_frame(
    window: Window, elsewhere: Callable[[str], str]
) -> None:
    visitor = window()
    page = visitor.page
    page.goto(elsewhere(f"{visitor.address}/adress/holmby/storgatan/12b/kort/"))
    card = page.frame_locator("iframe")
    assert "torsdag 26 november" in card.locator("#next").inner_text().lower()
    card.locator("a[target=_top]").click()
    page.wait_for_url("**/adress/holmby/storgatan/12b/")


def test_no_other_page_shows_in_another_site(window: Window, elsewhere: Callable[[str], str]) -> None:
    visitor = window()
    visitor.page.goto(elsewhere(f"{visitor.address}/adress/holmby/storgatan/12b/"))
    assert visitor.page.frame_locator("iframe").locator(".next").count() == 0
    assert any("frame-ancestors" in text for text in visitor.complaints)
