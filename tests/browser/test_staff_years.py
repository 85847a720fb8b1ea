"""Can somebody with a phone, and without JavaScript, decide a year's holidays and send a file?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Visitor
from tests.browser.test_staff import logged_in
from tests.importing import files
from wastecal import answers
from wastecal.models import Edit

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def phone(window: Callable[..., Visitor]) -> Visitor:
    """A narrow window without JavaScript in which somebody who may publish is logged in."""
    visitor = window(viewport=PHONE, java_script_enabled=False)
    return logged_in(visitor)


def test_a_year_is_decided_and_a_file_is_read_in(phone: Visitor, tmp_path: Path) -> None:
    page = phone.go("/personal/helger/")
    page.click("text=Bestäm helgerna 2027")
    page.select_option("#everything", "next_weekday")
    page.click("fieldset:has(#move_2027-12-24) summary")
    page.fill("#day_2027-12-24", "2027-12-22")
    page.fill("#last_2027-12-24", "2027-12-23")
    page.click("#send")
    assert "Så skulle 2027 bli" in page.inner_text("main")
    assert Edit.objects.count() == 1
    assert page.evaluate_handle("document.documentElement").get_property("scrollWidth").json_value() <= 360
    page.click("button[value=publish]")
    assert "Helgerna 2027 bestämda" in page.inner_text("main")

    rows = [["kind", "scope", "date", "new_date"], ["move", "everyone", "2027-02-01", "2027-02-02"]]
    page = phone.go("/personal/filer/")
    page.click("main a.govuk-button")
    page.set_input_files("#file", files.xlsx(tmp_path / "lista.xlsx", [*rows, ["move", "everyone", "snart"]]))
    page.click("#send")
    assert "Rad 3" in page.inner_text("#problems")
    page.fill("#rows", "\n".join("\t".join(row) for row in rows))
    page.click("#send")
    page.click("button[value=publish]")
    assert "Inläst: 1 avvikelse ur lista.xlsx" in page.inner_text("main")
    answers.forget()
    assert Edit.objects.count() == 3
