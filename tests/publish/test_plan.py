"""After an Edit or a new day: is what must be rendered anew rendered, and nothing else?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from tests import town
from tests.publish import odd
from tests.publish.editions import edition
from wastecal.core.directory import Directory
from wastecal.publish import changes, plan
from wastecal.publish.changes import Made
from wastecal.publish.edition import Edition
from wastecal.web.years import sheet

pytestmark = pytest.mark.django_db

HOUSE = "holmby/storgatan/3"
OLOF = "holmby/s-t-olofs-vag"


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> Edition:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    monkeypatch.setattr(sheet, "offered", lambda today: range(2026, 2027))  # one printed year is enough
    town.load(odd.directory())
    return edition()


def made(of: Edition) -> Made:
    return Made.of(of.everything.register, of.today, of.site, serial=1)


def published(of: Edition) -> dict[str, bytes]:
    return {path: body for work in plan.of(of, changes.ALL, ()).works for path, body in work.files()}


def anew(before: Edition, after: Edition) -> set[str]:
    """The paths that are rendered for the edition after; with all that is kept it is all there is."""
    old, whole = published(before), published(after)
    found = plan.of(after, changes.since(made(before), after), old)
    rendered = {path for work in found.works for path, _ in work.files()}
    assert rendered.isdisjoint(found.kept)
    assert rendered | set(found.kept) == set(whole)
    assert [path for path in found.kept if old[path] != whole[path]] == []
    return {path for path in rendered if not path.startswith("static/")}


def after(content: Directory) -> Edition:
    town.load(content)
    return edition()


def slugs(paths: Iterable[str]) -> set[str]:
    parts = (path.removeprefix("en/").split("/") for path in paths if "adress/" in path)
    return {"/".join([*part[1:3], part[3].split(".")[0]]) for part in parts}


def with_more(table: str, *rows: Any) -> Directory:
    tables: dict[str, Any] = {table: [*odd.directory().tables[table], *rows]}
    return odd.directory(**tables)


def test_where_nothing_has_changed_nothing_is_to_be_done(before: Edition) -> None:
    assert not changes.since(made(before), before)


def test_an_override_for_a_zone_renders_its_addresses(before: Edition) -> None:
    override = town.override("cancel", "11-24", scope="zone:H2")
    paths = anew(before, after(with_more("overrides", override)))
    assert slugs(paths) == {"holmby/torget/-", "holmby/storgatan/1"}
    assert {"zon/h2/index.html", "en/zon/h2.json", "om/index.html", "data/overrides.csv"} <= paths
    assert not {"zon/h1/index.html", "adresser/index.html"} & paths


def test_a_rule_for_a_street_renders_that_street(before: Edition) -> None:
    paths = anew(before, after(with_more("rules", town.rule(f"street:{OLOF}", "11-26", container="karl-2"))))
    assert slugs(paths) == {f"{OLOF}/{number}" for number in range(1, 5)}
    assert len([path for path in paths if "adress/" in path]) == 4 * 10 * 2


def test_a_changed_address_renders_itself_and_the_lists(before: Edition) -> None:
    paths = anew(before, after(odd.with_postcode(odd.directory(), HOUSE, "23599")))
    assert slugs(paths) == {HOUSE}
    assert {"adresser/holmby/storgatan/index.html", "data/addresses.csv"} <= paths
    assert "zon/h1/index.html" not in paths


def test_a_removed_address_is_gone_with_its_lists_renewed(before: Edition) -> None:
    rows = [row for row in odd.directory().tables["addresses"] if row.slug != HOUSE]
    town.load(odd.directory(addresses=rows), remove=True)
    paths = anew(before, edition())
    assert slugs(paths) == set()
    assert "adresser/holmby/storgatan/index.html" in paths


def test_a_holiday_policy_renders_everything(before: Edition) -> None:
    now = after(odd.directory(shifts=town.SHIFTS[:1]))
    assert anew(before, now) == {path for path in published(now) if not path.startswith("static/")}


def test_a_new_day_renders_pages_and_no_feeds(before: Edition) -> None:
    paths = anew(before, replace(before, today=date(2026, 11, 24)))
    assert {path.rpartition(".")[2] for path in paths} == {"html"}
    assert f"adress/{HOUSE}/index.html" in paths


def test_a_new_month_renders_feeds_too_and_no_data(before: Edition) -> None:
    paths = anew(before, replace(before, today=date(2026, 12, 1)))
    assert {f"adress/{HOUSE}.ics", "en/zon/h1.json"} <= paths
    assert not [path for path in paths if path.startswith("data/")]


def test_another_site_program_or_database_renders_everything(before: Edition) -> None:
    now = made(before)
    for other in (replace(now, site="x"), replace(now, program="x"), replace(now, at="x"), None):
        assert changes.since(other, before) == changes.ALL


def test_everything_is_rendered_where_something_that_ought_to_be_kept_is_missing(before: Edition) -> None:
    there = published(before)
    del there[f"adress/{HOUSE}.json"]
    tomorrow = replace(before, today=date(2026, 11, 24))
    found = plan.of(tomorrow, changes.since(made(before), tomorrow), there)
    assert found.kept == ()
