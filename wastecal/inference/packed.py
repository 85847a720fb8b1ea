"""How is what was found written down, to be read again as it was? Compact, and of one version.

As JSON: a candidate by its place in the prior, a record by its street, day, what, number, and how far its
ordinary day lies away. Less likely than one in a thousand million is not written.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from datetime import date
from typing import Any

from wastecal.core.evidence import Evidence, Kind, Source
from wastecal.core.reconstruction import Membership, Model, Part, Stretch, Verdict, findings, posterior
from wastecal.core.reconstruction.candidates import Candidate, Prior
from wastecal.core.reconstruction.findings import Judged
from wastecal.core.reconstruction.posterior import Posterior
from wastecal.core.recurrence import Rule
from wastecal.inference.held import Held
from wastecal.inference.report import Item, Report

VERSION = 1
"""To be raised whenever this form changes, or what core/reconstruction finds in the same records."""
_NEVER = 1e-9
_WHAT = tuple((kind, source) for kind in Kind for source in Source)
_PLACES = {pair: place for place, pair in enumerate(_WHAT)}

Said = list[Any]
"""A row of the form: numbers, texts and rows."""


def packed(found: Report, held: Iterable[Held]) -> bytes:
    streets = _Streets()
    said = {
        "groups": {name: list(members) for name, members in found.groups.items()},
        "start": found.start.toordinal(),
        "counts": [found.records, found.astray, found.mark],
        "houses": dict(found.houses),
        "homes": dict(found.homes),
        "items": [_item(row, streets) for row in found.items],
        "held": [_held(row, streets) for row in held if row.against],
        "streets": streets.names,
    }
    return zlib.compress(json.dumps(said, separators=(",", ":")).encode())


def unpacked(body: bytes, model: Model, today: date) -> tuple[Report, "Kept"]:
    """The report as of today, but for what is confirmed by now; and what was held against it."""
    said = json.loads(zlib.decompress(body))
    read = _Reader(said["streets"], model, today)
    records, astray, mark = said["counts"]
    found = Report(
        items=tuple(map(read.item, said["items"])),
        groups={name: tuple(members) for name, members in said["groups"].items()},
        start=date.fromordinal(said["start"]),
        records=records,
        astray=astray,
        houses=said["houses"],
        homes=said["homes"],
        mark=mark,
    )
    return found, [(row[0], read.held(row)) for row in said["held"]]


Kept = Sequence[tuple[str, Held]]
"""What was held against the rules, each with the name of its rule; the rule itself is not written."""


def name_of(rule: Rule) -> str:
    """Which rule it is: another version of it is another rule."""
    return "|".join(map(str, astuple(rule)))


class _Streets:
    """Each street once, by its place among all."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], int] = {}

    @property
    def names(self) -> list[tuple[str, str]]:
        return list(self._places)

    def place(self, row: Evidence) -> int:
        return self._places.setdefault((row.locality, row.street), len(self._places))


def _item(row: Item, streets: _Streets) -> Said:
    return [
        row.scope,
        [row.part.side, row.part.first, row.part.last] if row.part else None,
        row.container,
        row.home,
        row.zone,
        [[one.zone, one.probability] for one in row.memberships],
        _chances(row.present),
        bool(row.possibilities),
        [_stretch(one) for one in row.stretches],
        [
            [*_record(one.record, streets), (one.nominal - one.record.date).days if one.nominal else None]
            for one in row.verdict.records
        ],
        row.worth,
    ]


def _chances(present: Posterior) -> Said | None:
    if present.probabilities == present.before.probabilities:
        return None
    return [
        number
        for place, chance in enumerate(present.probabilities)
        if chance >= _NEVER
        for number in (place, chance)
    ]


def _stretch(row: Stretch) -> Said:
    days = (day.toordinal() if day else None for day in (row.start, row.stop))
    return [row.candidate.interval, row.candidate.phase, row.probability, *days]


def _record(row: Evidence, streets: _Streets) -> Said:
    return [streets.place(row), row.date.toordinal(), _PLACES[row.kind, row.source], row.number]


def _held(row: Held, streets: _Streets) -> Said:
    both = ([_record(one, streets) for one in rows] for rows in (row.support, row.against))
    return [name_of(row.rule), row.scope, row.container, *both]


class _Reader:
    """Rows of the form back to values."""

    def __init__(self, streets: Sequence[tuple[str, str]], model: Model, today: date) -> None:
        self._streets, self._model, self._today = streets, model, today

    def item(self, said: Said) -> Item:
        scope, part, container, home, zone, memberships, chances, is_known, rules, records, worth = said
        present = _present(self._model.prior(container), chances)
        return Item(
            scope=scope,
            part=Part(*part) if part else None,
            container=container,
            home=home,
            zone=zone,
            memberships=tuple(Membership(*one) for one in memberships),
            present=present,
            possibilities=findings.possibilities(present) if is_known else (),
            stretches=tuple(_rule(*one) for one in rules),
            verdict=Verdict(tuple(self._judged(container, records))),
            today=self._today,
            worth=worth,
            confirmed=False,
        )

    def held(self, said: Said) -> Held:
        _name, scope, container, support, against = said
        both = (tuple(self._record(container, *one) for one in rows) for rows in (support, against))
        return Held(scope, container, Rule(scope, container), *both)

    def _judged(self, container: str, records: Iterable[Said]) -> Iterator[Judged]:
        for *said, away in records:
            row = self._record(container, *said)
            nominal = None if away is None else date.fromordinal(row.date.toordinal() + away)
            yield Judged(row, nominal)

    def _record(self, container: str, street: int, day: int, what: int, number: str) -> Evidence:
        kind, source = _WHAT[what]
        return Evidence(date.fromordinal(day), *self._streets[street], number, container, kind, source)


def _present(before: Prior, chances: Said | None) -> Posterior:
    if chances is None:
        return posterior.nothing(before)
    found = [0.0] * len(before.candidates)
    for place, chance in zip(chances[::2], chances[1::2], strict=True):
        found[place] = chance
    return Posterior(before, tuple(found), 0.0)


def _rule(interval: int, phase: int, chance: float, start: int | None, stop: int | None) -> Stretch:
    days = (date.fromordinal(day) if day else None for day in (start, stop))
    return Stretch(Candidate(interval, phase), chance, *days)


def in_force(held: Kept, rules: Mapping[str, Rule]) -> Iterator[Held]:
    """What was held against rules that are in force still, each by its name."""
    for name, row in held:
        if name in rules:
            yield Held(row.scope, row.container, rules[name], row.support, row.against)
