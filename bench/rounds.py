"""How many times as fast is one way as another? Both take turns on one machine; medians and ratios count."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Way = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """One way: the median of its rounds, and how many times as fast it is as the table's first peer."""

    way: str
    median: float
    times: float


@dataclass(frozen=True, slots=True)
class Table:
    """The ways to one thing, side by side; `unit` is that of the medians."""

    name: str
    question: str
    unit: str
    rows: tuple[Row, ...]

    def row(self, way: str) -> Row:
        return next(row for row in self.rows if row.way == way)


def seconds(ways: Mapping[str, Sequence[Way]], *, warm: int = 1) -> dict[str, list[float]]:
    """How long each way took in each round; every way has as many rounds, and they alternate."""
    for rounds in ways.values():
        for run in rounds[:warm]:
            run()
    found: dict[str, list[float]] = {name: [] for name in ways}
    for turn in zip(*ways.values(), strict=True):
        for name, run in zip(ways, turn, strict=True):
            began = perf_counter()
            run()
            found[name].append(perf_counter() - began)
    return found


def by_time(name: str, question: str, taken: Mapping[str, list[float]], each: int = 1) -> Table:
    """A table of milliseconds for one of the `each` things done in a round; the first way is the peer."""
    peer = next(iter(taken.values()))
    rows = tuple(
        Row(way, median(rounds) / each * 1000, median(_ratios(peer, rounds))) for way, rounds in taken.items()
    )
    return Table(name, question, "ms", rows)


def by_rate(name: str, question: str, rates: Mapping[str, list[float]]) -> Table:
    """A table of things done in a second; the first way is the peer."""
    peer = next(iter(rates.values()))
    rows = tuple(Row(way, median(rounds), median(_ratios(rounds, peer))) for way, rounds in rates.items())
    return Table(name, question, "1/s", rows)


def _ratios(above: list[float], below: list[float]) -> list[float]:
    return [one / other for one, other in zip(above, below, strict=True)]


def printed(table: Table) -> str:
    """The table as lines of text."""
    wide = max(len(row.way) for row in table.rows)
    lines = [
        f"{row.way:<{wide}}  {row.median:>10.3f} {table.unit:<4} {row.times:>8.2f} ×" for row in table.rows
    ]
    return "\n".join([f"{table.name}: {table.question}", *(f"  {line}" for line in lines)])
