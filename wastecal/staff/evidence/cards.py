"""What is shown of one container on a street or in a zone: its records, what could be right, what to do?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from wastecal import inference
from wastecal import words as public
from wastecal.core.reconstruction import findings, trust
from wastecal.core.recurrence import Provenance, Rule
from wastecal.core.rows import Municipality
from wastecal.core.spans import Span
from wastecal.inference import Held, Item, Rejections, Report
from wastecal.inference.rejected import key
from wastecal.staff import whom, words
from wastecal.staff.evidence import form, places, said, strip
from wastecal.staff.evidence.form import name_of
from wastecal.web.frames import Link

RECORDS, MORE = 6, 60
OTHERS = 3
HOUSES = 5
WORTH_TELLING = 0.01
WORTH_MOVING = 0.05


@dataclass(frozen=True, slots=True)
class Known:
    """What all cards of a page are made of."""

    town: Municipality
    today: date
    found: Report
    held: Mapping[tuple[str, str], Held]
    rejected: Rejections
    names: Mapping[str, str]
    guesses: tuple[Rule, ...]

    @classmethod
    def of(cls, town: Municipality, today: date, found: Report, held: Iterable[Held]) -> "Known":
        return cls(
            town=town,
            today=today,
            found=found,
            held={(row.scope, row.container): row for row in held},
            rejected=inference.rejections(found),
            names=whom.names({row.scope for row in found.items}),
            guesses=tuple(row for _, row in form.guesses()),
        )

    def sure(self, item: Item) -> float | None:
        """How sure the rule in force is after what has been seen; None where nothing speaks against it."""
        row = self.held.get((item.scope, item.container))
        return inference.held.sure(row, item, self.today) if row and row.against else None

    def adopted(self, item: Item) -> tuple[Rule, ...]:
        """The guesses in force for the item itself, the likeliest first."""
        own = (row for row in self.guesses if (row.scope, row.container) == (item.scope, item.container))
        now = [row for row in own if row.valid_until is None or row.valid_until > self.today]
        return tuple(sorted(now, key=lambda row: -(row.probability or 0)))

    def settled(self, item: Item) -> Rule | None:
        """The guess in force that is the likeliest still."""
        best = item.possibilities[0].candidate if item.possibilities else None
        span = Span(self.today - inference.held.LATE, self.today)
        return next((row for row in self.adopted(item)[:1] if trust.candidate(row, span) == best), None)

    def is_doubtful(self, item: Item) -> bool:
        sure = self.sure(item)
        return sure is not None and sure < self.town.certain_from


def card(known: Known, item: Item) -> dict[str, Any]:
    """One container, or one part of a street, for the page of a street or a zone."""
    possible = [row for row in item.possibilities if row.probability >= WORTH_TELLING]
    records = item.verdict.records
    seen = [said.record(row) for row in reversed(records[-MORE:])]
    return {
        "title": ", ".join(filter(None, [words.containers([item.container]), said.part(item.part)])),
        "id": f"k-{item.container}-{item.part or 'all'}",
        "main": said.possibility(possible[0], known.today) if possible else None,
        "others": [said.possibility(row, known.today) for row in possible[1 : 1 + OTHERS]],
        "earlier": said.earlier(item.stretches),
        "since": public.day(item.valid_from, year=0) if item.valid_from else "",
        "support": said.records(len(item.verdict.support)),
        "against": len(item.verdict.contradictions),
        "records": seen[:RECORDS],
        "older": seen[RECORDS:],
        "older_more": len(records[:-MORE]),
        "months": strip.of(records, item.stretches, known.today),
        "now": _now(known, item),
        "belongs": _belongs(known, item),
        "asks": _asks(known, item),
        "rejection": _rejection(known, item),
        "acts": _acts(known, item),
    }


def _now(known: Known, item: Item) -> dict[str, Any] | None:
    """The rule in force, how sure it is by itself, and what the records of late say of it."""
    row = known.held.get((item.scope, item.container))
    guesses = known.adopted(item)
    rule = row.rule if row else guesses[0] if guesses else None
    if rule is None:
        return None
    sure = known.sure(item)
    return {
        "words": words.often(rule),
        "whose": "" if rule.scope == item.scope else whom.names([rule.scope])[rule.scope],
        "confirmed": rule.provenance is Provenance.CONFIRMED,
        "percent": public.percent(rule.probability) if rule.probability else "",
        "against": said.days(row.against) if row else "",
        "sure": said.percent(sure) if sure is not None else "",
        "doubtful": known.is_doubtful(item) or bool(row and row.against and sure is None),
        "moves": _moves(known, item, row) if row and row.against and row.rule.scope != item.scope else [],
    }


def _moves(known: Known, item: Item, row: Held) -> list[Link]:
    """Ways to another zone: for the street or the part of it, and for the houses that do not fit."""
    street = known.names[item.scope]
    name, _sep, locality = street.partition(", ")
    houses = dict.fromkeys(one.number for one in row.against if one.number)
    other = next((one.zone for one in item.memberships if one.zone != item.home), "")
    found = [Link(places.move(street, other, known.today, item), said.name(item, known.names))]
    for number in list(houses)[:HOUSES]:
        house = f"{name} {number}, {locality}"
        found.append(Link(places.move(house, other, known.today), house))
    return found


def _belongs(known: Known, item: Item) -> list[dict[str, str]]:
    """The zones of the register that the street may belong to, where that is not only its own."""
    if not item.scope.startswith("street:"):
        return []
    zones = whom.zones()
    likely = [row for row in item.memberships if row.zone in zones and row.probability >= WORTH_MOVING]
    if [row.zone for row in likely] in ([], [item.home]):
        return []
    street = known.names[item.scope]
    return [
        {
            "zone": whom.zone_name(row.zone, zones[row.zone]),
            "percent": said.percent(row.probability),
            "move": places.move(street, row.zone, known.today, item) if row.zone != item.home else "",
        }
        for row in likely
    ]


def _asks(known: Known, item: Item) -> dict[str, str] | None:
    """What to ask people for, and on which day looking tells most."""
    if item.confirmed or (item.probability or 0) >= known.town.certain_from:
        return None
    container = words.containers([item.container])
    first = findings.look_on(item.tells)
    question = {"container": container, "street": said.name(item, known.names)}
    text = gettext("On which days was %(container)s emptied last in %(street)s? One day is of help already.")
    look = gettext("Does the truck for %(container)s come on %(day)s?")
    return {
        "text": text % question,
        "look": look % {**question, "day": public.day(first, year=known.today.year)} if first else "",
        "calls": places.calls(known.names[item.scope]),
    }


def _rejection(known: Known, item: Item) -> dict[str, Any] | None:
    best = item.possibilities[0].candidate if item.possibilities else None
    row = known.rejected.get(key(item, best)) if best else None
    if row is None:
        return None
    return {"why": row.why, "by": row.made_by, "undo": reverse("staff:evidence_unreject", args=[row.pk])}


def _acts(known: Known, item: Item) -> dict[str, str]:
    """What may be done now, by the name of the act, each with its address."""
    found: dict[str, str] = {}
    row = known.held.get((item.scope, item.container))
    rejected = inference.is_rejected(item, known.rejected)
    if item.possibilities and not item.confirmed and not rejected:
        found["adopt"] = places.adoption(known.found, item)
        found["reject"] = name_of(item)
    settled = known.settled(item)
    if settled and not rejected:
        found["confirm"] = places.confirmation([settled])
    is_own = row and row.rule.scope == item.scope and row.rule.provenance is Provenance.CONFIRMED
    if is_own and known.is_doubtful(item):
        found["doubt"] = places.doubt(known.found, item.scope, item.container)
    return found
