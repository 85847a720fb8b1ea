"""How is a key written so that a slip of the pen is noticed? Bech32 (BIP 173), as age writes its keys."""

from collections.abc import Iterable, Iterator

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM = 6


def encode(prefix: str, data: bytes) -> str:
    """`prefix`, in lower case, with `data` and a checksum."""
    values = list(_regrouped(data, 8, 5))
    checked = _polymod([*_expanded(prefix), *values, *[0] * _CHECKSUM]) ^ 1
    values += [checked >> 5 * (_CHECKSUM - 1 - place) & 31 for place in range(_CHECKSUM)]
    return f"{prefix}1{''.join(_LETTERS[value] for value in values)}"


def decode(text: str) -> tuple[str, bytes]:
    """The prefix, in lower case, and the data. Raises ValueError where the text is no Bech32."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("capitals and small letters are mixed")
    prefix, one, letters = text.lower().rpartition("1")
    if not prefix or not one or len(letters) < _CHECKSUM or set(letters) - set(_LETTERS):
        raise ValueError("there are letters in it that Bech32 does not use")
    values = [_LETTERS.index(letter) for letter in letters]
    if _polymod([*_expanded(prefix), *values]) != 1:
        raise ValueError("its checksum is wrong: a letter was mistyped")
    data = bytes(_regrouped(values[:-_CHECKSUM], 5, 8))
    if encode(prefix, data) != text.lower():
        raise ValueError("its last letters say nothing")
    return prefix, data


def _expanded(prefix: str) -> list[int]:
    codes = prefix.encode()
    return [*(code >> 5 for code in codes), 0, *(code & 31 for code in codes)]


def _polymod(values: Iterable[int]) -> int:
    checked = 1
    for value in values:
        top = checked >> 25
        checked = (checked & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            checked ^= generator if top >> place & 1 else 0
    return checked


def _regrouped(values: Iterable[int], width: int, to: int) -> Iterator[int]:
    """The same bits in groups of `to`; filled up with zeros to 5, cut short to 8."""
    bits, count = 0, 0
    for value in values:
        bits, count = bits << width | value, count + width
        while count >= to:
            count -= to
            yield bits >> count & ((1 << to) - 1)
        bits &= (1 << count) - 1
    if count and to < width:
        yield bits << (to - count)
