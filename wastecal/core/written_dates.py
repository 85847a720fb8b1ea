"""Which dates are written in a line of text, as far as the line itself tells? Swedish and English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

_MONTHS = (
    *("jan(?:uari|uary)?", "feb(?:ruari|ruary)?", "mars?|march", "apr(?:il)?", "maj|may", "juni?|june"),
    *("juli?|july", "aug(?:usti|ust)?", "sept?(?:ember)?", "okt(?:ober)?|oct(?:ober)?"),
    *("nov(?:ember)?", "dec(?:ember)?"),
)
_WEEKDAYS = (
    *("mån(?:dag)?|mon(?:day)?", "tis(?:dag)?|tue(?:s(?:day)?)?", "ons(?:dag)?|wed(?:nesday)?"),
    *("tors?(?:dag)?|thu(?:rs(?:day)?)?", "fre(?:dag)?|fri(?:day)?", "lör(?:dag)?|sat(?:urday)?"),
    "sön(?:dag)?|sun(?:day)?",
)
_RELATIVE = {
    0: "i ?dag|today|i ?kväll|tonight",
    1: "i ?morgon|i ?morr?on|i ?morrn|tomorrow",
    2: "i ?över ?morgon|the day after tomorrow|day after tomorrow",
    -1: "i ?går|yesterday",
}


def _named(group: str, words: tuple[str, ...]) -> str:
    return f"(?P<{group}>{'|'.join(words)})"


_MONTH = _named("month", _MONTHS) + r"\b\.?"
_WEEKDAY = rf"\b{_named('weekday', _WEEKDAYS)}\b\.?,?"
_YEAR = r"(?P<year>20\d\d)"
_SHORT_YEAR = r"(?P<year>20\d\d|[2-3]\d)"
_ORDINAL = r"(?::[ea]|e|st|nd|rd|th)?\b\.?"
_BEFORE = r"(?<![\d:/.,+-])"
_AFTER = r"(?![\d/]|[:.,]\d|\s?(?:kr|kg|l|liter|st|tim|timmar|min|pris|dl|av|of)\b|\s?%|:-|\s\d{2}\s\d{2}\b)"
_DAY = r"(?P<day>\d{1,2})"
_NUMBER = r"(?P<number>\d{1,2})"
_FORMS: tuple[str, ...] = (
    rf"{_BEFORE}{_YEAR}[-/.](?P<number>\d{{1,2}})[-/.]{_DAY}(?!\d)",
    rf"{_BEFORE}{_YEAR}(?P<number>[01]\d)(?P<day>[0-3]\d)(?![\d-])",
    rf"{_BEFORE}{_DAY}(?:a\b|{_ORDINAL})\s*(?:of\s+)?{_MONTH}(?:,?\s*{_YEAR}\b)?",
    rf"\b{_MONTH}\s+{_DAY}{_ORDINAL}(?!\d|[:.]\d)(?:,?\s+{_YEAR}\b)?",
    rf"{_BEFORE}{_DAY}\s?/\s?{_NUMBER}(?:\s?[-/]\s?{_SHORT_YEAR}|\s(?P<later>20\d\d)\b)?{_AFTER}",
    rf"{_BEFORE}{_DAY}[.-]{_NUMBER}[.-]{_SHORT_YEAR}(?![\d.-])",
    rf"{_BEFORE}{_DAY}\.{_NUMBER}\.(?!\d)",
)
_WEEK = rf"(?:\bvecka|\bv\.?|\bweek)\s?(?P<week>\d{{1,2}})\b(?:,?\s*{_YEAR}\b)?"
_WITH_WEEKDAY: tuple[str, ...] = (
    rf"{_WEEKDAY}\s*(?:(?:i|in)\s+)?{_WEEK}",
    rf"{_WEEK},?\s*(?:på\s+|on\s+)?{_WEEKDAY}",
    rf"{_WEEKDAY}\s+(?:den\s+|the\s+)?{_DAY}{_ORDINAL}{_AFTER}",
    rf"{_WEEKDAY}\s+(?:den\s+)?{_DAY}\.{_NUMBER}{_AFTER}",
)
_LEADING = re.compile(rf"{_WEEKDAY}\s*(?:den\s+|the\s+)?$", re.IGNORECASE)
_EXPLICIT = tuple(re.compile(form, re.IGNORECASE) for form in (*_FORMS[:6], *_WITH_WEEKDAY, *_FORMS[6:]))
_NEAR = re.compile(
    "|".join(rf"(?P<d{place}>\b(?:{words})\b)" for place, words in enumerate(_RELATIVE.values())),
    re.IGNORECASE,
)
_DISTANCES = tuple(_RELATIVE)
_NEXT = re.compile(rf"\b(?:(?:nu )?på|nästa|kommande|on|this|next|coming)\s+{_WEEKDAY}", re.IGNORECASE)
_LAST = re.compile(
    r"\bi (?P<weekday>måndags|tisdags|onsdags|torsdags|fredags|lördags|söndags)\b"
    rf"|\blast\s+{_WEEKDAY.replace('<weekday>', '<english>')}",
    re.IGNORECASE,
)
_NEARBY = 40
_SHARED = re.compile(
    r"(?:^|:|\b(?:den|the|on|töms|tömning|hämtas|hämtning|dagarna|datumen))\s*"
    rf"(?P<days>(?:\d{{1,2}}{_ORDINAL}\s*(?:,|och|samt|and|&|\+)\s*)+)$",
    re.IGNORECASE,
)
_ROUND_THE_CLOCK = re.compile(r"(?<!\d)24/7(?!\d)")
_TIME = r"\d{1,2}[.:]\d{2}\b"
_TIMES = rf"\s*{_TIME}(?:\s*(?:-|–|till|to|och|and)\s*(?:kl\.?\s*)?{_TIME})?"
_CLOCK = re.compile(rf"\b(?:kl\.?|klockan|at){_TIMES}", re.IGNORECASE)
_MAYBE_CLOCK = re.compile(
    rf"\b(?:senast|före|innan|från|mellan|efter|till|before|by|from|between|after|until){_TIMES}",
    re.IGNORECASE,
)
"""`senast 07.10.` is a time where the line tells a day besides, and else the seventh of October."""


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands in a line from `start` to `stop`: the parts that are said, None for others.

    `distance` is that of `imorgon`; `toward` tells whether a weekday alone is the next (1) or the last.
    """

    start: int
    stop: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    week: int | None = None
    weekday: int | None = None
    distance: int | None = None
    toward: int = 0

    def on(self, near: date, *, known: bool) -> date | None:
        """The day that is meant, by somebody who wrote near the day `near`; None where none can be.

        `known` tells that it was written on that very day; relative days mean nothing otherwise.
        """
        if self.distance is not None:
            return near + timedelta(days=self.distance) if known else None
        if self.toward and self.weekday is not None:
            return _weekday_from(near, self.weekday, self.toward) if known else None
        return _nearest(list(self._possible(near)), near, known=known)

    def _possible(self, near: date) -> Iterator[date]:
        years = (self.year,) if self.year else range(near.year - 5, near.year + 2)
        for year in years:
            for month in (self.month,) if self.month else range(1, 13) if self.week is None else (0,):
                day = self._in(year, month)
                fits = day and (self.year or self.weekday is None or day.weekday() == self.weekday)
                if day and fits:
                    yield day

    def _in(self, year: int, month: int) -> date | None:
        try:
            if self.week is not None:
                return date.fromisocalendar(year, self.week, (self.weekday or 0) + 1)
            return date(year, month, self.day or 0)
        except ValueError:
            return None


def find(line: str) -> tuple[Written, ...]:
    """The dates of a line in their order: those written out, or else those told from the day of writing."""
    told = list(relative(line))
    masked = _CLOCK.sub(_blank, line)
    if not _led(line.partition("24/7")[0]):
        masked = _ROUND_THE_CLOCK.sub(_blank, masked)
    if told:
        masked = _MAYBE_CLOCK.sub(_blank, masked)
    found: list[Written] = []
    taken = bytearray(len(line))
    for form in _EXPLICIT:
        for match in form.finditer(masked):
            written = _written(match, line)
            if written is not None and not any(taken[written.start : written.stop]):
                taken[written.start : written.stop] = b"x" * (written.stop - written.start)
                found.append(written)
        if found:
            masked = _MAYBE_CLOCK.sub(_blank, masked)
    found += [day for written in found for day in _before(written, line)]
    return tuple(sorted(found or told, key=lambda row: row.start))


def _before(written: Written, line: str) -> Iterator[Written]:
    """The other days of the same month that stand before one: `3, 17 och 31 december`."""
    match = _SHARED.search(line[max(written.start - _NEARBY, 0) : written.start])
    if match and written.month and not written.weekday:
        offset = max(written.start - _NEARBY, 0) + match.start("days")
        for day in re.finditer(r"\d{1,2}", match["days"]):
            other = replace(written, start=offset + day.start(), stop=offset + day.end(), day=int(day[0]))
            if _can_be(other):
                yield other


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def relative(line: str) -> Iterator[Written]:
    """The days that are told from the day of writing, whatever else is there."""
    for match in _NEAR.finditer(line):
        place = next(place for place in range(len(_DISTANCES)) if match[f"d{place}"])
        yield Written(*match.span(), distance=_DISTANCES[place])
    for form, toward in ((_NEXT, 1), (_LAST, -1)):
        for match in form.finditer(line):
            name = match["weekday"] or match.groupdict().get("english", "")
            yield Written(*match.span(), weekday=_number(_WEEKDAYS, name.rstrip("s")), toward=toward)


def leading_weekday(line: str) -> int | None:
    """The weekday that a line begins with."""
    match = re.match(rf"\s*{_WEEKDAY}", line, re.IGNORECASE)
    return _number(_WEEKDAYS, match["weekday"]) if match else None


def _written(match: re.Match[str], line: str) -> Written | None:
    said = match.groupdict()
    number, day = _whole(said.get("number")), _whole(said.get("day"))
    if number and day and number > 12 >= day and "/" in match[0]:
        number, day = day, number  # as phones in American English write it
    month = _number(_MONTHS, said.get("month") or "", first=1) if number is None else number
    weekday = _number(_WEEKDAYS, said.get("weekday") or "")
    start = match.start()
    if weekday is None and (before := _led(line[max(start - _NEARBY, 0) : start])):
        weekday, start = _number(_WEEKDAYS, before["weekday"]), start - len(before[0])
    year = _whole(said.get("year") or said.get("later"))
    year = year + 2000 if year is not None and year < 100 else year
    written = Written(start, match.end(), year, month, day, _whole(said.get("week")), weekday)
    return written if _can_be(written) else None


def _can_be(row: Written) -> bool:
    if row.week is not None:
        return 1 <= row.week <= 53
    return row.day is not None and 1 <= row.day <= 31 and (row.month is None or 1 <= row.month <= 12)


def _whole(text: str | None) -> int | None:
    return int(text) if text else None


def _number(names: tuple[str, ...], name: str, *, first: int = 0) -> int | None:
    for place, pattern in enumerate(names, first):
        if name and re.fullmatch(pattern, name, re.IGNORECASE):
            return place
    return None


def _led(text: str) -> re.Match[str] | None:
    """The weekday that a text ends with; only its end is looked at, for lines may be very long."""
    return _LEADING.search(text[-_NEARBY:])


def _weekday_from(day: date, weekday: int, toward: int) -> date:
    distance = (weekday - day.weekday()) * toward % 7 or 7
    return day + timedelta(days=toward * distance)


_AHEAD = 31


def _nearest(days: list[date], near: date, *, known: bool) -> date | None:
    """The day nearest to when it was written; where that is not known, the last one up to a month ahead."""
    if known:
        return min(days, key=lambda day: abs((day - near).days), default=None)
    past = [day for day in days if (day - near).days <= _AHEAD]
    return max(past, default=None)
