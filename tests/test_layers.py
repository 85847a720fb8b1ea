"""Does the code keep the laws of the house? And would we notice if it did not?"""

from pathlib import Path

import pytest

from tests import laws

ROOT = Path(__file__).resolve().parent.parent
MODULES = tuple(laws.modules(ROOT))


def test_the_code_keeps_the_laws() -> None:
    """All in one test, and all laws to one file before the next: each is parsed once, and forgotten."""
    assert [fault for name, text in MODULES for check in laws.CHECKS for fault in check(name, text)] == []


def test_the_laws_are_put_to_every_room() -> None:
    rooms = {laws.room(module) for module, _source in MODULES}
    assert {"config", "core", "web", "feeds"} <= rooms


BROKEN = [
    (laws.imports_point_downwards, "wastecal.models.places", "from wastecal import answers"),
    (laws.imports_point_downwards, "wastecal.web.pages", "from wastecal.feeds.render import body"),
    (laws.imports_point_downwards, "wastecal.answers", "import wastecal.edits"),
    (laws.imports_point_downwards, "wastecal.search", "def f():\n    from wastecal.answers import find"),
    (laws.imports_point_downwards, "wastecal.edits", "from wastecal.importing.plan import Plan"),
    (laws.imports_point_downwards, "wastecal.answers", "from wastecal.management.commands import load"),
    (laws.imports_point_downwards, "wastecal.core.spans", "from config import settings"),
    (laws.imports_point_downwards, "wastecal.attic", "import re"),
    (laws.publishing_uses_no_views, "wastecal.publish.site", "from wastecal.web import views"),
    (laws.core_imports_nothing_impure, "wastecal.core.spans", "from django.utils import timezone"),
    (laws.core_imports_nothing_impure, "wastecal.core.spans", "from wastecal.models import places"),
    (laws.core_imports_nothing_impure, "wastecal.core.spans", "import os"),
    (laws.core_imports_nothing_impure, "wastecal.core.spans", "from random import choice"),
    (laws.core_imports_nothing_impure, "wastecal.core.spans", "from pathlib import Path"),
    (laws.core_imports_nothing_impure, "wastecal.core.spans", "import requests"),
    (laws.core_says_where_its_dice_begin, "wastecal.core.spans", "dice = Random()"),
    (laws.core_says_where_its_dice_begin, "wastecal.core.spans", "dice = field(default_factory=Random)"),
    (laws.core_opens_no_files, "wastecal.core.tables", "text = open('a.csv').read()"),
    (laws.clocks_are_read_at_the_edge, "wastecal.core.spans", "day = date.today()"),
    (laws.clocks_are_read_at_the_edge, "wastecal.answers", "at = datetime.datetime.now(tz)"),
    (laws.clocks_are_read_at_the_edge, "wastecal.models.edits", "at = DateTimeField(default=timezone.now)"),
    (laws.clocks_are_read_at_the_edge, "wastecal.models.edits", "at = DateTimeField(auto_now_add=True)"),
    (laws.clocks_are_read_at_the_edge, "wastecal.web.pages", "from time import time"),
    (laws.clocks_are_read_at_the_edge, "wastecal.feeds.ics", "day = localdate()"),
    (laws.clocks_are_read_at_the_edge, "wastecal.web.page", "day = surface.today(town)"),
    (laws.clocks_are_read_at_the_edge, "wastecal.edits", "at = timezone.now()"),
    (laws.only_writers_open_transactions, "wastecal.importing.loading", "with transaction.atomic(): f()"),
    (laws.only_writers_open_transactions, "wastecal.answers", "with transaction.atomic(): f()"),
    (laws.only_writers_open_transactions, "wastecal.web.views", "from django.db.transaction import atomic"),
    (laws.files_and_functions_are_short, "wastecal.core.spans", "\n" * 401),
    (laws.files_and_functions_are_short, "bench.feed", "def f():\n" + "    g()\n" * 50),
    (laws.modules_are_named_for_a_thing, "wastecal.web.utils", ""),
    (laws.modules_are_named_for_a_thing, "wastecal.services.mail", ""),
    (laws.modules_say_what_they_answer, "wastecal.web.pages", "import re"),
    (laws.errors_are_caught_by_name, "wastecal.answers", "try: f()\nexcept Exception: g()"),
    (laws.errors_are_caught_by_name, "wastecal.answers", "try: f()\nexcept (ValueError, BaseException): g()"),
    (laws.errors_are_caught_by_name, "tests.town", "try: f()\nexcept: g()"),
    (laws.errors_are_not_swallowed, "wastecal.answers", "try: f()\nexcept KeyError: pass"),
]


@pytest.mark.parametrize(
    ("check", "module", "source"), BROKEN, ids=lambda part: getattr(part, "__name__", None)
)
def test_a_broken_law_is_noticed(check: laws.Check, module: str, source: str) -> None:
    assert check(module, source)


KEPT = [
    ("wastecal.core.recurrence", "from datetime import date, time\nfrom dateutil.rrule import rrulestr"),
    ("wastecal.answers", "from wastecal import models, search\nfrom wastecal.core import schedule"),
    ("wastecal.web.views", "day = timezone.localdate()"),
    ("wastecal.web.pages", "def page(answer, today):\n    return answer.today, today"),
    ("wastecal.management.commands.load", "from wastecal.importing import plan\nday = date.today()"),
    ("wastecal.edits", "with transaction.atomic(): f()"),
    ("wastecal.surface", "at = timezone.now()"),
    ("wastecal.importing.loading", "from wastecal import edits\nfrom wastecal.importing import files"),
]


@pytest.mark.parametrize(("module", "source"), KEPT)
def test_a_kept_law_is_not_called_broken(module: str, source: str) -> None:
    text = f'"""Why?"""\n{source}'
    assert [fault for check in laws.CHECKS for fault in check(module, text)] == []


def test_every_check_is_seen_to_notice_something() -> None:
    assert {check for check, _module, _source in BROKEN} == set(laws.CHECKS)
