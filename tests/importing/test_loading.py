"""Does a data directory come in whole or not at all, and go out again as the same bytes?"""

import random
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from tests import town
from wastecal import answers, data
from wastecal.core.rows import Address
from wastecal.importing import loading
from wastecal.management.commands.load import described
from wastecal.models import Address as AddressRow
from wastecal.models import Edit, Override

pytestmark = pytest.mark.django_db
LATER = town.NOON + timedelta(days=7)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def dumped(folder: Path) -> dict[str, bytes]:
    loading.dump(folder)
    return bytes_of(folder)


def jsons() -> list[bytes]:
    found = [answers.for_address(slug, town.TODAY) for slug in town.SLUGS]
    return [data.render(answer, lang) for answer in found if answer for lang in ("sv", "en")]


def with_history() -> None:
    """The town, loaded and changed three times."""
    town.load(town.directory())
    town.load(town.directory(rules=town.RULES[1:], overrides=town.OVERRIDES[:1]), LATER)
    town.load(town.directory(shifts=town.SHIFTS[1:], addresses=town.ADDRESSES[1:]), LATER, remove=True)
    town.load(town.directory(municipality=[town.municipality(shown_from=0.5)]), LATER + timedelta(days=1))


def test_dump_after_load_gives_the_same_bytes(tmp_path: Path) -> None:
    with_history()
    first = dumped(tmp_path / "first")
    town.empty()
    town.load(town.read(tmp_path / "first"))
    assert dumped(tmp_path / "second") == first


def test_what_has_history_comes_back_without_a_new_edit(tmp_path: Path) -> None:
    with_history()
    before, numbers = jsons(), list(Edit.objects.values_list("number", "at", "summary"))
    loading.dump(tmp_path)
    town.empty()
    town.load(town.read(tmp_path))
    assert list(Edit.objects.values_list("number", "at", "summary")) == numbers
    assert jsons() == before


def test_loading_twice_makes_no_second_edit(tmp_path: Path) -> None:
    folder = town.write(tmp_path, town.directory())
    assert town.load(town.read(folder)) == 1
    assert town.load(town.read(folder), LATER) == 0
    assert Edit.objects.count() == 1


def test_loading_the_own_dump_changes_nothing(tmp_path: Path) -> None:
    with_history()
    loading.dump(tmp_path)
    assert town.load(town.read(tmp_path), LATER) == 0


def test_the_first_edit_is_made_at_created() -> None:
    town.load(town.directory())
    assert Edit.objects.get().at == town.CREATED


def test_an_edit_is_never_made_before_the_one_before_it() -> None:
    town.load(town.directory(), LATER)
    town.load(town.directory(rules=()), LATER)
    town.load(town.directory(), town.NOON)
    times = list(Edit.objects.order_by("number").values_list("at", flat=True))
    assert times == sorted(times)


def shuffled(folder: Path, seed: int) -> Path:
    """The same directory with the rows of every file in another order."""
    for file in folder.glob("*.csv"):
        header, *rows = town.rows_of(file)
        random.Random(seed).shuffle(rows)
        town.rewrite(file, [header, *rows])
    return folder


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_is_indifferent(tmp_path: Path, seed: int) -> None:
    folder = town.write(tmp_path / "town", town.directory())
    town.load(town.read(folder))
    before, files = jsons(), dumped(tmp_path / "first")
    town.empty()
    town.load(town.read(shuffled(folder, seed)))
    assert jsons() == before
    assert dumped(tmp_path / "second") == files


def test_a_dump_in_another_order_comes_back_the_same(tmp_path: Path) -> None:
    with_history()
    files = dumped(tmp_path / "first")
    shutil.copytree(tmp_path / "first", tmp_path / "mixed", ignore=shutil.ignore_patterns("edits.csv"))
    shuffled(tmp_path / "mixed", 1)
    shutil.copy(tmp_path / "first" / "edits.csv", tmp_path / "mixed")
    town.empty()
    town.load(town.read(tmp_path / "mixed"))
    assert dumped(tmp_path / "second") == files


def test_a_hand_written_directory_may_leave_out_columns_and_tables(tmp_path: Path) -> None:
    toml = 'name = "Holmby"\nuid_domain = "holmby.example"\ncreated = 2026-01-01T00:00:00+01:00\n'
    (tmp_path / "municipality.toml").write_text(toml, "utf-8")
    (tmp_path / "addresses.csv").write_text("locality,street,number\nHolmby,Storgatan,1\n", "utf-8")
    town.load(town.read(tmp_path))
    answer = answers.for_address("holmby/storgatan/1", town.TODAY)
    assert answer is not None
    assert (answer.pickups, answer.standings) == ((), ())


def test_what_the_directory_lacks_is_ended_but_addresses_are_kept() -> None:
    town.load(town.directory())
    town.load(town.directory(rules=(), addresses=town.ADDRESSES[1:]), LATER)
    answer = answers.for_address(town.H1, town.TODAY)
    assert answer is not None
    assert answer.pickups == ()


def test_remove_ends_the_addresses_that_the_directory_lacks() -> None:
    town.load(town.directory())
    town.load(town.directory(addresses=town.ADDRESSES[1:]), LATER, remove=True)
    assert answers.for_address(town.H1, town.TODAY) is None


def test_a_dry_run_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load", str(town.write(tmp_path, town.directory())), dry_run=True)
    assert Edit.objects.count() == 0
    assert "+7 addresses" in capsys.readouterr().out


def test_if_empty_leaves_what_there_is(tmp_path: Path) -> None:
    town.load(town.directory())
    call_command("load", str(town.write(tmp_path, town.directory(rules=()))), if_empty=True)
    assert Edit.objects.count() == 1


def test_the_plan_counts_what_comes_changes_and_goes() -> None:
    town.load(town.directory())
    renamed = [replace(town.ZONES[0], name="Norr"), *town.ZONES[1:]]
    plan = loading.preview(town.directory(zones=renamed, rules=town.RULES[:-2], addresses=town.ADDRESSES[1:]))
    text = "\n".join(described(plan))
    assert "~1 zone," in text
    assert "−2 rules" in text
    assert "Storgatan 1, 235 00 Holmby" in text


def test_the_plan_names_the_guesses_that_a_confirmed_rule_supersedes() -> None:
    town.load(town.directory())
    sure = town.rule("zone:H2", "11-25", town.FORTNIGHTLY)
    plan = loading.preview(town.directory(rules=[*town.RULES, sure]))
    assert [rule.probability for rule in plan.superseded] == [0.8]


# -- names -----------------------------------------------------------------------------------------


def slugs_of(*rows: Address, remove: bool = False) -> dict[str, str]:
    """Street and postcode of the live addresses, each with its slug, after loading these rows."""
    town.load(town.crisis(addresses=rows), LATER, remove=remove)
    live = AddressRow.values_of(AddressRow.objects.filter(ended_edit=None))
    return {f"{row.street} {row.postcode}": row.slug for row in live}


ONE = town.address("Bruksvägen", "1", postcode="23541")
TWIN = town.address("Bruksvägen", "1", postcode="23542")


def test_of_two_at_once_the_first_in_order_has_the_plain_slug() -> None:
    found = slugs_of(TWIN, ONE)
    assert found == {
        "Bruksvägen 23541": "holmby/bruksvagen/1",
        "Bruksvägen 23542": "holmby/bruksvagen-23542/1",
    }


def test_a_later_twin_gets_its_postcode_and_the_first_keeps_its_slug() -> None:
    slugs_of(TWIN)
    assert slugs_of(ONE, TWIN) == {
        "Bruksvägen 23542": "holmby/bruksvagen/1",
        "Bruksvägen 23541": "holmby/bruksvagen-23541/1",
    }


def test_a_slug_is_kept_after_its_address_is_gone() -> None:
    slugs_of(TWIN)
    slugs_of(remove=True)
    assert slugs_of(ONE) == {"Bruksvägen 23541": "holmby/bruksvagen-23541/1"}
    assert slugs_of(ONE, TWIN)["Bruksvägen 23542"] == "holmby/bruksvagen/1"


def test_two_names_that_differ_in_a_ring_alone_are_two_addresses() -> None:
    rows = town.address("Alvägen", "1"), town.address("Älvägen", "1")
    found = slugs_of(*rows)
    assert sorted(found.values()) == ["holmby/alvagen-23500/1", "holmby/alvagen/1"]
    assert slugs_of(*reversed(rows)) == found
    assert Edit.objects.count() == 1


def test_a_new_postcode_keeps_the_slug() -> None:
    slugs_of(ONE)
    assert slugs_of(TWIN) == {"Bruksvägen 23542": "holmby/bruksvagen/1"}


RENAMED = town.address("Nygatan", "1", postcode="23541", slug="holmby/bruksvagen/1")


def test_a_renamed_address_answers_at_its_old_and_its_new_name() -> None:
    slugs_of(ONE)
    slugs_of(RENAMED)
    old, new = (answers.for_address(f"holmby/{street}/1", town.TODAY) for street in ("bruksvagen", "nygatan"))
    assert old is not None
    assert old == new
    assert old.place.slug == "holmby/bruksvagen/1"


def test_no_newcomer_takes_a_name_at_which_a_renamed_address_answers() -> None:
    slugs_of(ONE)
    slugs_of(RENAMED)
    newcomer = town.address("Nygatan", "1", postcode="23549")
    assert slugs_of(RENAMED, newcomer)["Nygatan 23549"] == "holmby/nygatan-23549/1"


def test_the_old_name_of_a_renamed_address_is_not_given_to_its_new_bearer() -> None:
    slugs_of(ONE)
    slugs_of(RENAMED)
    assert slugs_of(RENAMED, ONE) == {
        "Nygatan 23541": "holmby/bruksvagen/1",
        "Bruksvägen 23541": "holmby/bruksvagen-23541/1",
    }


def test_a_rule_for_the_new_name_of_a_street_is_accepted(tmp_path: Path) -> None:
    rules = [town.rule("street:holmby/nygatan")]
    containers = town.CONTAINERS
    town.load(
        town.read(town.write(tmp_path, town.crisis(addresses=[RENAMED], rules=rules, containers=containers)))
    )
    answer = answers.for_address("holmby/bruksvagen/1", town.TODAY)
    assert answer is not None
    assert answer.pickups


# -- keys ------------------------------------------------------------------------------------------


def test_keys_are_the_number_of_the_edit_and_an_index() -> None:
    town.load(town.directory())
    keys = set(Override.objects.values_list("key", flat=True))
    assert keys == {"1.1", "1.2", "1.3", "1.4"}


def test_a_key_is_never_given_twice() -> None:
    again = town.directory(overrides=[town.override("cancel", "12-24")])
    for content in (again, town.directory(overrides=()), again):
        town.load(content, LATER)
    keys = list(Override.objects.order_by("pk").values_list("key", flat=True))
    assert keys == ["1.1", "3.1"]


def test_a_key_in_a_file_that_another_override_had_is_not_used_again() -> None:
    first = town.override("cancel", "12-24", key="1.1")
    town.load(town.directory(overrides=[first]))
    town.load(town.directory(overrides=[]), LATER)
    town.load(town.directory(overrides=[town.override("cancel", "12-10", key="1.1")]), LATER)
    assert list(Override.objects.order_by("pk").values_list("key", flat=True)) == ["1.1", "3.1"]


def test_an_added_collection_in_a_file_keeps_its_key_unless_another_in_force_has_it(tmp_path: Path) -> None:
    extra = town.override("add", "12-24", key="1.1")
    moved = town.override("add", "12-28", key="1.1")
    for hours, rows in enumerate(([extra], [moved], [], [extra])):
        town.load(town.directory(overrides=rows), LATER + timedelta(hours=hours))
    versions = list(Override.objects.order_by("pk").values_list("key", "edit", "ended_edit"))
    assert versions == [("1.1", 1, 2), ("1.1", 2, 3), ("1.1", 4, None)]
