"""How likely is each rule, found out the slow and obvious way? Every history of a place, one by one.

Written from docs/reconstruction.md alone: it shares no code with the core but the holiday moves.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import product
from math import log2, prod

from wastecal.core import shifts
from wastecal.core.shifts import Shift

Rule = tuple[int, int]  # every so many weeks; the remainder of its days' ordinals
Policy = tuple[Shift, ...]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """One record, with the chance that its source is wrong, and its weight."""

    day: date
    wrong: float
    weight: float = 1.0
    collected: bool = True


@dataclass(frozen=True, slots=True)
class World:
    """What may be: the rules with their priors, the policies and the levels of noise with theirs."""

    rules: Mapping[Rule, float]
    policies: Sequence[tuple[Policy, float]]
    levels: Sequence[tuple[float, float]]


def priors(default: int, intervals: Sequence[int], weight: Mapping[int, float]) -> dict[Rule, float]:
    weekday = {0: 0.19, 1: 0.19, 2: 0.19, 3: 0.19, 4: 0.19, 5: 0.03, 6: 0.02}
    others = sum(weight[weeks] for weeks in intervals if weeks != default)
    found = {}
    for weeks in intervals:
        share = 0.85 if weeks == default else 0.15 * weight[weeks] / others
        for start in range(7 * weeks):
            monday_based = date.fromordinal(start + 7 * weeks).weekday()
            found[weeks, start] = share * weekday[monday_based] / weeks
    return found


@cache
def is_on(rule: Rule, day: date, policy: Policy) -> bool:
    """Whether a rule's truck comes on a day: whether some nominal day near it is moved there."""
    weeks, start = rule
    nominals = (day + number * DAY for number in range(-31, 32))
    return any(
        nominal.toordinal() % (7 * weeks) == start and shifts.shift(nominal, policy).day == day
        for nominal in nominals
    )


def likelihood(records: Sequence[Seen], rule: Rule, policy: Policy, level: float) -> float:
    """The probability of all records of one rule, against records of random days."""
    by_day = defaultdict(list)
    for row in records:
        by_day[row.day].append(row)
    whole = 1.0
    for day, rows in by_day.items():
        came, stayed_away = (of_day(rows, rule, on, level) for on in (True, False))
        if is_on(rule, day, policy):
            whole *= 0.98 * came + 0.02 * stayed_away
        elif any(is_on(rule, day + number * DAY, policy) for number in range(-3, 4)):
            whole *= 0.02 / 6 * came + (1 - 0.02 / 6) * stayed_away
        else:
            whole *= stayed_away
    return whole


def of_day(rows: Sequence[Seen], rule: Rule, on: bool, level: float) -> float:
    """The probability of all records of one day, whether the truck came or not."""
    whole = 1.0
    for row in rows:
        wrong = 1 - (1 - row.wrong) * (1 - level)
        right = 1 - wrong if not row.collected else 7 * (1 - wrong) + wrong
        whole *= (right if on is row.collected else wrong) ** row.weight
    if on:
        whole *= of_rarity([row for row in rows if row.collected], rule[0], level)
    return whole


def of_rarity(rows: Sequence[Seen], times: float, level: float) -> float:
    """By how much the records of one day are likelier if such days are so many times as rare as a weekly
    rule's: of one record in full, of more their geometric mean, to a power that grows more slowly."""
    weight = sum(row.weight for row in rows)
    whole = 1.0
    for row in rows:
        right = (1 - row.wrong) * (1 - level)
        more = (7 * times * right + 1 - right) / (7 * right + 1 - right)
        whole *= more ** (row.weight / weight)
    return float(whole ** (weight if weight <= 1 else log2(1 + weight)))


def change_days(records: Sequence[Seen]) -> Iterator[tuple[date, float]]:
    """Every Monday on which the rule may have changed, with what weight against no change."""
    day = min(row.day for row in records) + DAY
    while day <= max(row.day for row in records):
        if day.weekday() == 0:
            at_new_year = day.month == 1 and day.day <= 7
            yield day, 0.02 / 52.1775 + (0.02 if at_new_year else 0)
        day += DAY


def posterior(records: Sequence[Seen], world: World) -> dict[Rule, float]:
    """The probability of each rule to be in force at the last record."""
    found = joint(records, world)
    whole = sum(found.values())
    return {rule: value / whole for rule, value in found.items()}


def joint(records: Sequence[Seen], world: World) -> dict[Rule, float]:
    """The same together with all the records: the sum is how likely these are, against random days."""
    found: dict[Rule, float] = dict.fromkeys(world.rules, 0.0)
    changes = list(change_days(records))
    unchanged = 1 / (1 + sum(weight for _, weight in changes))
    for (policy, policy_chance), (level, level_chance) in product(world.policies, world.levels):
        town = policy_chance * level_chance * unchanged
        for rule, chance in world.rules.items():
            found[rule] += town * chance * likelihood(records, rule, policy, level)
        for day, weight in changes:
            early = [row for row in records if row.day < day]
            late = [row for row in records if row.day >= day]
            earlier = sum(
                chance * likelihood(early, rule, policy, level) for rule, chance in world.rules.items()
            )
            for rule, chance in world.rules.items():
                later = chance * likelihood(late, rule, policy, level)
                found[rule] += town * weight * earlier * later
    return found


def of_pair(
    named: tuple[Sequence[Seen], Sequence[Seen]], unnamed: Sequence[Seen], worlds: tuple[World, World]
) -> dict[Rule, float]:
    """The probability of each rule of the first of two containers, without any change: the sum over
    all rules of the second."""
    found: dict[Rule, float] = dict.fromkeys(worlds[0].rules, 0.0)
    for (policy, policy_chance), (level, level_chance) in product(worlds[0].policies, worlds[0].levels):
        ones = {rule: p * likelihood(named[0], rule, policy, level) for rule, p in worlds[0].rules.items()}
        others = {rule: p * likelihood(named[1], rule, policy, level) for rule, p in worlds[1].rules.items()}
        for (one, first), (other, second) in product(ones.items(), others.items()):
            both = of_either(unnamed, one, other, policy, level)
            found[one] += policy_chance * level_chance * first * second * both
    whole = sum(found.values())
    return {rule: value / whole for rule, value in found.items()}


def of_either(records: Sequence[Seen], one: Rule, other: Rule, policy: Policy, level: float) -> float:
    """The probability of records (all collected, no two of a day) that may be of either rule."""
    how_often = 1 / one[0] + 1 / other[0]
    return prod(_of_either(row, one, other, how_often, policy, level) for row in records)


def _of_either(row: Seen, one: Rule, other: Rule, how_often: float, policy: Policy, level: float) -> float:
    wrong = 1 - (1 - row.wrong) * (1 - level)
    emptied = is_on(one, row.day, policy) + is_on(other, row.day, policy)
    if not emptied:
        return float(wrong**row.weight)
    right: float = 7 * emptied / how_often * (1 - wrong) + wrong
    return float(right**row.weight)
