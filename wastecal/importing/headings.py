"""Which column does a clerk mean? Swedish headings and values of a file, as the columns have them.

`Ny dag` is `new_date`, `Inställd` is `cancel`, `H1` is `zone:H1`. Whatever is not known stays as it is,
and is a problem further on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from wastecal import answers
from wastecal.core import scopes
from wastecal.core.overrides import Kind

Rows = Sequence[tuple[int, list[str]]]

_COLUMNS = {
    "key": ("nyckel",),
    "kind": ("vad", "vad händer", "händelse", "typ"),
    "scope": ("för vem", "vem", "gäller", "omfattning", "område", "zon"),
    "containers": ("kärl", "vilka kärl"),
    "date": ("dag", "datum", "ordinarie dag", "från"),
    "new_date": ("ny dag", "nytt datum", "till"),
    "new_date_until": ("till och med", "t.o.m.", "tom", "senast", "ny dag till och med"),
    "reason": ("skäl", "orsak", "anledning", "varför"),
}
_LANGUAGES = {"sv": ("svenska",), "en": ("engelska",)}
_KINDS = {
    Kind.MOVE: ("flytt", "flyttad", "flyttas", "flyttat"),
    Kind.CANCEL: ("inställd", "inställt", "ställs in"),
    Kind.DELAY: ("försenad", "försenat", "försening"),
    Kind.ADD: ("extra", "extra tömning", "extratömning"),
}
_EVERYONE = ("alla", "everyone")


def plain(rows: Rows, languages: Sequence[str]) -> tuple[list[tuple[int, list[str]]], Mapping[str, str]]:
    """The rows with the columns' own names and values, and each name as it was written."""
    if not rows:
        return [], {}
    (number, header), *below = rows
    called = _called(languages)
    named = [called.get(" ".join(cell.lower().split()), cell) for cell in header]
    if len(set(named)) < len(named):  # two headings for one column: let each be seen as it is
        named = header
    written = dict(zip(named, header, strict=True))
    reads = list(map(_readers().get, named))
    return [(number, named), *((at, list(_read(reads, row))) for at, row in below)], written


def _called(languages: Sequence[str]) -> dict[str, str]:
    found = {alias: name for name, aliases in _COLUMNS.items() for alias in aliases if name != "reason"}
    for place, lang in enumerate(languages):
        for word in ("reason", *_COLUMNS["reason"]):
            endings = _LANGUAGES.get(lang, ())
            spelt = [f"{word} ({end})" for end in endings] + [f"{word} på {end}" for end in endings]
            found.update(dict.fromkeys([*spelt, *([word] if place == 0 else [])], f"reason_{lang}"))
    return found


def _readers() -> Mapping[str, Callable[[str], str]]:
    kinds = {alias: kind.value for kind, aliases in _KINDS.items() for alias in aliases}
    zones = {name.casefold(): row.code for row in answers.zones() for name in (row.code, row.name)}
    codes = {
        name.casefold(): row.code
        for row in answers.containers()
        for name in (row.code, *(text for _lang, text in row.name.pairs))
    }

    def scope(cell: str) -> str:
        text = cell.strip().casefold()
        if text in _EVERYONE:
            return scopes.EVERYONE
        return scopes.zone(zones[text]) if text in zones else cell

    def containers(cell: str) -> str:
        parts = [part.strip().casefold() for part in cell.replace(";", ",").split(",")]
        return " ".join(codes[part] for part in parts) if all(part in codes for part in parts) else cell

    return {
        "kind": lambda cell: kinds.get(cell.strip().casefold(), cell),
        "scope": scope,
        "containers": containers,
    }


def _read(reads: Sequence[Callable[[str], str] | None], row: Sequence[str]) -> Iterator[str]:
    for place, cell in enumerate(row):
        read = reads[place] if place < len(reads) else None
        yield read(cell) if read and cell.strip() else cell
