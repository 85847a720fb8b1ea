"""After an Edit or a new day: is what must be rendered anew rendered, and nothing else?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from tests import town
from tests.publish import odd
from tests.publish.editions import edition, files, paths
from wastecal.core.directory import Directory
from wastecal.publish import changes, plan
from wastecal.publish.alike import Group
from wastecal.publish.changes import Made
from wastecal.publish.edition import Edition
from wastecal.publish.workers import Work
from wastecal.web.years import sheet

pytestmark = pytest.mark.django_db

HOUSE = "holmby/storgatan/3"
OLOF = "holmby/s-t-olofs-vag"
_SOME = {HOUSE, "holmby/storgatan/1", f"{OLOF}/1", f"{OLOF}/2", "holmby/torget/-", odd.RENAMED}
_rendered: dict[str, bytes] = {}
"""The edition before, which is the same for every test."""


def directory(**changes: Any) -> Directory:
    """The odd town in one language with a few addresses: one of each kind that changes tell apart."""
    content = odd.directory(municipality=[town.municipality(languages=("sv",))], **changes)
    rows = [row for row in content.tables["addresses"] if row.slug in _SOME]
    return Directory({**content.tables, "addresses": tuple(rows)})


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> Edition:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    monkeypatch.setattr(sheet, "offered", lambda today: range(2026, 2027))  # one printed year is enough
    town.load(directory())
    now = edition()
    if not _rendered:
        _rendered.update(files(now))
    return now


def made(of: Edition) -> Made:
    return Made.of(of.everything.register, of.today, of.site, serial=1)


def anew(before: Edition, after: Edition) -> set[str]:
    """The paths that are rendered for the edition after; with all that is kept it is all there is."""
    found = plan.of(after, changes.since(made(before), after), _rendered)
    rendered, kept = set(paths(found.works)), set(found.kept)
    whole = plan.of(after, changes.ALL, ()).works
    assert rendered.isdisjoint(kept)
    assert rendered | kept == set(paths(whole))
    fresh = {path: body for work in parts(whole) if kept >= set(paths([work])) for path, body in work.files()}
    assert fresh == {path: _rendered[path] for path in kept}
    return {path for path in rendered if not path.startswith("static/")}


def parts(works: Iterable[Work]) -> Iterator[Work]:
    """The same works, each of one form of one place, so that only what is asked for is rendered."""
    for work in works:
        if isinstance(work, Group):
            for named, form in product(work.members, work.forms):
                yield replace(work, members=(named,), forms=(form,))
        else:
            yield work


def after(content: Directory) -> Edition:
    town.load(content)
    return edition()


def slugs(paths: Iterable[str]) -> set[str]:
    parts = (path.removeprefix("en/").split("/") for path in paths if "adress/" in path)
    return {"/".join([*part[1:3], part[3].split(".")[0]]) for part in parts}


def with_more(table: str, *rows: Any) -> Directory:
    tables: dict[str, Any] = {table: [*directory().tables[table], *rows]}
    return directory(**tables)


def test_where_nothing_has_changed_nothing_is_to_be_done(before: Edition) -> None:
    assert not changes.since(made(before), before)


def test_an_override_for_a_zone_renders_its_addresses(before: Edition) -> None:
    override = town.override("cancel", "11-24", scope="zone:H2")
    paths = anew(before, after(with_more("overrides", override)))
    assert slugs(paths) == {"holmby/torget/-", "holmby/storgatan/1"}
    assert {"zon/h2/index.html", "zon/h2.json", "om/index.html", "data/overrides.csv"} <= paths
    assert not {"zon/h1/index.html", "adresser/index.html"} & paths


def test_a_rule_for_a_street_renders_that_street(before: Edition) -> None:
    paths = anew(before, after(with_more("rules", town.rule(f"street:{OLOF}", "11-26", container="karl-2"))))
    assert slugs(paths) == {f"{OLOF}/1", f"{OLOF}/2"}
    assert len([path for path in paths if "adress/" in path]) == 2 * 12


def test_a_changed_address_renders_itself_and_the_lists(before: Edition) -> None:
    paths = anew(before, after(odd.with_postcode(directory(), HOUSE, "23599")))
    assert slugs(paths) == {HOUSE}
    assert {"adresser/holmby/storgatan/index.html", "data/addresses.csv"} <= paths
    assert "zon/h1/index.html" not in paths


def test_a_removed_address_is_gone_with_its_lists_renewed(before: Edition) -> None:
    rows = [row for row in directory().tables["addresses"] if row.slug != HOUSE]
    town.load(directory(addresses=rows), remove=True)
    paths = anew(before, edition())
    assert slugs(paths) == set()
    assert "adresser/holmby/storgatan/index.html" in paths


def test_a_holiday_policy_renders_everything(before: Edition) -> None:
    now = after(directory(shifts=town.SHIFTS[:1]))
    everything = paths(plan.of(now, changes.ALL, ()).works)
    assert anew(before, now) == {path for path in everything if not path.startswith("static/")}


def test_a_new_day_renders_pages_and_no_feeds(before: Edition) -> None:
    paths = anew(before, replace(before, today=date(2026, 11, 24)))
    assert {path.rpartition(".")[2] for path in paths} == {"html"}
    assert f"adress/{HOUSE}/index.html" in paths


def test_a_new_month_renders_feeds_too_and_no_data(before: Edition) -> None:
    paths = anew(before, replace(before, today=date(2026, 12, 1)))
    assert {f"adress/{HOUSE}.ics", "zon/h1.json"} <= paths
    assert not [path for path in paths if path.startswith("data/")]


def test_another_site_program_or_database_renders_everything(before: Edition) -> None:
    now = made(before)
    for other in (replace(now, site="x"), replace(now, program="x"), replace(now, at="x"), None):
        assert changes.since(other, before) == changes.ALL


def test_everything_is_rendered_where_something_that_ought_to_be_kept_is_missing(before: Edition) -> None:
    there = dict(_rendered)
    del there[f"adress/{HOUSE}.json"]
    tomorrow = replace(before, today=date(2026, 11, 24))
    found = plan.of(tomorrow, changes.since(made(before), tomorrow), there)
    assert found.kept == ()
