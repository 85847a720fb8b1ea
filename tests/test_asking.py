"""Does a resident's text meet what is kept of the street, and is what is sent in kept once and no more?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import town
from wastecal import answers, edits, inference, models
from wastecal.core.evidence import Evidence, Source
from wastecal.inference import Found

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 9, 1)
HOUSE = "holmby/angavagen/6"


@pytest.fixture(autouse=True)
def _crisis() -> None:
    town.load(town.crisis())


def sent(
    *weeks: int, sending: str = "1", street: str = "Ängavägen", container: str = "karl-1"
) -> list[Evidence]:
    days = (TUESDAY + timedelta(days=7 * week) for week in weeks)
    return [Evidence(day, "Holmby", street, "", container, sending=sending) for day in days]


def ask(own: Iterable[Evidence], house: str = HOUSE) -> Found:
    answer = answers.for_address(house, town.TODAY)
    assert answer is not None
    return inference.ask(answer, list(own))


def surest(found: Found) -> float:
    return max(found.containers["karl-1"].present.probabilities)


def test_what_others_on_the_street_have_sent_makes_it_surer() -> None:
    own = sent(0)
    alone = ask(own)
    for number in range(2, 5):
        edits.receive(sent(number * 2, sending=str(number)))
    together = ask(own)
    assert (alone.others, together.others) == (0, 3)
    assert surest(together) > 0.95 > surest(alone)


def test_other_streets_say_nothing() -> None:
    edits.receive(sent(0, 2, street="Storgatan"))
    assert ask(sent(0)).others == 0


def test_a_street_is_known_however_it_is_spelled() -> None:
    models.Evidence.objects.bulk_create(models.Evidence.of(row) for row in sent(2, street="ÄNGAVÄGEN"))
    assert ask(sent(0)).others == 1


def test_only_containers_that_stand_at_the_house_are_meant() -> None:
    assert set(ask(sent(0, 2, 4, container="")).containers) == {"karl-1", "karl-2"}
    assert ask(sent(0), "holmby/parkgatan/1").containers.keys() <= {"karl-1"}


def test_asking_stores_nothing() -> None:
    ask(sent(0, 2, 4))
    assert not models.Evidence.objects.exists()


def test_what_is_sent_in_is_kept_without_an_edit() -> None:
    before = models.Edit.objects.count()
    assert edits.receive(sent(0, 2)) == 2
    assert inference.evidence() == sent(0, 2)
    assert models.Edit.objects.count() == before


@pytest.mark.parametrize(
    "again",
    [
        sent(0, 2),
        sent(0, 2, sending="another text, the same days"),
        sent(2, sending="another text, fewer days"),
        [replace(row, source=Source.RESIDENT, sending="2") for row in sent(0, 2)],
    ],
)
def test_sending_the_same_once_more_doubles_nothing(again: list[Evidence]) -> None:
    edits.receive(sent(0, 2))
    assert edits.receive(again) == 0
    assert models.Evidence.objects.count() == 2


def test_a_day_more_is_kept_with_those_it_was_sent_with() -> None:
    edits.receive(sent(0, 2))
    assert edits.receive(sent(0, 2, 4)) == 1
    assert inference.evidence() == sent(0, 2, 4)


def test_nobody_can_lay_days_under_the_sending_of_somebody_else() -> None:
    edits.receive(sent(0))
    edits.receive(sent(0, 1, 3, sending="2"))
    assert [row.sending for row in inference.evidence()] == ["1", "2", "2", "2"]


def test_other_containers_and_other_streets_are_other_days() -> None:
    edits.receive(sent(0))
    assert edits.receive(sent(0, container="karl-2", sending="2")) == 1
    assert edits.receive(sent(0, street="Storgatan", sending="3")) == 1
