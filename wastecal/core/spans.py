"""Which days is the question about? Half-open spans of days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days from `start` to the day before `stop`; empty where stop <= start."""

    start: date
    stop: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.stop

    @property
    def days(self) -> int:
        return max((self.stop - self.start).days, 0)

    def widen(self, days: int) -> "Span":
        """The span with `days` more at both ends, within the calendar's years 1 to 9999."""
        return Span(plus(self.start, -days), plus(self.stop, days))


def plus(day: date, days: int) -> date:
    """`day` plus `days`, held within the calendar's first and last day."""
    ordinal = day.toordinal() + days
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def of_day(day: date) -> Span:
    return Span(day, plus(day, 1))


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same days as disjoint spans, earliest first."""
    merged: list[Span] = []
    for span in sorted(span for span in spans if span.days):
        if merged and span.start <= merged[-1].stop:
            merged[-1] = Span(merged[-1].start, max(merged[-1].stop, span.stop))
        else:
            merged.append(span)
    return tuple(merged)


def first_of_month(day: date, months: int = 0) -> date:
    """The first day of the month `months` after (or before) the month of `day`."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    return date(index // 12, index % 12 + 1, 1)


def default(today: date) -> Span:
    """What a feed holds: from the first of last month to the first of the month 13 ahead."""
    return Span(first_of_month(today, -1), first_of_month(today, 13))


def monday(day: date) -> date:
    """The Monday of the ISO week of `day`."""
    return day - timedelta(days=day.weekday())
