"""Does a program that goes through all pages see every row once, in the same order everywhere?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests import town
from wastecal import answers, models
from wastecal.core import directory
from wastecal.importing import loading

pytestmark = pytest.mark.django_db

VELLINGE = Path(__file__).parents[2] / "fixtures" / "vellinge"


def walked(client: Client, path: str) -> Iterator[dict[str, Any]]:
    """Every row of every page."""
    following = f"/api/v1/{path}"
    while following:
        page = client.get(following).json()
        yield from page["results"]
        following = (page["next"] or "").removeprefix("http://testserver")


@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_every_address_comes_once_in_canonical_order(client: Client, size: int) -> None:
    town.load(town.directory())
    slugs = [row["slug"] for row in walked(client, f"addresses?limit={size}")]
    assert slugs == [row.slug for row in sorted(town.ADDRESSES, key=directory.address_order)]


def test_every_address_of_vellinge_comes_once(client: Client) -> None:
    town.load(town.read(VELLINGE))
    slugs = [row["slug"] for row in walked(client, "addresses?limit=17")]
    assert len(slugs) == len(set(slugs)) == models.Address.objects.count() == 372


def test_the_order_and_the_numbers_are_the_same_after_a_rebuild(client: Client, tmp_path: Path) -> None:
    town.load(town.read(VELLINGE))
    call_command("demo", verbosity=0)
    before = {
        path: list(walked(client, f"{path}?limit=9"))
        for path in ("addresses", "overrides", "notices", "edits")
    }
    first = client.get("/api/v1/addresses?limit=100").json()["next"]
    loading.dump(tmp_path)
    town.empty()
    rows = sorted(town.read(tmp_path).tables["addresses"], key=lambda row: row.slug[::-1])
    content = town.read(tmp_path)
    loading.apply(
        type(content)({**content.tables, "addresses": tuple(rows)}, content.edits), "Again", town.NOON
    )
    answers.forget()
    assert {path: list(walked(client, f"{path}?limit=9")) for path in before} == before
    assert client.get(first).json()["results"][0] == before["addresses"][100]


def test_a_cursor_goes_on_where_it_was_though_its_row_has_gone(client: Client) -> None:
    town.load(town.directory())
    page = client.get("/api/v1/addresses?limit=2").json()
    left = [row for row in town.ADDRESSES if row.slug != page["results"][-1]["slug"]]
    town.load(town.directory(addresses=left), remove=True)
    rest = [row["slug"] for row in client.get(page["next"]).json()["results"]]
    assert rest == ["holmby/storgatan/2", "holmby/storgatan/12b"]
