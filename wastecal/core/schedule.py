"""When is one container emptied at a place? Expand wider than asked, shift, overlay, cut."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from wastecal.core import holidays, overrides, recurrence, scopes, shifts, spans
from wastecal.core.overrides import Kind, Override
from wastecal.core.pickup import Alternative, Pickup, Status
from wastecal.core.places import Place
from wastecal.core.recurrence import Provenance, Rule
from wastecal.core.rows import Municipality
from wastecal.core.shifts import Shift
from wastecal.core.spans import Span

_NEAR = 28
"""So many days before and after, the days of other rules are looked for."""
_RANK = {Provenance.CONFIRMED: 2, Provenance.RECONSTRUCTED: 1, Provenance.DEFAULT: 0}


@dataclass(frozen=True, slots=True)
class Bearing:
    """All that bears on one container at one place: live rows only, in any scope of the place."""

    container: str
    place: Place
    town: Municipality
    rules: tuple[Rule, ...]
    shifts: tuple[Shift, ...]
    overrides: tuple[Override, ...]

    @property
    def shown_rules(self) -> tuple[Rule, ...]:
        """The rules whose dates may be shown: all but mere possibilities."""
        return tuple(rule for rule in self.rules if not is_candidate(rule, self.town))


def pickups(bearing: Bearing, span: Span) -> tuple[Pickup, ...]:
    """The pickups whose day (the first of a window) lies in `span`, in order."""
    acting = [row for row in bearing.overrides if row.concerns(bearing.container)]
    windows = _planned_windows(acting, span)
    planned = [pickup for pickup in _planned(bearing, windows) if _within(pickup.planned, windows)]
    ruled = overrides.overlay(planned, acting, bearing.place.is_within)
    extra = (
        overrides.added(row, bearing.container)
        for row in acting
        if row.kind is Kind.ADD and bearing.place.is_within(row.scope, row.day)
    )
    found = [pickup for pickup in (*ruled, *extra) if pickup.date in span]
    return tuple(sorted(found, key=lambda pickup: (pickup.date, pickup.identity)))


def nominals(bearing: Bearing, span: Span) -> tuple[tuple[date, Rule], ...]:
    """The nominal dates in `span`, in order, each with the rule that holds on it."""
    ranked = _ranked(bearing.shown_rules)
    found = {
        day: rule
        for rule in ranked
        for day in recurrence.expand(rule, span)
        if _first(ranked, bearing.place, day) is rule
    }
    return tuple(sorted(found.items()))


def candidates(bearing: Bearing, day: date) -> tuple[Rule, ...]:
    """The reconstructed rules too unsure to be shown as dates, likeliest first."""
    found = [
        rule
        for rule in bearing.rules
        if is_candidate(rule, bearing.town) and bearing.place.is_within(rule.scope, day)
    ]
    return tuple(sorted(found, key=lambda rule: (-(rule.probability or 0), *_content(rule))))


def is_candidate(rule: Rule, town: Municipality) -> bool:
    """Whether a rule is only a possibility: reconstructed, and less likely than `shown_from`."""
    if rule.provenance is not Provenance.RECONSTRUCTED:
        return False
    return rule.probability is not None and rule.probability < town.shown_from


def holder(rules: Iterable[Rule], place: Place, day: date) -> Rule | None:
    """The one of `rules` that holds at the place on a nominal date.

    Confirmed before reconstructed before default; then the narrower scope; then the later
    valid_from; then the higher Edit. What is still equal is decided by content, so that the
    order of rows never matters; loading reports it as a Problem.
    """
    return _first(_ranked(rules), place, day)


def _ranked(rules: Iterable[Rule]) -> list[Rule]:
    return sorted(rules, key=lambda rule: (*precedence(rule), *_content(rule)), reverse=True)


def _first(ranked: Iterable[Rule], place: Place, day: date) -> Rule | None:
    return next((rule for rule in ranked if rule.holds_on(day) and place.is_within(rule.scope, day)), None)


def precedence(rule: Rule) -> tuple[int, int, date, int]:
    narrow = scopes.narrowness(rule.scope)
    return _RANK[rule.provenance], narrow, rule.valid_from or date.min, rule.edit


def _content(rule: Rule) -> tuple[str, ...]:
    return tuple(map(str, (rule.rrule, rule.anchor, rule.dates, rule.season, rule.valid_until)))


def _planned_windows(acting: Iterable[Override], span: Span) -> tuple[Span, ...]:
    """The planned days whose pickups may come within `span`: those of moves into it too."""
    moved_in = (
        spans.of_day(row.day)
        for row in acting
        if row.kind is Kind.MOVE and row.new_date is not None and row.new_date in span
    )
    return spans.merge((span, *moved_in))


def _planned(bearing: Bearing, windows: tuple[Span, ...]) -> Iterator[Pickup]:
    for window in _nominal_windows(bearing.shifts, windows):
        for nominal, rule in nominals(bearing, window):
            yield _pickup(bearing, nominal, rule)


def _nominal_windows(policy: Iterable[Shift], windows: tuple[Span, ...]) -> tuple[Span, ...]:
    """The nominal dates whose planned day may lie in one of the windows."""
    wide = [window.widen(shifts.REACH + 7) for window in windows]
    far = [
        spans.of_day(day)
        for shift in policy
        for target in [shifts.to_target(shift.move)]
        if target is not None and any(target in window for window in windows)
        for day in _named(shift, target.year)
    ]
    return spans.merge((*wide, *far))


def _named(shift: Shift, target: int) -> Iterator[date]:
    """The days that an entry speaks of: in its years, else near the year of the date it moves to."""
    if isinstance(shift.holiday, date):
        yield shift.holiday
        return
    for year in shift.years or range(max(target - 1, 1), min(target + 2, 10_000)):
        for day, name in holidays.in_year(year).items():
            if shift.holiday in (shifts.ANY, name):
                yield day


def _pickup(bearing: Bearing, nominal: date, rule: Rule) -> Pickup:
    town = bearing.town
    policy = shifts.for_pickup(bearing.shifts, bearing.container, bearing.place.zone_on(nominal) or None)
    shifted = shifts.shift(nominal, policy)
    undecided = town.holidays_decided_until is not None and nominal >= town.holidays_decided_until
    unsure = rule.provenance is Provenance.RECONSTRUCTED and (rule.probability or 0) < town.certain_from
    return Pickup(
        container=bearing.container,
        nominal=nominal,
        planned=shifted.day,
        date=shifted.day,
        status=Status.PLANNED if shifted.day == nominal else Status.SHIFTED,
        certainty=rule.provenance,
        probability=rule.probability,
        tentative=unsure,
        alternatives=tuple(_alternatives(bearing, rule, nominal, policy)) if unsure else (),
        preliminary=undecided and holidays.in_week(nominal),
        holiday=None if shifted.day == nominal else shifted.reason,
    )


def _alternatives(
    bearing: Bearing, rule: Rule, nominal: date, policy: tuple[Shift, ...]
) -> Iterator[Alternative]:
    """The nearest days of the other rules that were worked out for the same scope, but are less likely."""
    near = spans.of_day(nominal).widen(_NEAR)
    for other in candidates(bearing, nominal):
        if other.scope == rule.scope and other.holds_on(nominal):
            days = [shifts.shift(day, policy).day for day in recurrence.expand(other, near)]
            day = min(days, key=lambda day: (abs(day - nominal), day < nominal), default=nominal)
            if day != nominal:
                yield Alternative(day, other.probability or 0)


def _within(day: date, windows: Iterable[Span]) -> bool:
    return any(day in window for window in windows)
