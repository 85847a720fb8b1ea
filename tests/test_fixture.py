"""Does the demonstration town hold what it is there to show, and does it come back byte for byte?"""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from wastecal import answers
from wastecal.core import register, spans
from wastecal.core.answer import Answer, Known
from wastecal.core.directory import Directory
from wastecal.core.pickup import Status
from wastecal.core.recurrence import Provenance
from wastecal.importing import directory, loading
from wastecal.models import Edit

pytestmark = pytest.mark.django_db

TOWN = Path(__file__).parent.parent / "fixtures" / "vellinge"
REAL = Path(__file__).parent / "data" / "vellinge_addresses.csv"
DAYS = (date(2026, 2, 28), date(2026, 11, 24), date(2028, 7, 1), date(2031, 12, 31))


def content() -> Directory:
    found, problems = directory.read(TOWN)
    assert found is not None, problems
    return found


@pytest.fixture(autouse=True)
def _town() -> Iterator[None]:
    answers.forget()
    loading.apply(content(), "", datetime(2026, 11, 24, tzinfo=UTC))
    yield
    answers.forget()


def at(slug: str, today: date = date(2026, 11, 24)) -> Answer:
    found = answers.for_address(slug, today)
    assert found is not None, slug
    return found


def known(answer: Answer) -> dict[str, Known]:
    return {standing.container.code: standing.known for standing in answer.standings}


def test_the_town_comes_back_byte_for_byte(tmp_path: Path) -> None:
    loading.dump(tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in TOWN.iterdir()}


def test_loading_the_town_again_makes_no_edit() -> None:
    assert loading.apply(content(), "", datetime(2026, 11, 24, tzinfo=UTC))[1] is None
    assert [edit.number for edit in Edit.objects.all()] == [1]


def test_the_town_has_exactly_the_real_addresses() -> None:
    with REAL.open(encoding="utf-8", newline="") as file:
        real = {
            (row["street"], row["number"] + row["suffix"], row["letter"], row["postcode"], row["post_town"])
            for row in csv.DictReader(file)
        }
    rows = content().tables["addresses"]
    assert {(row.street, row.number, row.letter, row.postcode, row.locality) for row in rows} == real
    assert len(rows) == len(real) == 372


@pytest.mark.parametrize(
    "slug",
    [
        "vellinge/vellingevagen/68-18",
        "vellinge/bruksvagen/9-0e",
        "hollviken/rang-sandsvagen/26b",
        "vellinge/bokallen/7",
        "vellinge/hokopinge-angavag/176",
        "vellinge/hokopingevagen/382-13",
        "hollviken/lyckans-vag/20",
        "vellinge/bruksparken/3",
        "skanor/sodergatan/12",
    ],
)
def test_every_odd_form_of_address_is_found(slug: str) -> None:
    assert at(slug).place.slug == slug


@pytest.mark.parametrize("today", DAYS)
def test_dates_reach_thirteen_months_past_any_day(today: date) -> None:
    reach = spans.first_of_month(today, 13) - timedelta(days=28)
    for zone in answers.zones():
        answer = answers.for_zone(zone.code, today)
        assert answer is not None
        for standing in answer.standings:
            last = [row.date for row in answer.pickups if row.container == standing.container.code][-1:]
            if standing.known is Known.KNOWN and zone.code != "F1":
                assert last >= [reach], (zone.code, standing.container.code)


@pytest.mark.parametrize("today", DAYS)
def test_summer_houses_are_emptied_in_their_season_every_year(today: date) -> None:
    answer = at("hollviken/angsvagen/1", today)
    assert answer.place.address is not None
    assert answer.place.address.kind == "fritidshus"
    weeks = {row.date.isocalendar().week for row in answer.pickups}
    assert weeks
    assert min(weeks) >= 18
    assert max(weeks) <= 40


def test_the_general_rule_is_every_second_and_every_fourth_week() -> None:
    rules = {row.code: row.default_rrule for row in content().tables["containers"]}
    assert rules["karl-1"] == "FREQ=WEEKLY;INTERVAL=2"
    assert rules["karl-2"] == "FREQ=WEEKLY;INTERVAL=4"


def test_zones_and_days_say_that_they_are_invented() -> None:
    assert all("påhittat" in row.name for row in answers.zones())
    [notice] = at("hollviken/lyckans-vag/1").notices
    assert "påhittade" in notice.text.get("sv")
    assert "antagande" in notice.text.get("sv")
    assert "invented" in notice.text.get("en")


def test_of_one_zone_only_the_intervals_are_known() -> None:
    answer = at("skanor/mellangatan/13")
    assert known(answer) == {"karl-1": Known.INTERVAL_ONLY, "karl-2": Known.INTERVAL_ONLY}
    assert not answer.pickups


def test_one_zone_is_reconstructed_and_says_how_sure_it_is() -> None:
    answer = at("vellinge/snickaregrand/3")
    assert known(answer) == {"karl-1": Known.KNOWN, "karl-2": Known.CANDIDATES}
    assert all(row.tentative and row.certainty is Provenance.RECONSTRUCTED for row in answer.pickups)
    assert not any(row.tentative for row in answer.optional_pickups)


def test_a_block_of_flats_has_nothing_of_its_own_or_days_of_its_own() -> None:
    assert at("vellinge/bokallen/5").standings == ()
    assert known(at("vellinge/bokallen/7")) == {"karl-1": Known.KNOWN, "karl-2": Known.KNOWN}


def test_one_address_has_agreed_otherwise() -> None:
    own = [row for row in at("vellinge/sockervagen/3").pickups if row.container == "karl-1"]
    others = [row for row in at("vellinge/sockervagen/5").pickups if row.container == "karl-1"]
    assert {row.planned.weekday() for row in own if row.status is Status.PLANNED} == {2}
    assert len(own) < len(others)


def test_the_garden_container_is_apart_but_for_whom_it_is_agreed() -> None:
    own, other = at("hollviken/lyckans-vag/12"), at("hollviken/lyckans-vag/14")
    assert "tradgard" in known(own)
    assert "tradgard" not in known(other)
    days = {row.date for row in own.pickups if row.container == "tradgard"}
    assert days
    assert days.isdisjoint(row.date for row in own.pickups if row.container != "tradgard")


def test_both_containers_go_out_on_one_day_here_and_on_two_there() -> None:
    def shared(slug: str) -> set[date]:
        days = [{row.date for row in at(slug).pickups if row.container == f"karl-{n}"} for n in (1, 2)]
        return days[0] & days[1]

    assert shared("hollviken/lyckans-vag/1")
    assert not shared("hollviken/sanderovagen/1")


def test_christmas_eve_2026_moves_a_pickup() -> None:
    [eve] = {row.date for row in at("vellinge/betvagen/4").pickups if row.nominal == date(2026, 12, 24)}
    [day] = {row.date for row in at("vellinge/bokallen/9").pickups if row.nominal == date(2026, 12, 25)}
    assert eve == date(2026, 12, 23)
    assert day == date(2026, 12, 28)


def test_weeks_after_the_decided_holidays_are_preliminary() -> None:
    pickups = at("vellinge/betvagen/4").pickups
    assert not any(row.preliminary for row in pickups if row.date < date(2027, 1, 7))
    assert any(row.preliminary for row in pickups)


def test_odd_weeks_come_twice_running_across_week_53() -> None:
    days = [row.date for row in at("vellinge/lillevag/4").pickups if row.container == "karl-1"]
    assert {date(2026, 12, 29), date(2027, 1, 5)} <= set(days)


def test_the_town_is_public_from_its_first_edit_on() -> None:
    [edit] = Edit.objects.all()
    assert edit.at.isoformat() == "2025-12-31T23:00:00+00:00"
    assert register.as_of(content().tables["addresses"], 0) == ()
