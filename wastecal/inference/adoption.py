"""Which rules follow from what was found, and what does adopting them change?"""

from collections.abc import Iterator
from datetime import date, datetime

from wastecal import answers, edits, models
from wastecal.core import scopes
from wastecal.core.reconstruction import Stretch, units
from wastecal.core.recurrence import Provenance, Rule
from wastecal.edits import Proposal
from wastecal.inference.rejected import is_rejected, rejections
from wastecal.inference.report import Item, Report, wider

_DECIMALS = 3


def rule(scope: str, container: str, stretch: Stretch, start: date) -> Rule:
    """The rule of a candidate, as it would be adopted."""
    return Rule(
        scope=scope,
        container=container,
        anchor=stretch.candidate.first_from(start),
        rrule=stretch.candidate.rrule,
        valid_from=stretch.start,
        valid_until=stretch.stop,
        provenance=Provenance.RECONSTRUCTED,
        probability=round(stretch.probability, _DECIMALS),
    )


def adopt(found: Report, least: float, summary: str, at: datetime) -> models.Edit | None:
    """Makes rules of what is at least so likely, as one Edit or none; a confirmed rule displaces them."""
    return edits.adopt(proposals(found, least), summary, at)


def proposals(found: Report, least: float) -> list[Proposal]:
    """What is at least so likely, but for what staff hold for wrong."""
    known = rejections(found)
    items = (item for item in found.items if not is_rejected(item, known))
    return [row for item in items for row in proposed(item, found.start, least)]


def proposed(item: Item, start: date, least: float) -> Iterator[Proposal]:
    """The rules that an item would become, each with the wider scopes whose confirmed rules displace it."""
    above = wider(item.scope, item.home)
    for scope in _scopes(item):
        for stretch in (*item.stretches[:-1], *_present(item)):
            if stretch.probability >= least:
                yield Proposal(rule(scope, item.container, stretch, start), above)


def _present(item: Item) -> Iterator[Stretch]:
    for row in item.possibilities:
        yield Stretch(row.candidate, row.probability, item.valid_from, None)


def _scopes(item: Item) -> list[str]:
    """The scope itself; of a part of a street its addresses."""
    if item.part is None:
        return [item.scope]
    rows = answers.addresses_on(item.scope.partition(":")[2])
    numbers = ((row, units.house(row.number)) for row in rows)
    return [scopes.address(row.slug) for row, number in numbers if number is not None and number in item.part]
