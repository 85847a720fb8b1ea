"""Which of the known addresses did the person mean? First the street, spelled anyhow, then the number."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from wastecal.core import addresses, collation

LISTED = 20
SUGGESTED = 10
# A beginning that fits more streets than this says too little to list their addresses.
MANY_STREETS = 20
# Below this share of common letters a name is no spelling of the other.
ALIKE = 68.0

Street = tuple[str, str]  # locality, street


class Row(Protocol):
    """What an address must show of itself to be found."""

    @property
    def street(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def letter(self) -> str: ...
    @property
    def postcode(self) -> str: ...
    @property
    def locality(self) -> str: ...
    @property
    def slug(self) -> str: ...


R = TypeVar("R", bound=Row)


class Kind(StrEnum):
    ONE = "one"
    SEVERAL = "several"
    NO_NUMBER = "no_number"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Streets:
    """The streets that a query may mean: tiers of equally near ones, the nearest tier first.

    Without tiers there may be `suggestions`, the nearest spellings.
    """

    tiers: tuple[tuple[Street, ...], ...] = ()
    suggestions: tuple[Street, ...] = ()


@dataclass(frozen=True, slots=True)
class Found(Generic[R]):
    """What a search gives: `addresses` best first, at most LISTED, and how many `more` there are.

    For no_number, `addresses` are those of the street whose numbers are nearest to the wanted one.
    """

    kind: Kind
    addresses: tuple[R, ...] = ()
    more: int = 0
    street: Street | None = None
    suggestions: tuple[Street, ...] = ()


class StreetIndex:
    """The streets of one version of the data, ready to be searched; it does not change."""

    def __init__(self, streets: Iterable[Street]) -> None:
        self._streets: dict[str, list[Street]] = {}
        self._shorter: dict[str, list[str]] = {}
        for locality, street in sorted(set(streets)):
            self._add(locality, street)
        self._forms = sorted(self._streets)
        self._stems = [addresses.stem(form) for form in self._forms]
        # Sorted: of two towns spelled alike the same one is meant each time.
        self.localities = tuple(sorted({pair[0] for pairs in self._streets.values() for pair in pairs}))

    def _add(self, locality: str, street: str) -> None:
        form = addresses.normalise(street)
        known = self._streets.setdefault(form, [])
        known.append((locality, street))
        if len(known) == 1 and " " in street:
            shorter = addresses.normalise(street.partition(" ")[2])
            if addresses.stem(shorter):
                self._shorter.setdefault(shorter, []).append(form)

    def match(self, query: addresses.Query) -> Streets:
        if not query.street:
            return Streets()
        exact = self._exact(query)
        if exact:
            return Streets(_by_spelling(query, exact))
        begun = self._begun(query)
        if 0 < len(begun) <= MANY_STREETS and len(query.typed) > 1:
            return Streets((begun,))
        tiers = () if begun else self._close(query)
        return Streets(tiers, () if tiers else self._suggestions(query, begun))

    def _exact(self, query: addresses.Query) -> tuple[Street, ...]:
        """The streets of that name: in the town, else with the town as part of the name, else anywhere."""
        named = self._of((query.street,))
        here = tuple(pair for pair in named if pair[0] == query.locality)
        if here:
            return here
        without_first_word = self._shorter.get(query.street, ())
        return self._of((_with_town(query),)) or named or self._of(without_first_word)

    def _begun(self, query: addresses.Query) -> tuple[Street, ...]:
        """The streets whose names begin so, those in the town alone where there are any."""
        start = bisect_left(self._forms, query.typed)
        stop = bisect_left(self._forms, query.typed + "\x7f")
        return self._in_town(query, self._forms[start:stop])

    def _close(self, query: addresses.Query) -> tuple[tuple[Street, ...], ...]:
        """The streets one or two typos away, in tiers by the number of typos."""
        for name in (query.street, _with_town(query)):
            most = _typos(name)
            hits = process.extract(name, self._forms, scorer=OSA.distance, limit=None, score_cutoff=most)
            by_typos: dict[int, list[str]] = {}
            for form, distance, _ in hits:
                by_typos.setdefault(int(distance), []).append(form)
            if by_typos:
                return tuple(self._in_town(query, by_typos[typos]) for typos in sorted(by_typos))
        return ()

    def _suggestions(self, query: addresses.Query, begun: Sequence[Street]) -> tuple[Street, ...]:
        if begun:
            return tuple(sorted(begun, key=_order))[:SUGGESTED]
        # The whole name, else only its own part: "sockr" for Sockervägen.
        for name, names in ((query.street, self._forms), (addresses.stem(query.typed), self._stems)):
            hits = process.extract(name, names, scorer=fuzz.ratio, limit=SUGGESTED, score_cutoff=ALIKE)
            if hits:
                return self._in_town(query, [self._forms[place] for _, _, place in hits])[:SUGGESTED]
        return ()

    def of_town(self, locality: str) -> tuple[Street, ...]:
        pairs = (pair for pairs in self._streets.values() for pair in pairs if pair[0] == locality)
        return tuple(sorted(pairs, key=_order))

    def _in_town(self, query: addresses.Query, forms: Iterable[str]) -> tuple[Street, ...]:
        pairs = self._of(forms)
        return tuple(pair for pair in pairs if pair[0] == query.locality) or pairs

    def _of(self, forms: Iterable[str]) -> tuple[Street, ...]:
        return tuple(pair for form in forms for pair in self._streets.get(form, ()))


def find(text: str, index: StreetIndex, rows_on: Callable[[Sequence[Street]], Iterable[R]]) -> Found[R]:
    """The addresses that `text` may mean; `rows_on` gives the rows of the streets it is asked for."""
    query = addresses.parse(text, index.localities)
    streets = index.match(query)
    nearest: tuple[R, ...] = ()
    for tier in streets.tiers:
        kind, chosen = choose(query, rows_on(tier))
        if kind in (Kind.ONE, Kind.SEVERAL):
            return Found(kind, chosen[:LISTED], len(chosen) - len(chosen[:LISTED]))
        nearest = nearest or chosen
    if streets.tiers:
        return _without_number(streets.tiers[0], nearest)
    return Found(Kind.NONE, suggestions=streets.suggestions or _of_the_town(query, index))


def choose(query: addresses.Query, candidates: Iterable[R]) -> tuple[Kind, tuple[R, ...]]:
    """The candidates that fit the number, best first; for no_number all, the nearest numbers first."""
    rows = sorted(candidates, key=_row_order)
    if not rows:
        return Kind.NONE, ()
    if not query.number:
        return _one_or_several(query, [row for row in rows if _was_postcode(query, row)] or rows)
    for fits in (_same_house, _same_number, _same_base):
        fitting = [row for row in rows if fits(query, row)]
        if fitting:
            return _one_or_several(query, fitting)
    return Kind.NO_NUMBER, tuple(sorted(rows, key=lambda row: _farness(query, row)))


def _one_or_several(query: addresses.Query, rows: Sequence[R]) -> tuple[Kind, tuple[R, ...]]:
    there = [row for row in rows if query.postcode and row.postcode.replace(" ", "") == query.postcode]
    fitting = tuple(there or rows)
    return (Kind.ONE if len(fitting) == 1 else Kind.SEVERAL), fitting


def _was_postcode(query: addresses.Query, row: Row) -> bool:
    """`100-11`, typed with a space, was read as a postcode."""
    number, _, suffix = row.number.partition("-")
    return bool(query.postcode) and query.postcode == number + suffix.zfill(2)


def _same_house(query: addresses.Query, row: Row) -> bool:
    return (row.number, row.letter.upper()) == (query.number, query.letter)


def _same_number(query: addresses.Query, row: Row) -> bool:
    """The number has letters, and none was said."""
    return row.number == query.number and not query.letter


def _same_base(query: addresses.Query, row: Row) -> bool:
    """`9` for `9-0`, `75` for `75-20` (and `9-0` for `9`), with the letter if one was said."""
    if query.letter not in ("", row.letter.upper()):
        return False
    return query.number in (addresses.base(row.number), f"{row.number}-0")


def _farness(query: addresses.Query, row: Row) -> int:
    """How far apart the numbers are; a row without one is farthest."""
    digits = re.match(r"[0-9]{1,9}", row.number)
    return abs(int(digits[0]) - int(addresses.base(query.number))) if digits else 10**9


def _without_number(tier: Sequence[Street], nearest: Sequence[R]) -> Found[R]:
    """The number is not there; the street is, if only one name fits."""
    if not nearest or len({street for _, street in tier}) > 1:
        return Found(Kind.NONE, suggestions=tuple(tier[:SUGGESTED]))
    street = (nearest[0].locality, nearest[0].street)
    others = tuple(pair for pair in tier if pair != street)[:SUGGESTED]
    listed = tuple(nearest[:LISTED])
    return Found(Kind.NO_NUMBER, listed, len(nearest) - len(listed), street, others)


def _of_the_town(query: addresses.Query, index: StreetIndex) -> tuple[Street, ...]:
    """For the name of a town alone, its first streets."""
    towns = [name for name in index.localities if addresses.normalise(name) == query.street != ""]
    return index.of_town(min(towns))[:SUGGESTED] if towns else ()


def _by_spelling(query: addresses.Query, exact: Sequence[Street]) -> tuple[tuple[Street, ...], ...]:
    """The streets of one normal form, those written just as typed (Ängsväg, Ängsvägen) before the others."""
    literal = tuple(pair for pair in exact if addresses.plain(pair[1]) == query.typed)
    others = tuple(pair for pair in exact if pair not in literal)
    return tuple(tier for tier in (literal, others) if tier)


def _with_town(query: addresses.Query) -> str:
    """The street if the town was no town but its first word ("Hököpinge ängaväg")."""
    return addresses.normalise(query.locality) + query.street


def _typos(name: str) -> int:
    """How many typos are forgiven, by the letters before "vägen": none in one, one in four, two in more."""
    own = len(addresses.stem(name))
    return 0 if own < 2 else 1 if own < 5 else 2


def _order(pair: Street) -> tuple[tuple[str, str], ...]:
    return collation.key(pair[1]), collation.key(pair[0])


def _row_order(row: Row) -> tuple[tuple[str, str], ...]:
    names = (row.street, row.locality, row.number, row.letter, row.slug)
    return tuple(collation.key(name) for name in names)
