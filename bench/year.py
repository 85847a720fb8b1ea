"""How long does a year take, for one address and for 17,000? Beside dateutil alone, address by address."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from functools import partial

from dateutil.rrule import rrulestr

from bench import rounds, town
from bench.rounds import Table
from wastecal.core import answer, places, register, spans
from wastecal.core.directory import Directory
from wastecal.core.places import Place
from wastecal.core.register import Register
from wastecal.core.rows import Edit

SLICE = 1000
_NOT_REGISTERED = ("addresses", "zone_moves")
_SPAN = spans.default(town.TODAY)


def known(content: Directory) -> Register:
    """All that is known right after the one Edit that loaded the town."""
    tables = {
        name: [replace(row, edit=1) for row in rows]
        for name, rows in content.tables.items()
        if name not in _NOT_REGISTERED
    }
    return register.build(tables, [Edit(1, town.CREATED)])


def located(content: Directory) -> list[Place]:
    return [places.of_address([replace(row, edit=1)], ()) for row in content.tables["addresses"]]


def tables() -> Iterator[Table]:
    content = town.directory()
    facts, everywhere = known(content), located(content)
    one = [everywhere[:1]] * 200
    yield _table("one address", "dates from last month to 13 months ahead", facts, one)
    slices = [everywhere[start : start + SLICE] for start in range(0, len(everywhere), SLICE)]
    yield _table("17,000 addresses", "the same, for each", facts, slices)


def _table(name: str, question: str, facts: Register, parts: list[list[Place]]) -> Table:
    ways = {
        "dateutil, no holidays or overrides": [partial(_plain, facts, part) for part in parts],
        "wastecal": [partial(_answers, facts, part) for part in parts],
    }
    return rounds.by_time(f"year, {name}", question, rounds.seconds(ways), len(parts[0]))


def _answers(facts: Register, wanted: list[Place]) -> int:
    return sum(len(answer.of(facts, place, _SPAN, town.TODAY).pickups) for place in wanted)


def _plain(facts: Register, wanted: list[Place]) -> int:
    """The ordinary days alone, from each rule anew: what a script would do."""
    start, stop = (datetime.combine(day, time()) for day in (_SPAN.start, _SPAN.stop))
    found = 0
    for place in wanted:
        for rule in facts.rules[f"zone:{place.zone}"]:
            assert rule.anchor
            ruled = rrulestr(rule.rrule, dtstart=datetime.combine(rule.anchor, time()))
            found += len(ruled.between(start, stop, inc=True))
    return found
