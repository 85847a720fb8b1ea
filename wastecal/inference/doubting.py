"""Which rules in force are no longer certain after what has been seen, and what is told instead?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from wastecal import answers, edits
from wastecal.core import succession
from wastecal.core.evidence import Evidence, Source
from wastecal.core.reconstruction import Stretch, findings
from wastecal.core.recurrence import Provenance, Rule
from wastecal.edits import Write
from wastecal.inference import held, rejected, stored
from wastecal.inference.adoption import rule
from wastecal.inference.held import Held
from wastecal.inference.report import By, Item, Report
from wastecal.models import Doubt, Edit
from wastecal.models import Rule as RuleRow

POSSIBLE = 0.05
"""What is less likely is not told beside the likeliest rule."""
_LESS = 0.01
_ANONYMOUS = 2
"""So many people whom nobody knows must say the same."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """A rule in force that is less sure than is told, the guesses that are told instead, and the newest
    record that speaks of its streets."""

    rule: Rule
    guesses: tuple[Rule, ...]
    newest: int


def guesses(row: Held, item: Item, today: date) -> tuple[Rule, ...]:
    """From today on the rule is one of several that may be right, each as likely as it is now; none where
    that cannot be said."""
    found = held.posterior(row, item, today)
    if found is None:
        return ()
    return tuple(
        rule(row.scope, row.container, Stretch(one.candidate, one.probability, today, None), today)
        for one in findings.possibilities(found)
        if one.probability >= POSSIBLE
    )


def doubtful(today: date) -> tuple[Doubted, ...]:
    """The rules in force, told as certain, that are so no longer: nobody has rejected what speaks for another
    one, nor was the same shown before, without news since; and it is not the word of one unknown person."""
    town = answers.town()
    streets = stored.current(By.STREET, today)
    if town is None or streets is None:
        return ()
    zones = stored.current(By.ZONE, today) if streets.homes else None
    against = [row for row in held.held(today) if row.against and row.rule.scope == row.scope]
    found = [row for report in (zones, streets) if report for row in _of(report, against, today)]
    return tuple(found)


def doubt(
    found: Sequence[Doubted], summary: Callable[[Sequence[Rule]], str], today: date, at: datetime
) -> Edit | None:
    """Tells the guesses in place of the rules, as one Edit or none, and remembers up to which record."""

    def then(edit: Edit) -> None:
        Doubt.objects.bulk_create(
            Doubt(
                scope=row.rule.scope,
                container=row.rule.container,
                edit=edit.number,
                newest=row.newest,
                made_at=edit.at,
            )
            for row in found
        )

    return edits.record(lambda: _write(found, today), summary([row.rule for row in found]), at, then=then)


def by_themselves() -> tuple[Doubt, ...]:
    """What was shown as uncertain by itself and still is, the newest first."""
    guesses_now = set(
        RuleRow.objects.filter(ended_edit=None, provenance=Provenance.RECONSTRUCTED).values_list(
            "scope", "container", "edit"
        )
    )
    rows = Doubt.objects.all()
    return tuple(row for row in rows if (row.scope, row.container, row.edit) in guesses_now)


def _of(report: Report, against: Iterable[Held], today: date) -> Iterator[Doubted]:
    town = answers.town()
    items = {(item.scope, item.container): item for item in reversed(report.items) if item.part is None}
    wrong, newest = rejected.rejections(report), rejected.newest(report.homes)
    shown = _shown_before()
    for row in against:
        place, item = (row.scope, row.container), items.get((row.scope, row.container))
        last = newest.get(row.scope, 0)
        if item is None or town is None or not _is_told_as_certain(row.rule, town.certain_from):
            continue
        sure = held.sure(row, item, today)
        if sure is None or sure >= town.certain_from or not is_independent(row.against):
            continue
        if rejected.is_rejected(item, wrong) or shown.get(place, -1) >= last:
            continue
        if instead := guesses(row, item, today):
            yield Doubted(row.rule, tuple(_unsure(one, town.certain_from) for one in instead), last)


def _unsure(guess: Rule, certain_from: float) -> Rule:
    """By itself nothing becomes certain, however much speaks for it: that is for the staff to say."""
    return replace(guess, probability=min(guess.probability or 0.0, round(certain_from - _LESS, 3)))


def _is_told_as_certain(row: Rule, certain_from: float) -> bool:
    if row.provenance is Provenance.RECONSTRUCTED:
        return row.probability is None or row.probability >= certain_from
    return row.provenance is Provenance.CONFIRMED


def is_independent(rows: Iterable[Evidence]) -> bool:
    """Whether what speaks against a rule is more than the word of one person whom nobody knows."""
    senders = {row.sending or f"{row.street_slug}/{row.number}" if _is_anonymous(row) else "" for row in rows}
    return "" in senders or len(senders) >= _ANONYMOUS


def _is_anonymous(row: Evidence) -> bool:
    """A text message without a number of a sending comes out of a gateway's log, not from a resident."""
    return row.source is Source.RESIDENT or (row.source is Source.SMS and bool(row.sending))


def _shown_before() -> dict[tuple[str, str], int]:
    """The newest record there was when the rule of a place was last shown as uncertain by itself."""
    return {(row.scope, row.container): row.newest for row in Doubt.objects.order_by("pk")}


def _write(found: Iterable[Doubted], today: date) -> Write:
    begin: list[Rule] = []
    end: list[int] = []
    for row in found:
        live = list(
            RuleRow.keyed(
                RuleRow.objects.filter(
                    scope=row.rule.scope, container=row.rule.container, ended_edit=None
                ).order_by("pk")
            )
        )
        if any(other == row.rule for _, other in live):
            begin += [*succession.left(live, today), *row.guesses]
            end += succession.ended(live, today)
    return Write({"rules": begin}, {"rules": end})
