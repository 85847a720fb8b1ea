"""How are many QR codes made that differ in a few letters?

A code of one size is linear (ISO/IEC 18004, 7.5): data bits, their Reed-Solomon bits and a fixed mask are
added up modulo two. So what one bit of one letter changes is the same in every code of that size. It is
learnt once from the library that makes codes; a further code is a sum of what was learnt, a hundred times
as fast and bit for bit the same.
"""

from dataclasses import dataclass, field

import segno

from wastecal.web.years import qr
from wastecal.web.years.qr import Modules

_LETTER = "a"
"""Changed in any one of its bits it is still a letter that makes a code of bytes."""
_Learnt = dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """What is known of codes so far: by length, and by size and place."""

    _blank: dict[int, tuple[str, int]] = field(default_factory=dict)
    _changed: dict[str, _Learnt] = field(default_factory=dict)

    def modules(self, text: str) -> Modules:
        """What `qr.modules` says of the text."""
        if not text.isascii() or not any(map(str.islower, text)):
            return qr.modules(text)  # other kinds of codes
        size, bits = self._blank_of(len(text))
        learnt = self._changed.setdefault(size, {})
        for place, letter in enumerate(text.encode()):
            if letter == ord(_LETTER):
                continue
            change = learnt.get((place, letter))
            if change is None:
                change = learnt[place, letter] = self._change(len(text), place, letter)
            bits ^= change
        wide = 4 * _version(size) + 17
        drawn = format(bits, f"0{wide * wide}b")
        return tuple(drawn[start : start + wide] for start in range(0, wide * wide, wide))

    def _blank_of(self, length: int) -> tuple[str, int]:
        """The size and the modules of a code of so many equal letters."""
        if length not in self._blank:
            made = qr.code(_LETTER * length)
            self._blank[length] = made.designator, _bits(made)
        return self._blank[length]

    def _change(self, length: int, place: int, letter: int) -> int:
        """What another letter at one place changes: what each of its bits does."""
        size, blank = self._blank_of(length)
        learnt, change = self._changed[size], 0
        for bit in (1 << number for number in range(7)):
            if not (letter ^ ord(_LETTER)) & bit:
                continue
            one = ord(_LETTER) ^ bit
            if (place, one) not in learnt:
                text = _LETTER * place + chr(one) + _LETTER * (length - place - 1)
                learnt[place, one] = _bits(qr.code(text)) ^ blank
            change ^= learnt[place, one]
        return change


def _bits(made: segno.QRCode) -> int:
    return int("".join("".join(map(str, row)) for row in made.matrix), 2)


def _version(size: str) -> int:
    """Of a designator such as `5-M`."""
    return int(size.partition("-")[0])
