"""In which order do names and house numbers stand? A Swedish sort key, the same on every machine."""

import re
import unicodedata
from functools import lru_cache

# å ä ö take the three places after z in ASCII; those characters themselves are only separators.
_SWEDISH = str.maketrans(
    {"{": " ", "|": " ", "}": " ", "å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ő": "}"}
    | {"ü": "y", "ű": "y"}
)
LETTERS = {
    "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ĸ": "k",
    "ł": "l", "ŀ": "l", "ŋ": "n", "þ": "th", "ŧ": "t", "ƒ": "f",
}  # fmt: skip
_BARE = str.maketrans({**LETTERS, **{chr(mark): None for mark in range(0x300, 0x370)}})
_SEPARATORS = re.compile(r"(?:[^\w{|}]|_)+")
_DIGITS = re.compile(r"\d+")


def fold(text: str) -> str:
    """Lower case, without accents and rings: å ä é as a a e, ß as ss, æ as ae, ø as o, ł as l."""
    if text.isascii():
        return text.lower()
    return _bare(unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=1 << 16)  # the same streets and towns come again and again
def key(text: str) -> tuple[str, str]:
    """A sort key: numbers before letters and by size, å ä ö last, case and most accents indifferent.

    Texts that differ at all have different keys: the raw text breaks ties.
    """
    lowered = unicodedata.normalize("NFKC", text).casefold()
    letters = _bare(lowered.translate(_SWEDISH))
    return _DIGITS.sub(_by_size, _SEPARATORS.sub(" ", letters).strip()), text


def _bare(lowered: str) -> str:
    return unicodedata.normalize("NFKD", lowered).translate(_BARE)


def _by_size(digits: re.Match[str]) -> str:
    """The digits with their count in front, so that text order is the order of the numbers."""
    plain = "".join(str(unicodedata.decimal(digit)) for digit in digits[0]).lstrip("0")
    nines, rest = divmod(len(plain), 9)
    return "9" * nines + str(rest) + plain
