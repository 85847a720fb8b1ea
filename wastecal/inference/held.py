"""Do the records of late agree with what is told, and how sure is each rule in force after them?"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.conf import settings

from wastecal import answers, models
from wastecal.core import addresses, answer, register, schedule, scopes, spans, versions
from wastecal.core.evidence import Evidence, Kind, Source
from wastecal.core.places import Place
from wastecal.core.reconstruction import trust
from wastecal.core.reconstruction.posterior import Posterior
from wastecal.core.recurrence import Provenance, Rule
from wastecal.core.register import Register
from wastecal.core.spans import Span
from wastecal.inference.report import Item, seen_in

LATE = timedelta(weeks=26)
"""Older records say nothing against what is told now: it may have been another rule then."""


@dataclass(frozen=True, slots=True)
class Held:
    """The rule in force for a container on a street or in a zone, and the records of late for and against
    what is told; a record is of the days on which that rule holds."""

    scope: str
    container: str
    rule: Rule
    support: tuple[Evidence, ...]
    against: tuple[Evidence, ...]


def held(today: date, streets: Collection[str] | None = None) -> tuple[Held, ...]:
    """Of each zone and each street with records of late; what is told of a zone stands before its streets.

    With `streets`, by their slugs, what the records of these say.
    """
    now = answers.known()
    rows = seen_in(Span(today - LATE, spans.plus(today, 1)), streets)
    if now is None or not rows:
        return ()
    said = _Said(now.register, today, *_addresses(rows))
    found: dict[tuple[str, str, Rule], tuple[list[Evidence], list[Evidence]]] = {}
    for row in _named(rows, now.register):
        rule, agrees = said.of(row)
        if rule is None:
            continue
        for scope in {scopes.street(row.street_slug), rule.scope}:
            both = found.setdefault((scope, row.container, rule), ([], []))
            both[not agrees].append(row)
    kept = [Held(*key, tuple(support), tuple(against)) for key, (support, against) in found.items()]
    return tuple(sorted(kept, key=lambda row: (-scopes.narrowness(row.scope), row.scope, row.container)))


def of(scope: str, today: date) -> tuple[Held, ...]:
    """The same of one street or zone."""
    kind, _sep, name = scope.partition(":")
    found = (
        {name}
        if kind == "street"
        else {slug for slug, zones in answers.counted.by_street(today).items() if name in zones}
    )
    return tuple(row for row in held(today, found) if row.scope == scope)


def posterior(row: Held, item: Item | None, today: date) -> Posterior | None:
    """What may be right, the rule in force among it; None where it is no rule that can be found.

    A confirmed rule is the staff's word, and as often wrong as a record of theirs.
    """
    candidate = trust.candidate(row.rule, Span(today - LATE, today))
    if item is None or candidate is None or candidate not in item.present.before.candidates:
        return None
    if row.rule.provenance is not Provenance.CONFIRMED:
        return item.present
    return trust.trusting(item.present, candidate, 1 - settings.EVIDENCE_WRONG[Source.STAFF])


def sure(row: Held, item: Item | None, today: date) -> float | None:
    """How sure the rule in force is after all that has been seen; None where that cannot be said."""
    found, candidate = posterior(row, item, today), trust.candidate(row.rule, Span(today - LATE, today))
    if found is None or candidate is None:
        return None
    return found.probabilities[found.before.candidates.index(candidate)]


def _named(rows: Iterable[Evidence], known: Register) -> Iterator[Evidence]:
    """The records that name a container, or can be of one only."""
    main = [row.code for row in known.live_containers if not row.optional]
    for row in rows:
        if row.container or len(main) == 1:
            yield row if row.container else replace(row, container=main[0])


_Moves = tuple[tuple[date, str], ...]


def _addresses(rows: Iterable[Evidence]) -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, _Moves]]:
    """The zones of the addresses on the streets of the records, by street and slug; and the zone moves."""
    wanted = sorted({row.street_slug for row in rows})
    homes: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for start in range(0, len(wanted), 500):
        live = models.Address.objects.filter(street_slug__in=wanted[start : start + 500], ended_edit=None)
        for street, slug, zone in live.values_list("street_slug", "slug", "zone"):
            homes[street][slug] = zone
    moves: defaultdict[str, _Moves] = defaultdict(tuple)
    moved = models.ZoneMove.objects.filter(ended_edit=None).order_by("valid_from", "edit")
    for slug, day, zone in moved.values_list("address", "valid_from", "zone"):
        moves[slug] += ((day, zone),)
    return homes, moves


@dataclass(slots=True)
class _Said:
    """What is told of the days of late at the places that records are of; each is found out once."""

    known: Register
    today: date
    homes: Mapping[str, Mapping[str, str]]
    moves: Mapping[str, _Moves]
    _days: dict[Place, Mapping[str, frozenset[date]]] = field(default_factory=dict)
    _rules: dict[tuple[Place, str, date], Rule | None] = field(default_factory=dict)

    def of(self, row: Evidence) -> tuple[Rule | None, bool]:
        """The rule in force that says something of the record's day, and whether the record agrees.

        Where nobody said the house, any on the street may be meant.
        """
        held = [(rule, place) for place in self._places(row) if (rule := self._rule(place, row))]
        agreeing = [rule for rule, place in held if self._agrees(place, row)]
        return next(iter([*agreeing, *(rule for rule, _ in held)]), None), bool(agreeing)

    def _agrees(self, place: Place, row: Evidence) -> bool:
        if place not in self._days:
            told = answer.of(
                self.known, place, Span(self.today - LATE, spans.plus(self.today, 1)), self.today
            )
            days: defaultdict[str, set[date]] = defaultdict(set)
            for pickup in (*told.pickups, *told.optional_pickups):
                if pickup.comes:
                    days[pickup.container] |= {pickup.date, pickup.last_day}
            self._days[place] = {code: frozenset(found) for code, found in days.items()}
        comes = row.date in self._days[place].get(row.container, ())
        return comes is (row.kind is Kind.COLLECTED)

    def _rule(self, place: Place, row: Evidence) -> Rule | None:
        """The rule that held on the day, if it is in force still; before its anchor it says nothing."""
        then, now = (self._holder(place, row.container, day) for day in (row.date, self.today))
        has_begun = now is None or now.anchor is None or now.anchor <= row.date
        return now if then is now and has_begun else None

    def _holder(self, place: Place, container: str, day: date) -> Rule | None:
        key = place, container, day
        if key not in self._rules:
            rows = versions.live(register.in_scopes(self.known.rules, place.scopes_ever))
            shown = [
                row
                for row in rows
                if row.container == container and not schedule.is_candidate(row, self.known.town)
            ]
            self._rules[key] = schedule.holder(shown, place, day)
        return self._rules[key]

    def _places(self, row: Evidence) -> list[Place]:
        """The house; where nobody said which, one of each zone that houses there are in or moved to."""
        houses = self.homes.get(row.street_slug, {})
        slug = f"{row.street_slug}/{addresses.slug_part(row.number)}"
        if row.number and slug in houses:
            return [self._place(row.street_slug, slug, houses[slug])]
        meant = {(slug if slug in self.moves else "", zone) for slug, zone in houses.items()}
        return list(dict.fromkeys(self._place(row.street_slug, *pair) for pair in sorted(meant)))

    def _place(self, street: str, slug: str, zone: str) -> Place:
        own = scopes.address(slug) if slug else ""
        said = [
            scope
            for scope in (scopes.street(street), own)
            if scope in {*self.known.rules, *self.known.overrides}
        ]
        moves = self.moves.get(slug, ()) if slug else ()
        zones = dict.fromkeys(code for code in (zone, *(to for _, to in moves)) if code)
        scoped = (scopes.EVERYONE, *map(scopes.zone, zones), *said)
        return Place(
            slug=slug if own in said else "",
            address=None,
            street=street if scopes.street(street) in said else "",
            zone=zone,
            moves=moves,
            scopes_ever=scoped,
            newest=0,
        )
