"""Where does what stand on the year's A4 as a PDF?

Three layers: the name of the place; the calendar, which neighbours share and which is drawn once for
them all; the feed with its code. Nothing in them depends on the day: equal data, equal bytes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wastecal import words
from wastecal.core.answer import Answer
from wastecal.core.rows import Municipality
from wastecal.web import links
from wastecal.web.frames import moment
from wastecal.web.years import glyphs, ink, pdf, qr, sheet
from wastecal.web.years.pdf import Element, Layer
from wastecal.web.years.qr import Modules
from wastecal.web.years.sheet import Changed, Row, Sheet

_LEFT, _RIGHT = 28, pdf.WIDTH - 28
_MONTHS, _BELOW, _BOTTOM = 62, 608, 798
"""Where the months, the columns below them and the margin begin, from the top in points."""
_COLUMNS = (_LEFT, 214, 420)
_SMALL, _LEADING = 7.5, 9.2
_LINES = 3
"""No text is longer than this; one that is ends in an ellipsis."""
_CODE = 78
_QUIET_INK = "0.25 g"
_AFTER_HEAD = 1
"""How many elements the head has."""

Codes = Callable[[str], Modules]
"""How a QR code is made; `qr.modules`, or what says the same faster where there are many."""


@dataclass(slots=True)
class _Column:
    """A column that is filled from the top down."""

    x: float
    room: float
    y: float = _BELOW

    def say(
        self, text: str, *, bold: bool = False, ink: str = "0 g", most: int = _LINES, size: float = _SMALL
    ) -> str:
        """The text in at most so many lines, and the column moves on by them."""
        drawn = []
        for line in self._lines(text, most, size, bold=bold):
            self.y += size + _LEADING - _SMALL
            drawn.append(pdf.text(self.x, self.y, line, size, bold=bold, ink=ink))
        return "\n".join(drawn)

    def _lines(self, text: str, most: int, size: float, *, bold: bool = False) -> list[str]:
        found = glyphs.lines(text, size, self.room, bold=bold)
        return found if len(found) <= most else [*found[: most - 1], f"{found[most - 1][:-2]}…"]

    def has_room(self, *texts: str) -> bool:
        needed = sum(len(self._lines(text, _LINES, _SMALL)) for text in texts)
        return self.y + needed * _LEADING <= _BOTTOM


def can_say(town: Municipality) -> bool:
    """Whether the font has the letters of the active language, and of the town's name."""
    return glyphs.can_set(town.name) and _can_say(words.language())


def calendar(answer: Answer, year: int) -> Layer:
    """What all places with the same days share, of an answer for `sheet.asked(year)`."""
    return _calendar(sheet.shared(answer), year, words.language())


def year(answer: Answer, year: int, feed: str, middle: Layer, made: Codes = qr.modules) -> bytes:
    """The file for the place of an answer; `feed` is an address or empty, `middle` its `calendar`."""
    name, lang = words.place(answer), words.language()
    head = pdf.layer(_head(name, year))
    assert head.next == middle.first
    foot = _feet(feed, _origin(answer.updated, answer.town, lang), lang, middle.next, made)
    return pdf.file(f"{sheet.title(year)}: {name}", lang, (head, middle, foot))


@cache
def _can_say(lang: str) -> bool:
    """`lang` is the active language."""
    return glyphs.can_set("".join(_language()))


def _language() -> Iterator[str]:
    for grid in sheet.empty(2027).months:
        yield grid.words
        yield from (weekday.short for weekday in grid.weekdays)
    yield _("Not as usual") + _("The signs") + _("Scan the code to have the days in your calendar.")


def _head(name: str, year: int) -> Iterator[Element]:
    house, _comma, town = name.partition(", ")
    title = sheet.title(year)
    size = min(20.0, 20 * 300 / max(glyphs.width(house, 20, bold=True), 1))
    at = _LEFT + glyphs.width(title, 11) + 8
    after = at + glyphs.width(house, size, bold=True) + 8
    drawn = [
        pdf.text(_LEFT, 46, title, 11, ink=_QUIET_INK),
        pdf.text(at, 46, house, size, bold=True),
        pdf.text(after, 46, town, 11, ink=_QUIET_INK),
    ]
    yield Element("\n".join(drawn), "H1")


@lru_cache(maxsize=64)
def _calendar(answer: Answer, year: int, lang: str) -> Layer:
    """The layer of all places with the same days; `lang` is the active language."""
    found = sheet.of(answer, year, lang)
    return pdf.layer((*_months(found), *_key(found, answer), *_changed(found)), _AFTER_HEAD)


def _months(found: Sheet) -> Iterator[Element]:
    across = (_RIGHT - _LEFT - ink.MONTH_WIDTH) / 2
    for place, grid in enumerate(found.months):
        down, right = divmod(place, 3)
        yield ink.month(_LEFT + right * across, _MONTHS + down * (ink.MONTH_HEIGHT + 4), grid)


def _key(found: Sheet, answer: Answer) -> Iterator[Element]:
    column = _Column(_COLUMNS[0], _COLUMNS[1] - _COLUMNS[0] - 12)
    yield Element(column.say(_("The signs"), bold=True, size=9), "H2")
    column.x += 14
    column.room -= 14
    for row in found.key:
        yield Element(_key_row(column, row, brief=found.brief), "P")
    if not found.key:
        yield Element(column.say(_("Block of flats or shared facility? Ask your association")), "P")
    yield from (Element(drawn, "P") for drawn in _explained(column, found))
    last = words.put_out(answer.town) if found.by_month else _("No days are known for this year.")
    yield Element(_spaced(column, last), "P")


def _key_row(column: _Column, row: Row, *, brief: bool) -> str:
    box = row.sign.box
    column.y += 2
    drawn = [ink.sign(column.x - 14, column.y + 1, 10, row.sign), column.say(box.name.text, bold=True)]
    if row.optional:
        drawn.append(column.say(_("(only if you have ordered it)")))
    if row.sentence:
        drawn.append(column.say(row.sentence))
    elif not brief:
        drawn.append(column.say(box.fractions, ink=_QUIET_INK))
    return "\n".join(drawn)


def _explained(column: _Column, found: Sheet) -> Iterator[str]:
    """Each way of marking a day that the sheet has, and what it means."""
    left = column.x - 14
    if found.moved:
        frame = ink.framed(left + 1, column.y + 4, 8, 8)
        yield f"{frame}\n{_spaced(column, _('In a frame: not the ordinary day'))}"
        strike = pdf.line(left + 1, column.y + 12, left + 9, column.y + 4, 1)
        yield f"{strike}\n{_spaced(column, _('Struck out: nothing is collected that day'))}"
    if found.preliminary:
        hatch = ink.hatched(left, column.y + 4, 10, 9)
        said = _("Hatched: preliminary, the days of this holiday week are not decided yet")
        yield f"{hatch}\n{_spaced(column, said)}"
    if found.unsure:
        query = pdf.text(left + 2, column.y + 11, "?", 9, bold=True)
        yield f"{query}\n{_spaced(column, _('Question mark: uncertain, worked out from old records'))}"


def _spaced(column: _Column, text: str) -> str:
    column.y += 2
    return column.say(text)


def _changed(found: Sheet) -> Iterator[Element]:
    """As many of the changed days as there is room for; the months above mark them all."""
    if not found.changed:
        return
    column = _Column(_COLUMNS[1], _COLUMNS[2] - _COLUMNS[1] - 14)
    yield Element(column.say(_("Not as usual"), bold=True, size=9), "H2")
    told = [_told(row) for row in found.changed]
    for place, text in enumerate(told):
        left = len(told) - place
        last = _and_more(left)
        if not column.has_room(text, *([last] if left > 1 else [])):
            yield Element(column.say(last), "P")
            return
        column.y += 1
        yield Element(column.say(text), "P")


def _told(row: Changed) -> str:
    names = ", ".join(visit.box.name.text for visit in row.visits)
    changes = "; ".join(
        f"{change.words}: {change.reason.text}" if change.reason.text else change.words
        for change in row.changes
    )
    return f"{row.day.brief}: {names}. {changes}"


def _and_more(number: int) -> str:
    said = ngettext(
        "And %(number)s more day, marked above.", "And %(number)s more days, marked above.", number
    )
    return said % {"number": number}


@lru_cache(maxsize=8)
def _feet(feed: str, origin: str, lang: str, first: int, made: Codes) -> Layer:
    return pdf.layer(_foot(feed, origin, lang, made), first)


@lru_cache(maxsize=8)
def _foot(feed: str, origin: str, lang: str, made: Codes) -> tuple[Element, ...]:
    """The same in all years of a place; `lang` is the active language."""
    about = tuple(_feed(feed, made(links.webcal(feed)))) if feed else ()
    column = _Column(_LEFT, _RIGHT - _LEFT, _BOTTOM + 4)
    return (*about, Element(column.say(origin), "P"))


@lru_cache(maxsize=64)
def _origin(at: datetime | None, town: Municipality, lang: str) -> str:
    """How old the days are, and whom to ask; `lang` is the active language."""
    updated = moment(at, town)
    said = [_("The data is from %(updated)s.") % {"updated": updated}] if updated else []
    return " ".join([*said, words.ask(town)])


def _feed(feed: str, rows: Modules) -> Iterator[Element]:
    column = _Column(_COLUMNS[2], _RIGHT - _COLUMNS[2])
    yield Element(column.say(_("In your calendar"), bold=True, size=9), "H2")
    size = _CODE / (len(rows) + 2 * qr.QUIET)
    top = column.y + size * qr.QUIET
    dark = [f"{x} {y} {length} 1 re" for y, row in enumerate(rows) for x, length in qr.runs(row)]
    said = _("QR code: %(address)s") % {"address": feed}
    yield Element(pdf.scaled(column.x, top, size, " ".join([*dark, "f"])), "Figure", said)
    column.y = top + size * (len(rows) + qr.QUIET)
    yield Element(column.say(_("Scan the code to have the days in your calendar.")), "P")
    yield Element(column.say(feed, ink=_QUIET_INK, size=6.5), "P")
