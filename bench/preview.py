"""How long does staff wait to see what a change, or a year's holidays, would do to 17,000 addresses?"""

from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median
from time import perf_counter

from django.core.management import call_command

from bench import town
from bench.rounds import Row, Table
from bench.year import known, located
from wastecal import preview
from wastecal.core import answer, policy, spans
from wastecal.core.overrides import Kind, Override
from wastecal.core.policy import Decision
from wastecal.core.shifts import Move
from wastecal.core.spans import Span
from wastecal.edits import Write
from wastecal.importing import loading
from wastecal.models import Shift
from wastecal.preview import trial

ROUNDS = 15
SLICE = 500
PATIENCE = 2.0
"""Seconds; longer than that nobody looks before they publish."""
TRIAL = 5.0
"""Seconds for the dry run of a year, which is looked at once each autumn."""
DAY = date(2027, 1, 14)
YEAR = Span(date(2026, 12, 14), date(2027, 12, 31))


def tables() -> Iterator[Table]:
    call_command("migrate", verbosity=0)
    loading.apply(town.directory(), "Bench", town.CREATED)
    ours = median(_seconds(number) for number in range(ROUNDS))
    each = _each_address()
    question = f"a day moved for everyone, {town.ADDRESSES:,} addresses: before, after, clashes, loads"
    rows = (
        Row("what one waits for gladly", PATIENCE * 1000, 1),
        Row("two answers for each address", each * 1000, PATIENCE / each),
        Row("wastecal", ours * 1000, PATIENCE / ours),
    )
    yield Table("preview", question, "ms", rows)
    began = perf_counter()
    trial.of(_holidays(), town.TODAY, YEAR)
    spent = perf_counter() - began
    question = f"the holidays of a year decided, {town.ADDRESSES:,} addresses: heavy days, gaps, week 53"
    patience = Row("what one waits for gladly", TRIAL * 1000, 1)
    yield Table("dry run", question, "ms", (patience, Row("wastecal", spent * 1000, TRIAL / spent)))


def _holidays() -> Write:
    days = policy.days_of(YEAR.stop.year)
    moves: dict[date, str | None] = dict.fromkeys(days, Move.NEXT_WEEKDAY.value)
    live = list(Shift.keyed(Shift.objects.filter(ended_edit=None).order_by("pk")))
    fresh = policy.decide([row for _, row in live], Decision(days, moves))
    return Write({"shifts": fresh}, {"shifts": [pk for pk, _ in live]})


def _seconds(number: int) -> float:
    day = DAY + timedelta(days=number)
    row = Override("", Kind.MOVE, "everyone", (), day, day + timedelta(days=1))
    began = perf_counter()
    preview.of(Write({"overrides": [row]}, {}), town.TODAY)
    return perf_counter() - began


def _each_address() -> float:
    """How long the answers before and after would take one by one, from some of them."""
    content = town.directory()
    facts, some = known(content), located(content)[:SLICE]
    span = spans.default(town.TODAY)
    began = perf_counter()
    for place in some:
        answer.of(facts, place, span, town.TODAY)
    return (perf_counter() - began) / SLICE * 2 * town.ADDRESSES
