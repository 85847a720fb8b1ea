"""Are reports counted by sender without keeping who sent them?"""

from datetime import date, timedelta

import pytest

from wastecal.web.limits import Limits

DAY = date(2026, 11, 23)
NEXT = DAY + timedelta(days=1)


def admitted(limits: Limits, *callers: str, day: date = DAY) -> list[bool]:
    return [limits.admit(caller, day) for caller in callers]


def test_each_sender_has_a_number_a_day() -> None:
    limits = Limits(each=2, together=100)
    assert admitted(limits, *["192.0.2.1"] * 3, "192.0.2.2") == [True, True, False, True]


def test_all_together_have_a_number_too() -> None:
    limits = Limits(each=2, together=3)
    assert admitted(limits, *(f"192.0.2.{n}" for n in range(5))) == [True] * 3 + [False] * 2


def test_the_next_day_begins_at_nothing() -> None:
    limits = Limits(each=1, together=1)
    assert admitted(limits, "192.0.2.1", "192.0.2.1") == [True, False]
    assert admitted(limits, "192.0.2.1", day=NEXT) == [True]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("", "unix:", True),
    ],
)
def test_a_household_is_one_sender(one: str, other: str, same: bool) -> None:
    assert admitted(Limits(each=1, together=9), one, other) == [True, not same]


def test_what_is_counted_cannot_be_read_as_an_address_and_differs_from_day_to_day() -> None:
    limits = Limits(each=9, together=9)
    names = []
    for day in (DAY, NEXT):
        limits.admit("192.0.2.1", day)
        names += list(limits._counts)
    assert len(set(names)) == 2
    assert all(len(name) == 32 and b"192" not in name for name in names)
