"""What do somebody's own days say of one house, together with what others have said of its street?"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wastecal.core.evidence import Evidence
from wastecal.core.reconstruction import findings, histories, posterior
from wastecal.core.reconstruction.candidates import Candidate
from wastecal.core.reconstruction.findings import Possibility, Stretch, Verdict
from wastecal.core.reconstruction.histories import Era, Likely
from wastecal.core.reconstruction.likelihood import Circumstance, Model
from wastecal.core.reconstruction.posterior import Posterior

SAME = 0.97
"""How likely a house is emptied as others on its street are, before anything is known of either."""
_MOST_TO_COME = 4
_FEW = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of one container at a house: the likeliest rules, and how the own days fit them.

    Own days that name no container are judged for each that everybody has.
    """

    present: Posterior
    stretches: tuple[Stretch, ...]
    verdict: Verdict

    @property
    def possibilities(self) -> tuple[Possibility, ...]:
        return findings.possibilities(self.present)


def of_house(own: Iterable[Evidence], others: Iterable[Evidence], model: Model) -> Mapping[str, Asked]:
    """What is known of each container that the own days or those of others speak of.

    The own days weigh in full, for nobody else hears this answer. A record of others that says the same
    as one of them is left out: most likely it is that same one, sent in before.
    """
    mine = list(dict.fromkeys(own))
    theirs = [row for row in others if not any(_is_same(row, one) for one in mine)]
    found = _blended(mine, theirs, model)
    return {
        container: Asked(present, rules, _judged(mine, rules, model, container, given))
        for container, (present, eras, given) in found.items()
        for rules in [findings.stretches(eras, present)]
    }


_Found = Mapping[str, tuple[Posterior, tuple[Era, ...], Circumstance]]


def _blended(mine: list[Evidence], theirs: list[Evidence], model: Model) -> _Found:
    """Of two possibilities, each with its share: the house is emptied as its street is, or by itself."""
    alone = histories.likely(mine, model)
    if not theirs:
        return _only(alone)
    street, both = histories.likely(theirs, model), histories.likely([*mine, *theirs], model)
    logs = [math.log(SAME) + both.evidence - street.evidence, math.log(1 - SAME) + alone.evidence]
    chief = both if logs[0] >= logs[1] else alone
    return {
        container: (
            posterior.mixed(
                [
                    (_present(each, container, model), log)
                    for each, log in zip((both, alone), logs, strict=True)
                ]
            ),
            (chief if container in chief.histories else both).histories[container].eras,
            chief.given,
        )
        for container in both.histories
    }


def _only(alone: Likely) -> _Found:
    return {code: (row.present, row.eras, alone.given) for code, row in alone.histories.items()}


def _present(each: Likely, container: str, model: Model) -> Posterior:
    if container in each.histories:
        return each.histories[container].present
    return posterior.nothing(model.prior(container))


def _is_same(one: Evidence, other: Evidence) -> bool:
    return (one.date, one.kind) == (other.date, other.kind) and one.container in (other.container, "")


def _judged(
    mine: Iterable[Evidence], rules: tuple[Stretch, ...], model: Model, container: str, given: Circumstance
) -> Verdict:
    main = container in model.main
    rows = [row for row in mine if row.container == container or (main and not row.container)]
    return findings.judge(rows, rules, model, container, given)


def days_wanted(own: Iterable[Evidence], container: str, model: Model, enough: float) -> int | None:
    """With how many more days of the likeliest rule it would be at least as likely as `enough`.

    None where a few would not do, or nothing points to a rule.
    """
    mine = list(own)
    if not mine or len(mine) > _FEW:
        return None
    rule = _likeliest(mine, container, model)
    if rule is None:
        return None
    last = max(row.date for row in mine)
    days = _days_before(rule, last, {row.date for row in mine if row.container in (container, "")})
    for number in range(1, _MOST_TO_COME + 1):
        more = [Evidence(day, mine[0].locality, mine[0].street, container=container) for day in days[:number]]
        known = histories.infer([*mine, *more], model)[container].present.probabilities
        if max(known) >= enough:
            return number
    return None


def _likeliest(mine: list[Evidence], container: str, model: Model) -> Candidate | None:
    found = histories.infer(mine, model).get(container)
    return findings.possibilities(found.present)[0].candidate if found else None


def _days_before(rule: Candidate, last: date, known: set[date]) -> list[date]:
    """Days of the rule from the last known day back, without those known already."""
    start = rule.first_from(last + timedelta(days=1))
    back = (start - timedelta(days=rule.spacing * number) for number in range(1, 3 * _FEW))
    return [day for day in back if day not in known]
