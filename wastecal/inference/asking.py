"""What do the days that a resident remembers say of a house, with what is kept of its street?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wastecal import answers
from wastecal.core import reconstruction
from wastecal.core.answer import Answer
from wastecal.core.evidence import Evidence
from wastecal.core.reconstruction import Asked, Model
from wastecal.inference.report import evidence, model

MOST = 40
"""So many of the newest records are counted with, of the resident and of the street: it must be fast."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of each container; `others` is how many records of others were counted in.

    `wanted`: how many more days of the same rule would make it as good as certain, where that is known.
    """

    containers: Mapping[str, Asked]
    others: int
    wanted: Mapping[str, int]


def ask(answer: Answer, own: Sequence[Evidence]) -> Found:
    """What the own days say of the containers that stand at the answer's address. It stores nothing."""
    said = _model(answer)
    mine = _newest(own)
    others = _newest(row for row in evidence({answer.place.street}) if row.container in ("", *said.defaults))
    found = reconstruction.of_house(mine, others, said)
    return Found(found, len(others), dict(_wanted(found, mine, said, answer.town.certain_from)))


def _model(answer: Answer) -> Model:
    """As for the whole town, with the containers of the place alone."""
    known = answers.known()
    whole = model(known.register) if known else Model({})
    own = [row.container.code for row in answer.standings if row.emptied]
    optional = [row.container.code for row in answer.optional]
    defaults = {code: whole.defaults.get(code) for code in (*own, *optional)}
    return replace(whole, defaults=defaults, optional=frozenset(optional))


def _newest(rows: Iterable[Evidence]) -> list[Evidence]:
    return sorted(rows, key=lambda row: row.date)[-MOST:]


def _wanted(
    found: Mapping[str, Asked], mine: Sequence[Evidence], said: Model, enough: float
) -> Iterator[tuple[str, int]]:
    for code, row in found.items():
        if max(row.present.probabilities) < enough:
            number = reconstruction.days_wanted(mine, code, said, enough)
            if number:
                yield code, number
