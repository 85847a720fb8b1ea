"""Can a proposal be mended while it waits, and is what is published what its approver saw?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.staff import asking
from tests.staff.asking import MOVED, Page
from wastecal.models import Edit, Override
from wastecal.staff.models import Proposal
from wastecal.staff.roles import Role

ClientOf = Callable[..., Client]
LATER = "2026-11-28"


@pytest.fixture
def proposer(client_of: ClientOf) -> Client:
    return client_of(Role.PROPOSE)


@pytest.fixture
def publisher(client_of: ClientOf) -> Client:
    return client_of(Role.PUBLISH)


@pytest.fixture
def url(proposer: Client) -> str:
    asking.step(proposer, asking.check(proposer, {**MOVED, "reason_sv": "Is\nsnö"}), "propose")
    return f"/personal/forslag/{Proposal.objects.get().pk}/"


def changed(client: Client, url: str, **said: str) -> Page:
    """The page that checks a proposal of which something has been changed."""
    form = asking.page_of(asking.step(client, asking.page_of(client.get(url)), "change", url))
    assert (form.status, 'value="2026-11-27"' in form.html) == (200, True)
    asked = {**MOVED, "reason_sv": "Is\nsnö", "new_day": LATER, **said}
    return asking.check(client, {**form.hidden, **asked, "step": "check"}, url)


def kept(client: Client, url: str, page: Page) -> Any:
    return client.post(url, {**page.hidden, "step": "propose"})


def test_whoever_proposed_it_mends_it_and_it_goes_on_waiting(proposer: Client, url: str) -> None:
    page = changed(proposer, url)
    assert 'value="publish"' not in page.html
    assert kept(proposer, url, page)["Location"] == url
    row = Proposal.objects.get()
    assert (row.state, row.asked["new_day"], row.by) == ("waiting", [LATER], row.changed_by)
    assert "lördag 28 november 2026" in row.summary
    assert Edit.objects.count() == 1


def test_whoever_may_publish_mends_it_and_publishes_it_in_one_go(publisher: Client, url: str) -> None:
    receipt = asking.page_of(asking.step(publisher, changed(publisher, url), "publish", url))
    assert "Föreslaget av propose-0. Ändrat av publish-0." in receipt.text
    assert str(Override.objects.get(edit=2).new_date) == LATER
    assert Proposal.objects.get().asked["new_day"] == [LATER]


def test_what_is_sent_back_unchanged_is_no_change(publisher: Client, url: str) -> None:
    receipt = asking.page_of(asking.step(publisher, asking.page_of(publisher.get(url)), "publish", url))
    assert "Ändrat av" not in receipt.text
    assert Proposal.objects.get().changed_by is None


def test_a_fault_in_the_change_is_said_beside_its_field_and_nothing_is_lost(
    publisher: Client, url: str
) -> None:
    page = changed(publisher, url, new_day="i morgon")
    assert page.status == 400
    assert page.text.count("Skriv dagen så här: 2026-12-24.") == 2
    assert page.hidden["version"] == ["1"]
    assert Proposal.objects.get().asked["new_day"] == ["2026-11-27"]


def test_an_approver_sees_what_the_proposer_has_changed_since(
    proposer: Client, publisher: Client, url: str
) -> None:
    seen = asking.page_of(publisher.get(url))
    kept(proposer, url, changed(proposer, url))
    late = asking.page_of(asking.step(publisher, seen, "publish", url))
    assert (late.status, Edit.objects.count()) == (409, 1)
    assert "propose-0 har ändrat förslaget." in late.text
    assert late.hidden["new_day"] == [LATER]
    assert asking.step(publisher, late, "publish", url).status_code == 200
    assert str(Override.objects.get(edit=2).new_date) == LATER


def test_of_two_who_change_it_at_once_the_second_keeps_what_was_typed(
    proposer: Client, publisher: Client, url: str
) -> None:
    page = changed(proposer, url, reason_sv="Sent om kvällen")
    asking.step(publisher, asking.page_of(publisher.get(url)), "publish", url)
    assert "Publicerat av publish-0" in asking.page_of(kept(proposer, url, page)).text
    Proposal.objects.update(state="waiting", version=7)
    again = asking.page_of(kept(proposer, url, page))
    assert again.status == 409
    assert again.hidden["reason_sv"] == ["Sent om kvällen"]


def test_nobody_changes_what_somebody_else_proposed_unless_they_may_publish(
    client_of: ClientOf, url: str
) -> None:
    other = client_of(Role.PROPOSE, "H1")
    assert "Ändra något" not in asking.page_of(other.get(url)).text
    for step in ("change", "check", "propose", "publish", "decline"):
        assert other.post(url, {**MOVED, "new_day": LATER, "step": step}).status_code == 403
    assert Proposal.objects.get().asked["new_day"] == ["2026-11-27"]


def test_where_it_takes_two_nobody_publishes_for_everyone_what_they_changed_themselves(
    proposer: Client, publisher: Client, client_of: ClientOf, url: str, settings: Settings
) -> None:
    settings.TWO_PEOPLE = True
    page = changed(publisher, url, who="everyone")
    assert 'value="publish"' not in page.html
    assert asking.step(publisher, page, "publish", url).status_code == 409
    assert kept(publisher, url, page).status_code == 303
    assert asking.step(publisher, asking.page_of(publisher.get(url)), "publish", url).status_code == 409
    third = client_of(Role.ADMINISTER)
    assert asking.step(third, asking.page_of(third.get(url)), "publish", url).status_code == 200
    assert Edit.objects.count() == 2


def test_what_can_no_longer_be_published_is_mended_instead(publisher: Client, url: str) -> None:
    row = Proposal.objects.get()
    Proposal.objects.update(asked={**row.asked, "whom": ["Storgatan 77"]})
    stale = asking.page_of(publisher.get(url))
    assert stale.status == 409
    form = asking.page_of(asking.step(publisher, stale, "change", url))
    assert "Det finns ingen ”Storgatan 77”" in form.text
    asked = {**MOVED, **form.hidden, "step": "check"}
    assert asking.step(publisher, asking.check(publisher, asked, url), "publish", url).status_code == 200
