"""Are residents' reports worked off, each once, and can that be undone?"""

from collections.abc import Callable

import pytest
from django.test import Client

from tests import town
from tests.staff.asking import page_of
from wastecal import reports
from wastecal.reports import Kind
from wastecal.staff.roles import Role

LIST = "/personal/anmalningar/"


@pytest.fixture
def clerk(client_of: Callable[..., Client]) -> Client:
    client = client_of(Role.PROPOSE)
    for report in (
        reports.Report(Kind.NOT_COLLECTED, town.H1, day=town.day("11-12"), container="karl-1"),
        reports.Report(Kind.MISSING_ADDRESS, typed="Nyvägen 3"),
        reports.Report(Kind.OTHER, town.H1, text="Grinden är låst."),
    ):
        reports.file(report, town.NOON)
    return client


def test_what_waits_stands_together_by_address(clerk: Client) -> None:
    text = page_of(clerk.get(LIST)).text
    first, second = text.index("Storgatan 1, 235 00 Holmby"), text.index("Nyvägen 3")
    assert first < text.index("Grinden är låst.") < second
    assert "Kärlet blev inte tömt, torsdag 12 november, Kärl 1" in text
    assert text.count("Storgatan 1, 235 00 Holmby") == 3  # the heading, and for whom cannot see: two buttons


def test_what_is_done_is_gone_and_comes_back_when_undone(clerk: Client) -> None:
    number = reports.waiting()[0].number
    after = page_of(clerk.post(f"{LIST}{number}/klar/", follow=True))
    assert len(reports.waiting()) == 2
    assert "Klart: Kärlet blev inte tömt, torsdag 12 november" in after.text
    assert f'action="{LIST}{number}/igen/"' in after.html
    again = page_of(clerk.post(f"{LIST}{number}/igen/", follow=True))
    assert "Väntar igen: Kärlet blev inte tömt" in again.text
    assert len(reports.waiting()) == 3


def test_two_who_say_done_are_both_right(clerk: Client) -> None:
    number = reports.waiting()[0].number
    answers = [clerk.post(f"{LIST}{number}/klar/").status_code for _ in range(2)]
    assert (answers, len(reports.waiting())) == ([303, 303], 2)


@pytest.mark.parametrize("number", [0, 999, 10**18, 10**30])
def test_a_report_that_is_not_there_is_not_found(clerk: Client, number: int) -> None:
    assert clerk.post(f"{LIST}{number}/klar/").status_code == 404
    assert clerk.post(f"{LIST}{number}/igen/").status_code == 404
    assert clerk.get(f"{LIST}?klar={number}").status_code == 200


def test_who_may_only_read_sees_the_list_and_marks_nothing(
    client_of: Callable[..., Client], clerk: Client
) -> None:
    reader = client_of(Role.READ)
    assert "Markera som klar" not in page_of(reader.get(LIST)).text
    number = reports.waiting()[0].number
    assert reader.post(f"{LIST}{number}/klar/").status_code == 403
    assert len(reports.waiting()) == 3
    assert clerk.get(f"{LIST}{number}/klar/").status_code == 405
