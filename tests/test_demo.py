"""Does the demonstration lay every kind of change over real pickups, once, and over no real town?"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError

from tests.importing import files
from wastecal import answers
from wastecal.core.overrides import Kind, Override
from wastecal.core.pickup import Pickup, Status
from wastecal.importing import directory, loading
from wastecal.management import console, demonstration
from wastecal.models import Edit, Evidence
from wastecal.models import Notice as NoticeRow
from wastecal.models import Override as OverrideRow

pytestmark = pytest.mark.django_db

DAYS = (date(2026, 2, 27), date(2026, 11, 24), date(2028, 6, 30), date(2031, 12, 24))


@pytest.fixture(params=DAYS, ids=str)
def today(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[date]:
    day: date = request.param
    monkeypatch.setattr(console, "today", lambda: day)
    yield day
    answers.forget()


def laid() -> list[Override]:
    return list(OverrideRow.values_of(OverrideRow.objects.order_by("pk")))


def hit_by(override: Override, today: date) -> list[Pickup]:
    """The pickups of its zone that an override has made what they are."""
    answer = answers.for_zone(override.scope.removeprefix("zone:"), today)
    assert answer is not None
    days = (override.day, override.new_date)
    changed = [row for row in answer.pickups if row.status not in (Status.PLANNED, Status.SHIFTED)]
    return [row for row in changed if row.planned in days]


def test_every_kind_of_change_hits_a_pickup_of_the_coming_weeks(today: date) -> None:
    files.load()
    files.run("demo")
    status = {Kind.MOVE: "moved", Kind.DELAY: "delayed", Kind.CANCEL: "cancelled", Kind.ADD: "added"}
    assert {row.kind for row in laid()} == set(Kind)
    for row in laid():
        assert today < row.day <= today + timedelta(days=60)
        assert status[row.kind] in {pickup.status for pickup in hit_by(row, today)}
        assert row.reason.get("sv")
        assert row.reason.get("en")


def test_one_move_is_a_window_of_two_days(today: date) -> None:
    files.load()
    files.run("demo")
    [window] = [row for row in laid() if row.new_date_until]
    assert window.new_date is not None
    assert window.new_date_until == window.new_date + timedelta(days=1)
    assert any(pickup.date_until == window.new_date_until for pickup in hit_by(window, today))


def test_a_notice_of_a_zone_is_shown_today(today: date) -> None:
    files.load()
    files.run("demo")
    notices = [row for row in NoticeRow.values_of(NoticeRow.objects.filter(edit=2)) if row.shown_on(today)]
    assert [row.scope.partition(":")[0] for row in notices] == ["zone"]


def test_the_demonstration_is_one_edit_and_once_means_once(today: date) -> None:
    files.load()
    for _ in range(2):
        files.run("demo", "--once")
    assert [edit.number for edit in Edit.objects.all()] == [1, 2]
    files.run("demo")
    assert Edit.objects.count() == 3
    assert len(laid()) == 10


def test_a_second_time_never_hits_the_same_pickup(today: date) -> None:
    files.load()
    for _ in range(2):
        files.run("demo")
    hit = [(row.scope, row.date) for row in laid() if row.kind is not Kind.ADD]
    assert len(set(hit)) == len(hit)


def test_the_evidence_is_past_and_stays_private(today: date, tmp_path: Path) -> None:
    files.load()
    files.run("demo")
    observed = list(Evidence.objects.all())
    assert {row.date.weekday() for row in observed} == {1}
    assert all(row.date < today for row in observed)
    loading.dump(tmp_path)
    assert not any("demo-" in path.read_text(encoding="utf-8") for path in tmp_path.iterdir())


def test_what_was_laid_comes_back_from_a_dump(today: date, tmp_path: Path) -> None:
    files.load()
    files.run("demo")
    loading.dump(tmp_path)
    content, problems = directory.read(tmp_path)
    assert content is not None, problems
    assert content.tables["overrides"] == tuple(laid())


def test_without_a_town_once_is_quiet_and_the_command_is_not() -> None:
    answers.forget()
    assert "load a data directory first" in files.run("demo", "--once")
    with pytest.raises(CommandError) as error:
        files.run("demo")
    assert error.value.returncode == 1


def other_town(folder: Path, domain: str) -> Path:
    text = (files.TOWN / "municipality.toml").read_text(encoding="utf-8")
    toml = text.replace("sophamtning.vellinge.example", domain)
    (folder / "municipality.toml").write_text(toml, encoding="utf-8")
    (folder / "containers.csv").write_bytes((files.TOWN / "containers.csv").read_bytes())
    (folder / "addresses.csv").write_text("street,number,locality\nNygatan,2,Staden\n", encoding="utf-8")
    return folder


def test_a_real_town_is_left_alone_by_once(tmp_path: Path) -> None:
    files.load(other_town(tmp_path, "sophamtning.staden.se"))
    assert "no demonstration" in files.run("demo", "--once")
    assert Edit.objects.count() == 1
    answers.forget()


def test_a_town_without_days_has_nothing_to_lay_upon(tmp_path: Path) -> None:
    files.load(other_town(tmp_path, "staden.example"))
    assert "Too few pickups" in files.run("demo", "--once")
    with pytest.raises(CommandError) as error:
        files.run("demo")
    assert (error.value.returncode, Edit.objects.count()) == (1, 1)
    answers.forget()


def test_only_a_reserved_name_makes_a_demonstration() -> None:
    files.load()
    town = answers.town()
    assert town is not None
    assert demonstration.is_demonstration(town)
    answers.forget()
