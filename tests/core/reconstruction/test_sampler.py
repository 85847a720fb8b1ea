"""Is each way to seat the streets drawn as often as it is likely? Against all ways, one by one."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from math import exp, lgamma, log, prod

import pytest

from wastecal.core import reconstruction
from wastecal.core.evidence import Evidence, Kind
from wastecal.core.reconstruction import Model, Unit, sampler
from wastecal.core.reconstruction.tables import Zone
from wastecal.core.reconstruction.units import evidence_of

DEFAULTS = {"karl-1": 2, "karl-2": 4}
MODEL = Model(DEFAULTS)
MONDAY = date(2026, 3, 2)
SMS = 0.03
EVEN = (0.5, *(2**power for power in range(11)))
"""How even zones may be in size; each is as likely as the others."""

Rule = tuple[int, int]  # every so many weeks; the remainder of its days' ordinals
Days = dict[str, list[tuple[date, Kind]]]  # what was seen on a street, by container


def partitions(names: Sequence[str]) -> Iterator[list[list[str]]]:
    """All ways to put them in groups."""
    if not names:
        yield []
        return
    first, *rest = names
    for groups in partitions(rest):
        yield [[first], *groups]
        for place, group in enumerate(groups):
            yield [*groups[:place], [first, *group], *groups[place + 1 :]]


def before(sizes: Sequence[int], even: float) -> float:
    """How likely zones are of these sizes: over all numbers of zones in the town, each k with 1/k."""
    count, units = len(sizes), sum(sizes)
    ways = sum(
        exp(lgamma(k + 1) - lgamma(k - count + 1) - log(k) + lgamma(even * k) - lgamma(even * k + units))
        for k in range(count, 4000)
    )
    return ways * prod(exp(lgamma(size + even) - lgamma(even)) for size in sizes)


def fits(days: Sequence[tuple[date, Kind]], rule: Rule, level: float, besides: bool) -> float:
    """How likely a street's records are under a rule, against random days."""
    weeks, phase = rule
    error = 1 - (1 - SMS) * (1 - level)
    hits = [((day.toordinal() - phase) % (7 * weeks) == 0, kind) for day, kind in days]
    came = [hit for hit, kind in hits if kind is Kind.COLLECTED]
    each = prod(7 * weeks * (1 - error) + error if hit else error for hit in came)
    if besides and came:
        all_wrong = error ** len(came)
        each = (1 - SMS) * (each - all_wrong) / (1 - all_wrong) + SMS
    return each * prod(error if hit else 1 - error for hit, kind in hits if kind is Kind.NOT_COLLECTED)


def exact(
    streets: dict[str, Days], rules: dict[str, dict[Rule, float]]
) -> dict[str, dict[str, dict[Rule, float]]]:
    """The probability of each rule of each street and container: every partition, noise and evenness."""
    noises = [(level, False, share / (2 if level else 1)) for level, share in MODEL.levels]
    noises += [(level, True, share / 2) for level, share in MODEL.levels if level]
    found = {name: {code: dict.fromkeys(rules[code], 0.0) for code in rules} for name in streets}
    sizes = {}
    for level, besides, chance in noises:
        said = {
            (name, code): {rule: fits(days.get(code, []), rule, level, besides) for rule in rules[code]}
            for name, days in streets.items()
            for code in rules
        }
        of_group = {}
        for groups in partitions(list(streets)):
            key = tuple(sorted(map(len, groups)))
            if key not in sizes:
                sizes[key] = sum(before(key, even) for even in EVEN)
            for group in map(tuple, groups):
                if group not in of_group:
                    of_group[group] = {
                        code: {r: p * prod(said[n, code][r] for n in group) for r, p in rules[code].items()}
                        for code in rules
                    }
            whole = {g: {code: sum(of_group[g][code].values()) for code in rules} for g in map(tuple, groups)}
            weight = chance * sizes[key] * prod(prod(row.values()) for row in whole.values())
            for group, code in product(whole, rules):
                for rule, value in of_group[group][code].items():
                    for name in group:
                        found[name][code][rule] += weight * value / whole[group][code]
    for rows in found.values():
        for row in rows.values():
            total = sum(row.values())
            row.update({rule: value / total for rule, value in row.items()})
    return found


def drawn(dice: random.Random) -> dict[str, Days]:
    """Six streets of two zones: some records are wrong, some missing, some of days without a collection."""
    streets: dict[str, Days] = {}
    for number in range(6):
        zone = number % 2
        days: Days = {}
        for code, weeks in DEFAULTS.items():
            for _ in range(dice.choice((0, 1, 1, 2)) if code == "karl-2" else 1):
                right = MONDAY + timedelta(days=3 * zone + 7 * weeks * dice.randrange(12 // weeks))
                wrong = MONDAY + timedelta(days=dice.randrange(84))
                days.setdefault(code, []).append((right if dice.random() < 0.7 else wrong, Kind.COLLECTED))
        if dice.random() < 0.5:
            days["karl-1"].append((MONDAY + timedelta(days=dice.randrange(84)), Kind.NOT_COLLECTED))
        streets[f"street:gata-{number}"] = {code: sorted(set(row)) for code, row in days.items()}
    return streets


def unit(name: str, days: Days) -> Unit:
    rows = [Evidence(day, "By", name, container=code, kind=kind) for code in days for day, kind in days[code]]
    return Unit(name, "", evidence_of(rows))


@pytest.mark.parametrize("seed", range(2))
def test_rules_are_as_likely_as_over_all_ways_to_seat_the_streets(seed: int) -> None:
    streets = drawn(random.Random(seed))
    units = [unit(name, days) for name, days in streets.items()]
    rules = {
        code: {
            (row.interval, row.phase): chance
            for row, chance in zip(MODEL.prior(code).candidates, MODEL.prior(code).probabilities, strict=True)
        }
        for code in DEFAULTS
    }
    told = sampler.averaged(units, MODEL, (), dict.fromkeys(streets, Zone(0, "")), kept=2000)
    for name, by_code in exact(streets, rules).items():
        for code, expected in by_code.items():
            for share, (rule, chance) in zip(told[name][code].probabilities, expected.items(), strict=True):
                assert share == pytest.approx(chance, abs=0.02), (name, code, rule)


def test_equal_records_give_equal_answers_in_any_order() -> None:
    streets = drawn(random.Random(7))
    found = []
    for names in (list(streets), list(streets)[::-1]):
        town = reconstruction.reconstruct([unit(name, streets[name]) for name in names], MODEL)
        found.append({street.unit.name: street.findings for street in town.streets})
    assert found[0].keys() == found[1].keys()
    for name, rows in found[0].items():
        for code, finding in rows.items():
            other = found[1][name][code].present.probabilities
            assert finding.present.probabilities == pytest.approx(other, abs=1e-9)


def test_streets_with_many_records_are_not_drawn() -> None:
    days = {"karl-1": [(MONDAY + timedelta(days=14 * number), Kind.COLLECTED) for number in range(5)]}
    units = [unit(f"street:gata-{number}", days) for number in range(3)]
    assert not sampler.is_needed(units)
    few = [unit(name, {"karl-1": days["karl-1"][:2]}) for name in ("street:gata-1", "street:gata-2")]
    assert sampler.is_needed(few)
    assert not sampler.is_needed(few[:1])  # alone it is exact
