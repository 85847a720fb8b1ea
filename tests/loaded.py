"""How is a town loaded once for all tests of a module? In a transaction around them, undone behind them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings

from tests import town
from wastecal import answers
from wastecal.core.directory import Directory

seldom = settings(max_examples=settings().max_examples // 3)
"""For property tests of which every example publishes something and asks for every address."""


def once(content: Callable[[], Directory] = town.directory, *, autouse: bool = False) -> Any:
    """A fixture: the town is in the database while the tests of a module run, each in a savepoint."""

    @pytest.fixture(scope="module", autouse=autouse)
    def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
        around = transaction.atomic()
        with django_db_blocker.unblock():
            around.__enter__()
            town.load(content())
        yield
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
            answers.forget()

    return loaded


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is written within is gone afterwards: Hypothesis tries many worlds in one test."""
    with transaction.atomic():
        answers.forget()
        try:
            yield
        finally:
            transaction.set_rollback(True)
    answers.forget()
