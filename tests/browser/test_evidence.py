"""Are the pages of the evidence, and the one on which a day is told, accessible, and do they fit a phone?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from tests import town
from tests.browser import checkers
from tests.browser.conftest import Visitor
from tests.browser.test_staff import Window, fits, logged_in
from wastecal import answers, edits, inference, models
from wastecal.core.evidence import Evidence, Kind, Source
from wastecal.inference import stored
from wastecal.management import console

START = "/personal/underlag/"
TUESDAY, WEDNESDAY, THURSDAY = date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 3)
VIEWS = {"narrow": 320, "wide": 1280}


def every_other(
    first: date, count: int, street: str, number: str = "", container: str = "karl-1"
) -> list[Evidence]:
    days = (first + timedelta(days=14 * place) for place in range(count))
    return [Evidence(day, "Holmby", street, number, container) for day in days]


@pytest.fixture
def evidence(live: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some of everything: ready, unsure, against what is told, split by sides, rejected, shown by itself."""
    monkeypatch.setattr(console, "now", lambda: town.NOON)
    monkeypatch.setattr(console, "today", lambda: town.TODAY)
    monkeypatch.setattr(stored, "MOST_AT_ONCE", 3)
    town.load(town.directory(rules=[town.rule("zone:H1", "01-08"), *town.RULES[1:]]), remove=True)
    rows = every_other(WEDNESDAY, 5, "Storgatan", "1") + every_other(THURSDAY, 2, "Parkgatan", "2")
    rows = [replace(row, source=Source.VEHICLE) for row in rows]
    rows += every_other(TUESDAY, 6, "Ängavägen") + every_other(THURSDAY, 2, "Ängavägen", container="karl-2")
    rows += [
        Evidence(date(2026, 9, 24), "Holmby", "Ängavägen", "", "karl-1", Kind.NOT_COLLECTED, Source.STAFF)
    ]
    rows += [Evidence(date(2026, 9, 26), "Holmby", "Ängavägen", "", "karl-1")]
    edits.observe(map(models.Evidence.of, rows))
    call_command("reconstruct", "--keep", "--doubt", verbosity=0)
    edits.observe(map(models.Evidence.of, every_other(THURSDAY, 1, "Storgatan")))
    answers.forget()


def look(visitor: Visitor, path: str, name: str) -> list[str]:
    page = visitor.go(path)
    visitor.picture(f"evidence-{name}")
    assert page.locator("h1").count() == 1, path
    assert "404" not in page.title(), path
    assert fits(page), path
    assert not visitor.complaints, path
    return [f"{path}: {fault}" for fault in checkers.axe(page)]


@pytest.mark.nightly
@pytest.mark.usefixtures("evidence")
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_the_evidence_are_accessible(window: Window, view: str, scheme: str) -> None:
    visitor = logged_in(window(color_scheme=scheme, viewport={"width": VIEWS[view], "height": 740}))
    found = []
    for path, name in (
        (START, "all"),
        (f"{START}zon/h1/", "zone"),
        (f"{START}zon/h2/", "other-zone"),
        (f"{START}gata/holmby/angavagen/", "street"),
        (f"{START}gata/holmby/storgatan/", "street-against"),
        (f"{START}fraga/", "wanted"),
        (
            f"{START}anta/?by=street&mark={inference.newest() - 1}&item=street:holmby/angavagen||karl-1",
            "adopt",
        ),
        (f"/anmal/dag/?adress={town.H1}&dag=2026-11-12", "day"),
    ):
        found += look(visitor, path, f"{name}-{view}-{scheme}")
    assert found == []
