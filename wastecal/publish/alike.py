"""Which places have files alike but for their names, and how does one file become another's?

Rendering a page takes milliseconds, and a town has many thousands. Most addresses of a zone have the
same days, so their files differ in nothing but the name. One of a class is rendered with marks in
place of its name; the others are made of that by putting their own names in. Two guards keep this
equal to rendering each: the class of every form is checked on a real member, byte for byte, and
names that a renderer might write in another way than they are (`&`, a comma) are not put in at all.
Decision 20.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from wastecal.answers import Everything, Named
from wastecal.core import addresses, ics
from wastecal.core.places import Place
from wastecal.core.rows import Address
from wastecal.publish.edition import Edition, Subject, Twin
from wastecal.publish.site import Form

FEW = 2
"""Up to so many members rendering each is no slower: a class is rendered twice."""

_MARKS = tuple(f"zqx{letter}xqz" for letter in "abcdefghijkl")
_MARK = re.compile("|".join(_MARKS).encode())
_INDEX = {mark.encode(): index for index, mark in enumerate(_MARKS)}
_SLUG, _NAME, _STREET = _MARKS[0:3], _MARKS[3:6], _MARKS[6:8]
_STREET_NAME, _HOUSE, _POSTCODE, _LOCALITY = _MARKS[8:12]
_PLAIN = re.compile(r"(?:(?:[\w.:/()–-]+ )*[\w.:/()–-]+)?")
"""Names that mean the same in a page, in JSON and in a calendar: nothing in them is ever escaped."""
_CALENDAR = ".ics"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Bytes with holes: at every other place of `parts` stands what has the index in `holes`."""

    parts: tuple[bytes, ...]
    holes: tuple[int, ...]

    def filled(self, values: Sequence[bytes]) -> bytes:
        parts = list(self.parts)
        parts[1::2] = [values[hole] for hole in self.holes]
        return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Class:
    """The files of places that are alike: by patterns; with a twin's days; and rendered for each.

    A path is a pattern in any case.
    """

    members: tuple[Named, ...]
    twin: Twin
    patterns: tuple[tuple[Pattern, Pattern], ...]
    lines: tuple[Pattern, ...]
    twinned: tuple[tuple[Pattern, Form], ...] = ()
    singly: tuple[Form, ...] = ()

    @property
    def weight(self) -> int:
        """How long it takes, roughly, in files that are filled in."""
        return len(self.members) * (len(self.patterns) + len(self.twinned) + 40 * len(self.singly))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The path and the bytes of each file of each member."""
        for member in self.members:
            values = self._values(member)
            yield from self._filled(values)
            yield from self._twinned(member, values)
            if self.singly:
                yield from rendered(self.twin.edition, member, self.singly)

    def _values(self, member: Named) -> list[bytes]:
        values = [value.encode() for value in _values(member)]
        return values + [ics.fold(line.filled(values).decode()).encode() for line in self.lines]

    def _filled(self, values: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
        for path, body in self.patterns:
            yield path.filled(values).decode(), body.filled(values)

    def _twinned(self, member: Named, values: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
        subject = Subject(member, self.twin)
        for path, form in self.twinned:
            yield path.filled(values).decode(), form.body(subject)


def rendered(edition: Edition, named: Named, forms: Iterable[Form]) -> Iterator[tuple[str, bytes]]:
    """The files of one place, each rendered by itself."""
    subject = Subject.of(edition, named)
    for form in forms:
        yield form.of(subject)


@dataclass(frozen=True, slots=True)
class Group:
    """Places that should be alike, not yet rendered: what is shared out between processes."""

    edition: Edition
    members: tuple[Named, ...]
    forms: tuple[Form, ...]
    plain: bool

    @property
    def weight(self) -> int:
        return len(self.forms) * (len(self.members) + 80 if self.is_class else 40 * len(self.members))

    @property
    def is_class(self) -> bool:
        return self.plain and len(self.members) > FEW

    def files(self) -> Iterator[tuple[str, bytes]]:
        if self.is_class:
            yield from of(self).files()
            return
        for member in self.members:
            yield from rendered(self.edition, member, self.forms)


def groups(edition: Edition, wanted: Iterable[Named], forms: Sequence[Form]) -> list[Group]:
    """The places parted into those that should be alike."""
    found: defaultdict[tuple[object, ...], list[Named]] = defaultdict(list)
    for named in wanted:
        found[_likeness(edition.everything, named)].append(named)
    return [Group(edition, tuple(members), tuple(forms), bool(key[0])) for key, members in found.items()]


def of(group: Group) -> Class:
    """The group with what holds for the member that is least like the first."""
    first = group.members[0]
    witness = max(group.members[1:], key=_strangeness)
    marked = rendered(group.edition, _marked(first, group.edition.everything), group.forms)
    lines: dict[bytes, int] = {}
    tried = [(_pattern(path.encode()), _pattern_of_file(path, body, lines)) for path, body in marked]
    twin = Twin(group.edition, first)
    attempt = Class(group.members, twin, tuple(tried), tuple(map(_pattern, lines)))
    real = list(rendered(group.edition, witness, group.forms))
    values = attempt._values(witness)
    holds = [made == wanted for made, wanted in zip(attempt._filled(values), real, strict=True)]
    apart = [
        (path, form, file)
        for (path, _), form, file, held in zip(tried, group.forms, real, holds, strict=True)
        if not held
    ]
    attempt = replace(
        attempt,
        patterns=tuple(pattern for pattern, held in zip(tried, holds, strict=True) if held),
        twinned=tuple((path, form) for path, form, _ in apart),
    )
    made = list(attempt._twinned(witness, values))
    return replace(
        attempt,
        twinned=tuple(
            (path, form) for (path, form, file), one in zip(apart, made, strict=True) if one == file
        ),
        singly=tuple(form for (_, form, file), one in zip(apart, made, strict=True) if one != file),
    )


def _pattern_of_file(path: str, body: bytes, lines: dict[bytes, int]) -> Pattern:
    """Of a calendar whole lines are holes, for they are folded by their length; `lines` collects them."""
    if not path.endswith(_CALENDAR):
        return _pattern(body)
    parts, holes = [b""], []
    for folded in re.split(rb"(?<=\r\n)(?! )", body):
        line = folded.replace(b"\r\n ", b"").removesuffix(b"\r\n")
        if not _MARK.search(line):
            parts[-1] += folded
            continue
        holes.append(len(_MARKS) + lines.setdefault(line, len(lines)))
        parts += [b"", b""]
    return Pattern(tuple(parts), tuple(holes))


def _pattern(text: bytes) -> Pattern:
    holes = tuple(_INDEX[mark] for mark in _MARK.findall(text))
    parts = _MARK.split(text)
    between = [b""] * (len(parts) + len(holes))
    between[::2] = parts
    return Pattern(tuple(between), holes)


def _likeness(known: Everything, named: Named) -> tuple[object, ...]:
    """What decides the answer and the shape of the name; first whether members may be filled in."""
    place, row = named.place, named.place.address
    bearing = _bearing(known, place)
    own = any(scope.startswith("address:") for scope in bearing)
    if row is None or own or not _is_plain(named) or known.beside(place):
        return False, place.slug, named.slug
    on_street = place.street if _has_street(bearing) else ""
    shape = bool(_house(row)), bool(row.postcode.strip()), named.slug == place.slug
    return True, place.zone, place.moves, place.newest, row.kind, bearing, on_street, shape


def _bearing(known: Everything, place: Place) -> tuple[str, ...]:
    """The scopes of a place in which anything was ever said."""
    tables = known.register.rules, known.register.overrides, known.register.notices
    return tuple(scope for scope in place.scopes_ever if any(scope in table for table in tables))


def _has_street(bearing: Iterable[str]) -> bool:
    return any(scope.startswith("street:") for scope in bearing)


def _is_plain(named: Named) -> bool:
    return all(map(_PLAIN.fullmatch, _values(named)))


def _values(named: Named) -> tuple[str, ...]:
    """What stands in place of each of the marks."""
    row = named.place.address
    assert row is not None
    postcode = addresses.label("", "", "", row.postcode, "")
    return (
        *named.place.slug.split("/"),
        *named.slug.split("/"),
        *named.place.street.split("/"),
        row.street,
        _house(row),
        postcode,
        row.locality,
    )


def _house(row: Address) -> str:
    return row.number + row.letter


def _marked(named: Named, known: Everything) -> Named:
    """The place with marks for its names, and with all that bears on it."""
    place, row = named.place, named.place.address
    assert row is not None
    marked = replace(
        row,
        street=_STREET_NAME,
        number=_HOUSE if _house(row) else "",
        letter="",
        postcode=_POSTCODE if row.postcode.strip() else "",
        locality=_LOCALITY,
        slug="/".join(_SLUG),
    )
    street = place.street if _has_street(_bearing(known, place)) else "/".join(_STREET)
    slug = marked.slug if named.slug == place.slug else "/".join(_NAME)
    return Named(replace(place, slug=marked.slug, address=marked, street=street), slug)


def _strangeness(named: Named) -> tuple[int, int]:
    """How many unusual signs are in its names, and how long they are: a likely one to be written apart."""
    text = "".join(_values(named))
    return sum(not (sign.isascii() and sign.isalnum()) for sign in text), len(text)
