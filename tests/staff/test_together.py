"""What if two people work at once, if one may only propose, or if it takes two?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests import town
from tests.staff import asking
from tests.staff.asking import MOVED
from wastecal import answers
from wastecal.models import Edit, Override
from wastecal.staff.models import Proposal
from wastecal.staff.roles import Role

ClientOf = Callable[..., Client]
SNOW = {"what": "delay", "day": "2026-11-26", "who": "some", "whom": "H1", "reason": "weather"}
LIST = "/personal/forslag/"


def days_of(slug: str = town.H1) -> list[Any]:
    found = answers.for_address(slug, town.TODAY)
    assert found
    return [(row.date, row.status) for row in found.pickups]


def test_the_second_of_two_is_told_what_the_first_did_and_loses_nothing(client_of: ClientOf) -> None:
    one, two = client_of(Role.PUBLISH), client_of(Role.ADMINISTER)
    checked = asking.check(two, {**MOVED, "reason_sv": "Halka"})
    asking.publish(one, {**SNOW, "what": "cancel"})
    conflict = asking.page_of(asking.step(two, checked, "publish"))
    assert conflict.status == 409
    assert "Inställt torsdag 26 november 2026: Holmby norra (H1)" in conflict.text
    assert "publish-0" in conflict.text  # by whom
    assert Override.objects.filter(edit__gt=1).count() == 1
    assert conflict.hidden["reason_sv"] == ["Halka"]
    published = asking.page_of(asking.step(two, conflict, "publish"))
    assert published.status == 200
    assert Override.objects.filter(edit__gt=1, ended_edit=None).count() == 2


def test_somebody_elses_change_elsewhere_is_no_hindrance(client_of: ClientOf) -> None:
    one, two = client_of(Role.PUBLISH), client_of(Role.ADMINISTER)
    checked = asking.check(two, MOVED)
    asking.publish(one, {**MOVED, "whom": "H2", "day": "2027-03-02", "new_day": "2027-03-03"})
    assert asking.page_of(asking.step(two, checked, "publish")).status == 200
    assert Edit.objects.count() == 3


def test_sending_the_same_twice_writes_it_once(client_of: ClientOf) -> None:
    client = client_of(Role.PUBLISH)
    checked = asking.check(client, MOVED)
    asking.step(client, checked, "publish")
    again = asking.page_of(asking.step(client, checked, "publish"))
    assert (again.status, Edit.objects.count()) == (409, 2)


def test_a_forged_digest_publishes_nothing(client_of: ClientOf) -> None:
    client = client_of(Role.PUBLISH)
    answer = client.post(asking.NEW, {**MOVED, "step": "publish", "edit": "²", "digest": "x"})
    assert (answer.status_code, Edit.objects.count()) == (409, 1)


def test_what_one_may_not_publish_waits_for_somebody_who_may(client_of: ClientOf) -> None:
    before = days_of()
    proposer, publisher = client_of(Role.PROPOSE), client_of(Role.PUBLISH)
    checked = asking.check(proposer, MOVED)
    assert 'value="publish"' not in checked.html
    waiting = asking.page_of(asking.step(proposer, checked, "propose"))
    assert (waiting.status, days_of()) == (200, before)
    url = f"{LIST}{Proposal.objects.get().pk}/"
    assert url in asking.page_of(publisher.get(LIST)).html
    looked_at = asking.page_of(publisher.get(url))
    assert "3 adresser" in looked_at.text
    receipt = asking.page_of(asking.step(publisher, looked_at, "publish", url))
    assert "Föreslaget av propose-0" in receipt.text
    assert days_of() != before
    assert Edit.objects.latest("number").author == "publish-0"


def test_who_may_only_propose_cannot_publish_by_asking_for_it(client_of: ClientOf) -> None:
    proposer = client_of(Role.PROPOSE)
    checked = asking.check(proposer, MOVED)
    assert asking.step(proposer, checked, "publish").status_code == 409
    asking.step(proposer, checked, "propose")
    url = f"{LIST}{Proposal.objects.get().pk}/"
    looked_at = asking.page_of(proposer.get(url))
    assert asking.step(proposer, looked_at, "publish", url).status_code == 409
    assert Edit.objects.count() == 1


def test_a_declined_proposal_is_over_and_says_why(client_of: ClientOf) -> None:
    proposer, publisher = client_of(Role.PROPOSE), client_of(Role.PUBLISH)
    asking.step(proposer, asking.check(proposer, MOVED), "propose")
    url = f"{LIST}{Proposal.objects.get().pk}/"
    looked_at = asking.page_of(publisher.get(url))
    publisher.post(url, {"step": "decline", "word": "Vi har bil <b>ändå</b>"})
    assert "Vi har bil &lt;b&gt;ändå&lt;/b&gt;" in proposer.get(url).content.decode()
    late = asking.page_of(asking.step(publisher, looked_at, "publish", url))
    assert Edit.objects.count() == 1
    assert "Avslaget" in late.text


def test_a_proposal_is_approved_once(client_of: ClientOf) -> None:
    proposer, one, two = client_of(Role.PROPOSE), client_of(Role.PUBLISH), client_of(Role.ADMINISTER)
    asking.step(proposer, asking.check(proposer, MOVED), "propose")
    url = f"{LIST}{Proposal.objects.get().pk}/"
    looked_at = asking.page_of(one.get(url))
    asking.step(one, looked_at, "publish", url)
    asking.step(two, looked_at, "publish", url)
    assert Edit.objects.count() == 2


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        (SNOW, True),
        ({**SNOW, "day": "2026-11-23"}, True),
        ({**SNOW, "day": "2026-11-22"}, False),
        ({**SNOW, "day": "2026-11-27"}, False),
        ({**SNOW, "whom": "H1, H2"}, False),
        ({**SNOW, "who": "everyone"}, False),
        ({**SNOW, "whom": "Storgatan"}, True),
        ({**SNOW, "whom": "Ängavägen"}, False),
        ({**SNOW, "whom": "Storgatan 1"}, True),
        ({**SNOW, "whom": "Ängavägen 6"}, False),
        ({**MOVED, "new_day": "2026-11-26", "day": "2026-11-25"}, True),
        (MOVED, False),  # the new day is four days ahead
        ({**SNOW, "what": "close"}, True),
    ],
)
def test_a_foreman_publishes_for_his_zones_from_today_to_three_days_ahead(
    client_of: ClientOf, asked: dict[str, str], allowed: bool
) -> None:
    foreman = client_of(Role.PROPOSE, "H1")
    checked = asking.check(foreman, asked)
    assert checked.status == 200
    assert ('value="publish"' in checked.html) is allowed
    asking.step(foreman, checked, "publish")
    assert Edit.objects.count() == (2 if allowed else 1)


def test_where_it_takes_two_what_is_for_everyone_is_proposed_by_one_and_published_by_another(
    client_of: ClientOf, settings: Settings
) -> None:
    settings.TWO_PEOPLE = True
    one, two = client_of(Role.PUBLISH), client_of(Role.ADMINISTER)
    everyone = {**MOVED, "who": "everyone"}
    checked = asking.check(one, everyone)
    assert asking.step(one, checked, "publish").status_code == 409
    asking.step(one, checked, "propose")
    url = f"{LIST}{Proposal.objects.get().pk}/"
    assert asking.step(one, asking.page_of(one.get(url)), "publish", url).status_code == 409
    assert Edit.objects.count() == 1
    asking.step(two, asking.page_of(two.get(url)), "publish", url)
    assert Edit.objects.count() == 2
    asking.publish(one, MOVED)  # for one zone it takes but one


def test_whoever_only_reads_is_shown_the_door(client_of: ClientOf) -> None:
    reader = client_of(Role.READ)
    assert reader.get(asking.NEW).status_code == 403
    assert reader.post(asking.NEW, MOVED).status_code == 403
    assert reader.get("/personal/historik/").status_code == 200
