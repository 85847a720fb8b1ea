"""What do two answers say differently, and with which other words of the staff does a write meet?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date as Date
from typing import Any

from wastecal.core import changes, register, versions
from wastecal.core.answer import Answer, Standing
from wastecal.core.overrides import Kind, Override, strength
from wastecal.core.pickup import Pickup, Status
from wastecal.core.register import Register
from wastecal.core.texts import NOTHING, Text
from wastecal.preview.groups import Group
from wastecal.preview.states import Outcome


@dataclass(frozen=True, slots=True)
class Seen:
    """What a resident is told of one collection; `status`, `date` and `date_until` as in `Pickup`."""

    date: Date
    date_until: Date | None
    status: Status
    reason: Text = NOTHING
    tentative: bool = False

    @property
    def comes(self) -> bool:
        return self.status not in (Status.CANCELLED, Status.DELAYED)


@dataclass(frozen=True, slots=True)
class Line:
    """Collections that become others: of these containers, in this zone, at so many addresses.

    `before` is None where it is new, `after` where it is gone.
    """

    zone: str
    containers: tuple[str, ...]
    before: Seen | None
    after: Seen | None
    addresses: int

    @property
    def dated(self) -> bool:
        """Whether the day is another, or whether the truck comes at all, and not only what is said of it."""
        if self.before is None or self.after is None:
            return True
        return (self.before.date, self.before.comes) != (self.after.date, self.after.comes)


@dataclass(frozen=True, slots=True)
class Clash:
    """Another override that stands for the same day at so many addresses; whether it goes before."""

    override: Override
    wins: bool
    addresses: int


def telling(answer: Answer | None) -> Any:
    """All that an answer says, without the numbers of Edits."""
    if answer is None:
        return None
    notices = tuple(map(changes.content, answer.notices))
    return *standing(answer), notices, *_pickups(answer)


def standing(answer: Answer | None) -> Any:
    """What an answer says of the place itself and of how its containers stand."""
    if answer is None:
        return None
    stands = (tuple(map(_standing, answer.standings)), tuple(map(_standing, answer.optional)))
    town = replace(changes.content(answer.town), holidays_decided_until=None)  # it shows in the pickups
    return town, answer.zone, answer.zone_name, *stands


def lines(answered: Iterable[tuple[Group, Answer | None, Answer | None]]) -> tuple[Line, ...]:
    """The collections that differ, those that are alike together: by day, then the most addresses first."""
    found: Counter[tuple[Any, ...]] = Counter()
    for group, before, after in answered:
        for key, containers in _changed(group, before, after).items():
            found[key, tuple(containers)] += group.addresses
    made = [Line(zone, codes, old, new, count) for ((zone, old, new), codes), count in found.items()]
    return tuple(sorted(made, key=_order))


def clashes(outcome: Outcome, groups: Iterable[Group]) -> tuple[Clash, ...]:
    """The other overrides on the days of those that begin, for the same containers at the same addresses."""
    fresh = [row for row in outcome.begun.get("overrides", ()) if row.kind is not Kind.ADD]
    found: Counter[tuple[Override, bool]] = Counter()
    for group in groups if fresh else ():
        if group.after and group.touched:
            for pair in _clashing(outcome.before, outcome.ended, group, fresh):
                found[pair] += group.addresses
    made = (Clash(row, wins, number) for (row, wins), number in found.items())
    return tuple(sorted(made, key=lambda row: (row.override.day, strength(row.override))))


def _clashing(
    before: Register, ended: Mapping[str, tuple[Any, ...]], group: Group, fresh: Iterable[Override]
) -> Iterator[tuple[Override, bool]]:
    place = group.after
    assert place is not None
    there = versions.live(register.in_scopes(before.overrides, place.scopes_ever))
    gone = ended.get("overrides", ())
    mine = [row for row in fresh if place.is_within(row.scope, row.day)]
    for row in there:
        if row.kind is Kind.ADD or row in gone or not place.is_within(row.scope, row.day):
            continue
        rivals = [new for new in mine if new.day == row.day and _share(new, row)]
        if rivals:
            yield row, all(strength(row) > strength(new) for new in rivals)


def _share(one: Override, other: Override) -> bool:
    if not one.containers or not other.containers:
        return True
    return not set(one.containers).isdisjoint(other.containers)


def _changed(group: Group, before: Answer | None, after: Answer | None) -> dict[tuple[Any, ...], list[str]]:
    """(zone, before, after) of each pickup that differs, with the containers of which that is so."""
    old, new = _by_identity(before), _by_identity(after)
    found: defaultdict[tuple[Any, ...], list[str]] = defaultdict(list)
    for which in dict.fromkeys((*old, *new)):
        pair = old.get(which), new.get(which)
        if pair[0] == pair[1]:
            continue
        pickup = pair[1] or pair[0]
        place = (group.after if pair[1] else group.before) or group.before
        assert pickup
        assert place
        found[place.zone_on(pickup.nominal or pickup.planned), *map(_seen, pair)].append(pickup.container)
    return found


def _by_identity(answer: Answer | None) -> dict[tuple[str, str], Pickup]:
    if answer is None:
        return {}
    pickups = (*answer.pickups, *answer.optional_pickups)
    return {(row.container, row.identity): _bare(row) for row in pickups}


def _pickups(answer: Answer) -> tuple[Any, ...]:
    return tuple(map(_bare, answer.pickups)), tuple(map(_bare, answer.optional_pickups))


def _bare(pickup: Pickup) -> Pickup:
    """The pickup without what only machines see of it: numbers, and the key where it is no identity."""
    return replace(pickup, sequence=0, stamp=None, key="" if pickup.nominal else pickup.key)


def _seen(pickup: Pickup | None) -> Seen | None:
    if pickup is None:
        return None
    return Seen(pickup.date, pickup.date_until, pickup.status, pickup.reason, pickup.tentative)


def _standing(row: Standing) -> Any:
    rule = row.rule and _rule(row.rule)
    candidates = tuple((_rule(found.rule), found.next, found.dates) for found in row.candidates)
    return changes.content(row.container), row.known, rule, row.rrule, candidates, row.emptied


def _rule(rule: Any) -> Any:
    """What a rule says of its days in words: how often, on which weekday, in which season.

    For whom and until when it was written down, and from which day it counts, is seen nowhere.
    """
    weekday = rule.anchor.weekday() if rule.anchor and "BYDAY" not in rule.rrule else None
    listed = bool(rule.dates)
    return rule.rrule, weekday, listed, rule.season, rule.provenance, rule.probability


def _order(line: Line) -> tuple[Any, ...]:
    first = line.before or line.after
    assert first
    last = line.after or line.before
    assert last
    days = first.date, last.date
    return *days, -line.addresses, line.zone, line.containers, str(line.before), str(line.after)
