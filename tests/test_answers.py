"""Is an answer of one state, also when an Edit is made while it is being read?"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from tests import town
from wastecal import answers
from wastecal.answers import remembered

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 11, 23, 16, tzinfo=UTC)


def once(first: Callable[[], object], then: Callable[..., Any]) -> Callable[..., Any]:
    """`then`, with `first` done before its first call alone."""
    left = [first]

    def called(*args: Any) -> Any:
        if left:
            left.pop()()
        return then(*args)

    return called


def edited() -> None:
    moved = [*town.ADDRESSES[1:], town.address("Storgatan", "1", "H2")]
    assert town.load(town.directory(addresses=moved, rules=town.RULES[:-1]), LATER)


def test_an_edit_between_the_tables_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    town.load(town.directory())
    answers.forget()
    rows = remembered._rows
    last = once(edited, rows)
    monkeypatch.setattr(remembered, "_rows", lambda name: (last if name == "notices" else rows)(name))
    now = answers.known()
    assert now is not None
    assert now.register.edit == 2
    assert any(row.ended_edit == 2 for rows in now.register.rules.values() for row in rows)


def test_an_edit_between_the_register_and_the_address_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    town.load(town.directory())
    before = answers.for_address(town.H1, town.TODAY)
    answers.forget()
    monkeypatch.setattr(answers, "_history", once(edited, answers._history))
    assert answers.for_address(town.H1, town.TODAY) == before
    answers.forget()
    after = answers.for_address(town.H1, town.TODAY)
    assert after is not None
    assert (after.edit, after.zone) == (2, "H2")


@pytest.mark.parametrize("path", ["/adress/a/b/1.ics", "/adress/a/b/1.json", "/en/zon/h1.ics"])
def test_where_nothing_is_loaded_a_feed_says_so(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 503
    sentence = "No collection days" if path.startswith("/en/") else "Inga tömningsdagar"
    assert sentence in answer.content.decode()
