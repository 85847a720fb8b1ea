"""How wide is a text in Helvetica, which of its letters are there, and where does a line break?

Every PDF reader has Helvetica (ISO 32000-1, 9.6.2.2), so that no font need be put into each file. Its
letters are those of WinAnsiEncoding, which Python calls cp1252. The widths are those that Adobe
published in the fonts' metrics (AFM), in thousandths of the size.
"""

import unicodedata

_REGULAR = {
    191: "'",
    222: "ijl‚‘’",
    260: "|¦",
    278: " !,./:;I[\\]ft\xa0·ÌÍÎÏìíîï",
    333: "()-`r„ˆ‹“”˜›¡¨\xad¯²³´¸¹",
    334: "{}",
    350: "\x7f•",
    355: '"',
    365: "º",
    370: "ª",
    389: "*",
    400: "°",
    469: "^",
    500: "Jcksvxyzšžçýÿ",
    537: "¶",
    584: "+<=>~¬±×÷",
    611: "FTZŽ¿ßø",
    667: "&ABEKPSVXYŠŸÀÁÂÃÄÅÈÉÊËÝÞ",
    722: "CDHNRUwÇÐÑÙÚÛÜ",
    737: "©®",
    778: "GOQÒÓÔÕÖØ",
    833: "Mm",
    834: "¼½¾",
    889: "%æ",
    944: "Wœ",
    1000: "…‰Œ—™Æ",
    1015: "@",
}
_BOLD = {
    238: "'",
    278: " ,./I\\ijl‚‘’\xa0·ÌÍÎÏìíîï",
    280: "|¦",
    333: "!()-:;[]`ftˆ‹˜›¡¨\xad¯²³´¸¹",
    350: "\x7f•",
    365: "º",
    370: "ª",
    389: "*r{}",
    400: "°",
    474: '"',
    500: "z„“”ž",
    584: "+<=>^~¬±×÷",
    611: "?FLTZbdghnopquŽµ¿ßðñòóôõöøùúûüþ",
    667: "EPSVXYŠŸÈÉÊËÝÞ",
    722: "&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜ",
    737: "©®",
    778: "GOQwÒÓÔÕÖØ",
    833: "M",
    834: "¼½¾",
    889: "%mæ",
    944: "Wœ",
    975: "@",
    1000: "…‰Œ—™Æ",
}
_USUAL = 556
"""The width of a figure, and of every letter that is not named above."""
_WIDTHS = tuple(
    {letter: width for width, letters in table.items() for letter in letters} for table in (_REGULAR, _BOLD)
)


def can_set(text: str) -> bool:
    """Whether the font has every letter of a text."""
    try:
        unicodedata.normalize("NFC", text).encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def encoded(text: str) -> bytes:
    """The text in WinAnsi; a letter that the font lacks loses its marks, or becomes a question mark."""
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        return b"".join(map(_encoded, unicodedata.normalize("NFC", text)))


def _encoded(letter: str) -> bytes:
    if can_set(letter):
        return letter.encode("cp1252")
    return unicodedata.normalize("NFKD", letter)[:1].encode("cp1252", "replace")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width in points."""
    widths = _WIDTHS[bold]
    return sum(widths.get(letter, _USUAL) for letter in text) * size / 1000


def lines(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The text in lines that are no wider than `room`; a word wider than that is cut."""
    found: list[str] = []
    for word in text.split():
        for part in _cut(word, size, room, bold=bold):
            longer = f"{found[-1]} {part}" if found else part
            if found and part == word and width(longer, size, bold=bold) <= room:
                found[-1] = longer
            else:
                found.append(part)
    return found


def _cut(word: str, size: float, room: float, *, bold: bool) -> list[str]:
    """The word in pieces that fit; mostly it is one."""
    if width(word, size, bold=bold) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
