"""Which rules has one place had, one after the other, and which is in force now?"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wastecal.core.evidence import Evidence
from wastecal.core.reconstruction import likelihood, pairs, posterior, units
from wastecal.core.reconstruction.candidates import Prior
from wastecal.core.reconstruction.likelihood import Circumstance, Day, Model
from wastecal.core.reconstruction.logarithms import log_sum
from wastecal.core.reconstruction.pairs import Side
from wastecal.core.reconstruction.posterior import Posterior
from wastecal.core.reconstruction.units import ByContainer, Weighed

_CERTAIN_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Era:
    """From `start` on (None: as far back as is known) the rule of a container is one."""

    start: date | None
    posterior: Posterior


@dataclass(frozen=True, slots=True)
class History:
    """The eras of a container at a place, oldest first, and what is in force in the last of them.

    `evidence` is the logarithm of the probability of all its records.
    """

    eras: tuple[Era, ...]
    present: Posterior
    evidence: float


@dataclass(frozen=True, slots=True)
class Place:
    """The history of each container of which anything is known, and the logarithm of the
    probability of all the records."""

    histories: Mapping[str, History]
    evidence: float


def named(evidence: ByContainer, model: Model) -> ByContainer:
    """The same, where all that names no container is of the only one that everybody has."""
    if "" not in evidence or len(model.main) != 1:
        return evidence
    only = model.main[0]
    others = {code: rows for code, rows in evidence.items() if code not in ("", only)}
    return {**others, only: evidence.get(only, Weighed()) + evidence[""]}


@dataclass(frozen=True, slots=True)
class Likely:
    """The histories at one place over all circumstances, the likeliest circumstance, and the logarithm
    of the probability of all the records."""

    histories: Mapping[str, History]
    given: Circumstance
    evidence: float


def infer(records: Iterable[Evidence], model: Model) -> Mapping[str, History]:
    """The history of each container at one place alone, from what was seen there."""
    return likely(records, model).histories


def likely(records: Iterable[Evidence], model: Model) -> Likely:
    """The same with what they were inferred under."""
    evidence = named(units.evidence_of(records), model)
    parts = [
        (of_place(evidence, model, given), math.log(chance), given) for given, chance in model.circumstances
    ]
    best, _, given = max(parts, key=lambda part: part[0].evidence + part[1])
    found = {
        container: History(
            history.eras,
            posterior.mixed(
                [(part.histories[container].present, part.evidence + chance) for part, chance, _ in parts]
            ),
            history.evidence,
        )
        for container, history in best.histories.items()
    }
    whole = log_sum([part.evidence + chance for part, chance, _ in parts])
    return Likely(found, given, whole)


def of_place(evidence: ByContainer, model: Model, given: Circumstance) -> Place:
    """What one place's records say where holiday policy and noise are given.

    A record that names no container counts where it may be of one of two, and else for nothing.
    """
    days = {
        container: likelihood.days(rows.records, rows.weights, model, container, given)
        for container, rows in evidence.items()
        if container or len(model.main) == 2
    }
    found = {code: of_days(model.prior(code), rows) for code, rows in days.items()}
    if "" not in found:
        return Place(found, sum(history.evidence for history in found.values()))
    return _with_unnamed(evidence, model, given, found)


def of_days(before: Prior, days: Sequence[Day], start: date | None = None) -> History:
    """One era, or several where a change is likelier than none: each part is looked at again."""
    whole = posterior.of_days(before, days)
    if whole.change is None or whole.changed <= _CERTAIN_ENOUGH:
        return History((Era(start, whole),), whole, whole.evidence)
    monday = whole.change.monday
    earlier = of_days(before, [row for row in days if row.day < monday], start)
    later = of_days(before, [row for row in days if row.day >= monday], monday)
    present = whole if len(later.eras) == 1 else later.present
    return History(earlier.eras + later.eras, present, whole.evidence)


def _with_unnamed(
    evidence: ByContainer, model: Model, given: Circumstance, found: Mapping[str, History]
) -> Place:
    """With the records that may be of either of two containers, those since the last change of any."""
    starts = [era.start for history in found.values() for era in history.eras if era.start]
    rest = {code: rows.since(max(starts, default=None)) for code, rows in evidence.items()}
    one, other = (_side(code, rest, model, given) for code in model.main)
    joint = pairs.posteriors((one, other), rest[""].records, rest[""].weights, model, given)
    kept = {code: history for code, history in found.items() if code and code not in model.main}
    for code, part in zip(model.main, joint, strict=True):
        *earlier, last = found[code].eras if code in found else (Era(max(starts, default=None), part),)
        kept[code] = History((*earlier, Era(last.start, part)), part, part.evidence)
    others = sum(history.evidence for code, history in kept.items() if code not in model.main)
    return Place(kept, others + joint[0].evidence)


def _side(code: str, evidence: ByContainer, model: Model, given: Circumstance) -> Side:
    rows = evidence.get(code, Weighed())
    calendar = likelihood.days_of(model, code, given)
    return Side(calendar, likelihood.days(rows.records, rows.weights, model, code, given))
