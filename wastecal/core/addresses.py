"""What is this address called, and what did a person mean who typed one? Slugs, labels and readings."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wastecal.core import collation

LONGEST = 200

# Before another word: what people and signs shorten.
FIRST_WORDS = {
    "n": "norra", "n:a": "norra", "na": "norra", "s": "sodra", "s:a": "sodra", "sa": "sodra",
    "o": "ostra", "o:a": "ostra", "v": "vastra", "v:a": "vastra", "va": "vastra",
    "st": "sankt", "s:t": "sankt", "s:ta": "sankta", "st:a": "stora",
    "l": "lilla", "l:a": "lilla", "g:la": "gamla",
}  # fmt: skip
# At the end: the form without article, or shortened, and the form in which we compare.
LAST_WORDS = {
    "vag": "vagen", "vg": "vagen", "gata": "gatan", "gat": "gatan", "grand": "granden", "gr": "granden",
    "torg": "torget", "stig": "stigen", "alle": "allen", "plats": "platsen", "park": "parken",
    "plan": "planen", "backe": "backen",
}  # fmt: skip
ONE_LETTER = {"v": "vagen", "g": "gatan"}
GENERIC = tuple(sorted(set(LAST_WORDS.values())))

_WORD = re.compile(r"[a-z0-9]+(?::[a-z]+)?")
_DASHES = re.compile(r"\s*[‐‑‒–—―−﹣-]\s*")
_POSTCODE = re.compile(r"(?<![\w-])(?:SE?[-\s]?)?([1-9]\d\d)\s?(\d\d)(?![\w-])", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<!\d)([0-9]{1,4})(?:\s?[-:/]\s?([0-9]{1,3}))?(?!\d|\s?[-:/]\s?\d)(?:[\s-]?([a-zåäö])(?!\w|\.\w))?",
    re.IGNORECASE,
)
_WITHIN_HOUSE = re.compile(
    r"\b(?:lgh|lägenhet|apt|vån|våning)\.?\s*\d+|\b\d+\s*tr\b\.?|\bn[ro]\b\.?(?=\s*\d)", re.IGNORECASE
)
_SEGMENTS = re.compile(r"[,;()\n\t]")


@dataclass(frozen=True, slots=True)
class Query:
    """An address as far as it was understood; what was not said is empty.

    `street` is in the form of `normalise`; `typed` is the same without its end completed,
    for a name that is still being typed; `locality` is one of the known ones.
    """

    street: str
    number: str = ""
    letter: str = ""
    locality: str = ""
    postcode: str = ""
    typed: str = ""


@lru_cache(maxsize=1 << 16)  # the same streets and towns come again and again
def slug_part(text: str) -> str:
    """Only a-z, 0-9 and single dashes; empty for a text without any of these."""
    return re.sub(r"[^a-z0-9]+", "-", collation.fold(text)).strip("-")


def slug(locality: str, street: str, number: str, letter: str) -> str:
    """`hollviken/falsterbovagen/12b`: the permanent name; a part without usable letters is `-`."""
    return "/".join(slug_part(part) or "-" for part in (locality, street, number + letter))


def slug_with_postcode(locality: str, street: str, number: str, letter: str, postcode: str) -> str:
    """`vellinge/bruksvagen-23543/12`: for a later address that would share the plain slug."""
    return slug(locality, f"{street} {postcode.replace(' ', '')}", number, letter)


def label(street: str, number: str, letter: str, postcode: str, locality: str) -> str:
    """`Falsterbovägen 12B, 236 51 Höllviken`, without what is empty."""
    digits = postcode.replace(" ", "")
    spaced = f"{digits[:3]} {digits[3:]}" if len(digits) == 5 and digits.isdecimal() else postcode.strip()
    house = f"{street} {number}{letter}".strip()
    town = f"{spaced} {locality}".strip()
    return ", ".join(part for part in (house, town) if part)


def split_number(text: str) -> tuple[str, str] | None:
    """Number and letter of what stands after a street ("12 b", "9-0E", "68–18"); None for anything else."""
    found = _NUMBER.fullmatch(_tidy(text))
    return _number_of(found) if found else None


def normalise(text: str) -> str:
    """The form in which streets and towns are compared: one word of a-z and 0-9, written out in full.

    `Sockerv.`, `socker väg` and `Sockervaegen` are all `sockervagen`.
    """
    words = _words(text)
    if len(words) < 2:
        return _full("", "".join(words))
    return _full("".join(words[:-1]), words[-1])


def plain(text: str) -> str:
    """Like `normalise`, but with the end as it stands: `lyckansvag`, `sockerv`."""
    return "".join(_words(text))


def parse(text: str, localities: Collection[str]) -> Query:
    """Reads what a person typed, in any order and spelling; never fails."""
    towns = {_town_form(name): name for name in localities}
    rest, postcode = _postcode_off(_tidy(text))
    rest, locality = _town_segment_off(rest, towns)
    if not locality:
        rest, locality = _town_words_off(rest.split(), towns)
    street, number, letter, tail = _number_off(rest)
    locality = locality or _nearest_town(tail, towns)
    return Query(normalise(street), number, letter, locality, postcode, plain(street))


def base(number: str) -> str:
    """The number before the dash: `68` of `68-18`."""
    return number.partition("-")[0]


def stem(street: str) -> str:
    """What sets a normalised street apart: `socker` of `sockervagen`."""
    for ending in GENERIC:
        if street.endswith(ending):
            return street.removesuffix(ending)
    return street


def _tidy(text: str) -> str:
    """At most LONGEST characters, with one kind of dash and space."""
    # Cut twice: NFKC makes 18 letters of some single ones.
    plain = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    lines = re.sub(r"[\r\n\t]+", ",", plain)
    return _WITHIN_HOUSE.sub(" ", " ".join(_DASHES.sub("-", lines).split()))


def _number_of(found: re.Match[str]) -> tuple[str, str]:
    main, suffix, letter = found.groups()
    number = main.lstrip("0") or "0"
    return (f"{number}-{suffix.lstrip('0') or '0'}" if suffix else number), (letter or "").upper()


def _words(text: str) -> list[str]:
    """The words as a-z and 0-9, those before the last written out in full."""
    spelled = collation.fold(text).replace("'", "").replace("´", "").replace("’", "")
    words = [_one_spelling(word) for word in _WORD.findall(spelled)]
    full = [FIRST_WORDS.get(word, word) for word in words[:-1]] + words[-1:]
    return [word.replace(":", "") for word in full]


def _one_spelling(word: str) -> str:
    return word.replace("aa", "a").replace("ae", "a").replace("oe", "o").replace("w", "v")


def _full(name: str, last: str = "") -> str:
    """The name with its end written out: vägen for v. and väg, gatan for g. and gata."""
    if last in ONE_LETTER:
        return name + ONE_LETTER[last]
    name += last
    if name == "storg":  # No "S torg": half of all towns have a Storgatan.
        return "storgatan"
    for short, full in LAST_WORDS.items():
        if name.endswith(short):
            return name.removesuffix(short) + full
    if len(name) > 3 and name[-1] in ONE_LETTER:
        return name[:-1] + ONE_LETTER[name[-1]]
    return name


@lru_cache(maxsize=4096)
def _town_form(name: str) -> str:
    return normalise(name)


def _postcode_off(text: str) -> tuple[str, str]:
    found = _POSTCODE.search(text)
    if not found:
        return text, ""
    return f"{text[: found.start()]}, {text[found.end() :]}".strip(" ,"), found[1] + found[2]


def _town_segment_off(text: str, towns: Mapping[str, str]) -> tuple[str, str]:
    """Takes off what stands between commas and is a town, or stands beside the house and is nothing else."""
    segments = [part.strip() for part in _SEGMENTS.split(text) if part.strip()]
    house = next((part for part in segments if _is_house(part)), "")
    kept, locality = [], ""
    for part in segments:
        town = "" if part == house or len(segments) == 1 else _nearest_town(part, towns)
        locality = locality or town
        if part == house or (not town and (not house or _has_digit(part))):
            kept.append(part)
    return " ".join(kept), locality


def _is_house(part: str) -> bool:
    """A street with its number, as against a street, a number or a town alone."""
    return _has_digit(part) and split_number(part) is None


def _has_digit(text: str) -> bool:
    return any(char.isdecimal() for char in text)


def _has_letter(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _town_words_off(words: Sequence[str], towns: Mapping[str, str]) -> tuple[str, str]:
    """Takes a town off the end, else off the beginning, where a street remains."""
    for size in range(min(4, len(words) - 1), 0, -1):
        for town, rest in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            name = towns.get(normalise(" ".join(town)))
            if name and _has_letter(" ".join(rest)):
                return _without_in(rest), name
    return " ".join(words), ""


def _without_in(words: Sequence[str]) -> str:
    """The words without the `i` of "Lyckans väg 12 i Höllviken"."""
    return " ".join(words[:-1] if words[-1] == "i" and len(words) > 1 else words)


def _nearest_town(text: str, towns: Mapping[str, str]) -> str:
    """The town that this spells, begins or nearly spells; empty if none."""
    form = normalise(text)
    if form in towns or len(form) < 3:
        return towns.get(form, "")
    begun = [name for town, name in towns.items() if town.startswith(form)]
    if len(begun) == 1:
        return begun[0]
    close = difflib.get_close_matches(form, towns, n=1, cutoff=0.75)
    return towns[close[0]] if close else ""


def _number_off(text: str) -> tuple[str, str, str, str]:
    """Street, number, letter and what follows; the number may also stand before the street."""
    for found in _NUMBER.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        if _has_letter(before):
            return (before, *_number_of(found), after)
    first = _NUMBER.match(text)
    if first and text[first.end() :].startswith(" ") and _has_letter(text[first.end() :]):
        return (text[first.end() :], *_number_of(first), "")
    return (text if _has_letter(text) else ""), "", "", ""
