"""What does all the evidence in the database say of each street, and which rules follow from it?"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Max, Q, QuerySet

from wastecal import answers, models
from wastecal.core import addresses, collation, reconstruction, scopes, versions
from wastecal.core.evidence import Evidence, weights
from wastecal.core.reconstruction import (
    Finding,
    Membership,
    Model,
    Part,
    Possibility,
    Street,
    Stretch,
    Telling,
    Town,
    Unit,
    Verdict,
    candidates,
    findings,
    posterior,
    units,
)
from wastecal.core.reconstruction.posterior import Posterior
from wastecal.core.recurrence import Provenance
from wastecal.core.register import Register
from wastecal.core.spans import Span
from wastecal.inference import kept

_WORTH_TELLING = 0.05


class By(StrEnum):
    """What is taken for one: a street, a zone of the register, or an address."""

    STREET = "street"
    ZONE = "zone"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Item:
    """What was found of one container in one scope, or in a `part` of a street.

    Without a possibility nothing is known: no record speaks of it. `zone` is the group it most
    likely belongs to, `memberships` those it may; `home` is its zone in the register.
    """

    scope: str
    part: Part | None
    container: str
    home: str
    zone: str
    memberships: tuple[Membership, ...]
    present: Posterior
    possibilities: tuple[Possibility, ...]
    stretches: tuple[Stretch, ...]
    verdict: Verdict
    today: date
    worth: float
    confirmed: bool

    @property
    def probability(self) -> float | None:
        return self.possibilities[0].probability if self.possibilities else None

    @property
    def tells(self) -> tuple[Telling, ...]:
        """The days from `today` on on which looking tells most."""
        return findings.tells(self.present, self.today) if self.possibilities else ()

    @property
    def valid_from(self) -> date | None:
        return self.stretches[-1].start if self.stretches else None


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found; `start` is the day from which anchors are counted, `astray` the number of
    records on streets that the register does not have, `houses` how many addresses a scope has.

    `homes` is the zone of each street that is in one, by its slug. `mark` is the key of the newest record:
    up to it the same is found again, whatever comes later.
    """

    items: tuple[Item, ...]
    groups: Mapping[str, tuple[str, ...]]
    start: date
    records: int
    astray: int
    houses: Mapping[str, int]
    homes: Mapping[str, str]
    mark: int

    def of(self, scope: str) -> tuple[Item, ...]:
        """What was found in a scope, or in its parts."""
        return tuple(row for row in self.items if row.scope == scope)


def model(known: Register) -> Model:
    """What is taken for granted: the containers' intervals, the holiday policy, the sources' trust."""
    return Model(
        defaults={row.code: candidates.interval_of(row.default_rrule) for row in known.live_containers},
        optional=frozenset(row.code for row in known.live_containers if row.optional),
        policy=versions.live(known.shifts),
        wrong=settings.EVIDENCE_WRONG,
    )


def evidence(streets: Collection[str] | None = None, upto: int | None = None) -> list[Evidence]:
    """All records; of some streets by their slugs, or up to the one with a key."""
    return list(models.Evidence.values_of(_rows(streets, upto)))


def seen_in(span: Span, streets: Collection[str] | None = None) -> list[Evidence]:
    """The records of some days; of some streets by their slugs."""
    return list(models.Evidence.values_of(_rows(streets).filter(date__gte=span.start, date__lt=span.stop)))


def _rows(streets: Collection[str] | None = None, upto: int | None = None) -> QuerySet[models.Evidence]:
    rows = models.Evidence.objects.order_by("pk")
    if upto is not None:
        rows = rows.filter(pk__lte=upto)
    return rows if streets is None else rows.filter(_spelled(streets))


def newest() -> int:
    """The key of the newest record; 0 where there is none."""
    return models.Evidence.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _spelled(streets: Collection[str]) -> Q:
    """The rows of some streets, however their names are spelled; each spelling there is looked at once."""
    pairs = models.Evidence.objects.values_list("locality", "street").distinct().order_by()
    names = [pair for pair in pairs if Evidence(date.min, *pair).street_slug in streets]
    either = (Q(locality=locality, street=name) for locality, name in names)
    return reduce(or_, either, Q(pk__in=()))


def report(by: By, today: date, upto: int | None = None) -> Report | None:
    """What all the evidence says, or what there was up to a key; None where there is none, or nothing
    has been loaded."""
    mark = newest() if upto is None else upto
    known, rows = answers.known(), evidence(upto=mark)
    if known is None or not rows:
        return None
    said, sure = model(known.register), confirmed(known.register, today)
    asked = _Question(by, rows, streets_known(today), said, sure, today)
    return kept.found(asked, lambda: _report(asked, mark))


@dataclass(frozen=True, slots=True)
class _Question:
    """All that a report follows from."""

    by: By
    rows: Sequence[Evidence]
    streets: Mapping[str, "Known"]
    model: Model
    confirmed: frozenset[tuple[str, str]]
    today: date


def _report(asked: _Question, mark: int) -> Report:
    rows, streets, said = asked.rows, asked.streets, asked.model
    found = kept.found(
        (asked.by, rows, streets, said),
        lambda: reconstruction.reconstruct(_units(rows, asked.by, streets), said),
    )
    known = _Asked(found, said, asked.confirmed, asked.today)
    items = [item for street in found.streets for item in known.items(street)]
    return Report(
        items=tuple(sorted(items, key=_order)),
        groups=found.groups,
        start=date(min(row.date for row in rows).year, 1, 1),
        records=len(rows),
        astray=sum(row.street_slug not in streets for row in rows),
        houses=_houses(streets),
        homes={slug: row.home for slug, row in streets.items() if row.home},
        mark=mark,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """A street of the register: how many addresses it has, and the one zone of all of them, if it is one."""

    addresses: int
    home: str


def streets_known(today: date) -> dict[str, Known]:
    """All streets of the register, by their slugs, with the zones of today."""
    return {
        slug: Known(zones.total(), next(iter(zones)) if len(zones) == 1 else "")
        for slug, zones in answers.counted.by_street(today).items()
    }


def _houses(streets: Mapping[str, Known]) -> dict[str, int]:
    """How many addresses each street and each zone has."""
    found: dict[str, int] = defaultdict(int)
    for slug, row in streets.items():
        found[scopes.street(slug)] += row.addresses
        found[scopes.zone(row.home)] += row.addresses
    return found


def _units(rows: Sequence[Evidence], by: By, streets: Mapping[str, Known]) -> Iterator[Unit]:
    """What is taken for one, with its records; also every street of the register that nobody speaks of."""
    scoped: dict[tuple[str, str], list[tuple[Evidence, float]]] = defaultdict(list)
    if by is By.STREET:
        scoped.update({(scopes.street(slug), row.home): [] for slug, row in streets.items()})
    for row, weight in zip(rows, weights(rows), strict=True):
        home = streets[row.street_slug].home if row.street_slug in streets else ""
        scoped[_scope(row, by, home), home].append((row, weight))
    for (scope, home), pairs in scoped.items():
        yield Unit(scope, home, units.arranged(pairs))


def _scope(row: Evidence, by: By, home: str) -> str:
    if by is By.ZONE and home:
        return scopes.zone(home)
    if by is By.ADDRESS and row.number:
        return scopes.address(f"{row.street_slug}/{addresses.slug_part(row.number) or '-'}")
    return scopes.street(row.street_slug)


def confirmed(known: Register, today: date) -> frozenset[tuple[str, str]]:
    """(scope, container) of what staff have confirmed, and is not over."""
    live = versions.live(row for rows in known.rules.values() for row in rows)
    now = (row for row in live if row.valid_until is None or row.valid_until > today)
    sure = (row for row in now if row.provenance is Provenance.CONFIRMED)
    return frozenset((row.scope, row.container) for row in sure)


def is_confirmed(scope: str, home: str, container: str, sure: frozenset[tuple[str, str]]) -> bool:
    """Whether what is confirmed bears on a container in a scope."""
    return any((above, container) in sure for above in wider(scope, home))


def wider(scope: str, home: str) -> frozenset[str]:
    """The scopes that bear on all addresses of this one, itself among them."""
    return frozenset({scope, scopes.EVERYONE, *([scopes.zone(home)] if home else [])})


@dataclass(frozen=True, slots=True)
class _Asked:
    """What items are made of."""

    town: Town
    model: Model
    confirmed: frozenset[tuple[str, str]]
    today: date

    def items(self, street: Street) -> Iterator[Item]:
        """One for each container, the optional ones only where something is known of them."""
        for container in self.model.defaults:
            finding = street.findings.get(container)
            if finding or container not in self.model.optional:
                yield self._item(street, container, finding)

    def _item(self, street: Street, container: str, finding: Finding | None) -> Item:
        unit = street.unit
        present = finding.present if finding else posterior.nothing(self.model.prior(container))
        likely = tuple(row for row in street.memberships if row.zone and row.probability >= _WORTH_TELLING)
        return Item(
            scope=unit.scope,
            part=unit.part,
            container=container,
            home=unit.home,
            zone=likely[0].zone if likely else "",
            memberships=likely,
            present=present,
            possibilities=findings.possibilities(present) if finding else (),
            stretches=findings.stretches(finding.eras, present) if finding else (),
            verdict=self._verdict(unit, container, finding),
            today=self.today,
            worth=findings.worth(present),
            confirmed=is_confirmed(unit.scope, unit.home, container, self.confirmed),
        )

    def _verdict(self, unit: Unit, container: str, finding: Finding | None) -> Verdict:
        if finding is None or container not in unit.evidence:
            return Verdict()
        rules = findings.stretches(finding.eras, finding.present)
        rows = unit.evidence[container].records
        return findings.judge(rows, rules, self.model, container, self.town.given)


def _order(item: Item) -> tuple[object, ...]:
    kind, _, name = item.scope.partition(":")
    return kind, collation.key(name), str(item.part or ""), item.container
