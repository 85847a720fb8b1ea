"""Are the files of the search right, the same for all, and no newer than what stands in them?"""

import json
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from tests.spellings import VELLINGE, House
from tests.web import directory, finding
from wastecal import answers
from wastecal.answers import Street
from wastecal.core import addresses
from wastecal.web.searching import page, shards


def street(name: str, count: int = 1, town: str = "Holmby") -> Street:
    return Street(addresses.slug(town, name, "", "").removesuffix("/-"), town, name, count)


def many(*names: str) -> list[Street]:
    return [street(name) for name in names]


def named(files: shards.Files) -> dict[str, list[str]]:
    return {key: [row.name for row in there] for key, there in files.items()}


def test_a_small_place_has_all_streets_in_one_file_and_needs_none_for_their_ends() -> None:
    laid = shards.of(many("Storgatan", "Ängavägen"))
    assert named(laid.begins) == {"": ["Ängavägen", "Storgatan"]}
    assert laid.ends == {}


def test_a_place_without_streets_has_one_empty_file() -> None:
    assert shards.of([]).begins == {"": ()}


def test_a_file_that_is_too_large_is_parted_by_the_next_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "STREETS_IN_A_FILE", 2)
    laid = shards.of(many("Storgatan", "Strandvägen", "Stenvägen", "Bygatan"))
    assert named(laid.begins) == {
        "b": ["Bygatan"],
        "ste": ["Stenvägen"],
        "sto": ["Storgatan"],
        "str": ["Strandvägen"],
    }
    assert named(laid.ends) == {
        "d": ["Strandvägen"],
        "n": ["Stenvägen"],
        "r": ["Storgatan"],
        "y": ["Bygatan"],
    }


def test_a_street_is_found_without_its_first_word_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "STREETS_IN_A_FILE", 1)
    laid = shards.of(many("Norra Hötoftavägen", "Bygatan"))
    assert named(laid.begins)["n"] == named(laid.begins)["h"] == ["Norra Hötoftavägen"]


def test_streets_of_one_name_stay_together_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "HOUSES_IN_A_FILE", 3)
    laid = shards.of([street("Storgatan", 2, "Holmby"), street("Storgatan", 2, "Åby"), street("Bygatan", 1)])
    assert {key: len(there) for key, there in laid.houses.items()} == {"b": 1, "storgatan": 2}
    assert laid.house_keys["holmby/storgatan"] == "storgatan"


def test_a_name_that_is_the_beginning_of_others_has_its_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "STREETS_IN_A_FILE", 1)
    laid = shards.of(many("Ek", "Eken"))
    assert named(laid.begins) == {"ek": ["Ek"], "eke": ["Eken"]}


def test_a_new_street_changes_no_file_but_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "STREETS_IN_A_FILE", 6)
    monkeypatch.setattr(shards, "HOUSES_IN_A_FILE", 40)
    before = finding.contents(VELLINGE.houses)
    after = finding.contents([*VELLINGE.houses, House("Stortorpet", "1", "", "23531", "Vellinge")])
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert changed == {"sok/borjan/st.json", "sok/slutet/t.json", "sok/hus/st.json"}


def test_a_house_whose_name_was_taken_says_where_its_page_is() -> None:
    first = House("Storgatan", "1", "", "23531", "Holmby")
    rows = [
        finding.row(first),
        finding.row(first, "holmby/storgatan-23532/1"),
        finding.row(first, "holmby/storgatan/1-2"),
    ]
    runs = json.loads(page.houses(rows))["Holmby"]["Storgatan"]
    assert runs == [
        ["holmby/storgatan", "23531", ["1", ["1", "1-2"]]],
        ["holmby/storgatan-23532", "23531", ["1"]],
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_what_is_served_is_what_is_written(client: Client) -> None:
    streets = [row for town, _, _ in answers.localities() for row in answers.streets(town)]
    written = dict(page.files(streets, answers.addresses_of))
    assert {path: client.get(f"/{path}").content for path in written} == written
    assert "Storgatan" in written["sok/borjan/-.json"].decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_a_file_is_kept_until_its_bytes_change(client: Client, tmp_path: Path) -> None:
    tag = client.get("/sok/borjan/-.json").headers["ETag"]
    reload(tmp_path, notices=directory.NOTICES[1:])
    assert answers.newest_edit() == 2
    assert client.get("/sok/borjan/-.json", headers={"If-None-Match": tag}).status_code == 304
    reload(tmp_path, addresses=[*directory.ADDRESSES[1:], directory.ADDRESSES[0] | {"street": "Nygatan"}])
    assert client.get("/sok/borjan/-.json", headers={"If-None-Match": tag}).status_code == 200


def reload(tmp_path: Path, **tables: Sequence[Mapping[str, str]]) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    content = directory.write(folder, ("sv", "en"), directory.CONTACT, **tables)
    call_command("load", str(content), "--remove", stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_a_file_may_be_kept_by_others_and_is_read_only(client: Client) -> None:
    answer = client.head("/sok/index.json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert client.post("/sok/index.json").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/sok/borjan/xyz.json", "/sok/slutet/-.json", "/sok/hus/..json", "/en/sok/index.json"]
)
def test_another_file_is_not_found(client: Client, town: None, path: str) -> None:
    assert client.get(f"/sok/{path}").status_code == 404


@pytest.mark.django_db
def test_without_data_there_is_no_file(client: Client) -> None:
    assert client.get("/sok/index.json").status_code == 404
