"""Which evidence is in a file from outside? Gateways' text messages, vehicles' logs, invoices, our own."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from wastecal import edits, models
from wastecal.core import messages, written_dates
from wastecal.core.codecs import clean
from wastecal.core.errors import Problem, WastecalError
from wastecal.core.evidence import Evidence, Kind, Source
from wastecal.importing import mapped
from wastecal.importing.maps import ColumnMap
from wastecal.importing.maps import Kind as MapKind

COLUMNS = ("date", "locality", "street", "number", "container", "kind", "source")
OF_EVIDENCE = MapKind((*COLUMNS, "house", "message", "sent"), ("locality",))
MOST_PROBLEMS = 1000
"""After so many problems the rest of the file is not read."""

_Enum = TypeVar("_Enum", Kind, Source)
_HOUSE = re.compile(r"(?P<street>\D+?)\s+(?P<number>\d.*)")
_OLDEST = date(1990, 1, 1)


@dataclass(slots=True)
class Tally:
    """What was seen of a file: its problems, how many records it has, how many rows tell no day."""

    problems: list[Problem] = field(default_factory=list)
    records: int = 0
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read: through which map, as of which day, with what containers are called."""

    path: Path
    columns: ColumnMap
    today: date
    containers: Mapping[str, Sequence[str]]


def check(reading: Reading, tick: Callable[[], None] = lambda: None) -> Tally:
    """Reads the whole file and keeps nothing of it but the count and the problems."""
    tally = Tally()
    for _ in _records(reading, tally, tick):
        tally.records += 1
    return tally


def keep(reading: Reading, tick: Callable[[], None] = lambda: None) -> int:
    """Keeps the records of a file that was checked and are not there yet; how many those were.

    Raises WastecalError, and keeps nothing, where the file has problems after all.
    """
    tally = Tally()
    return edits.observe(map(models.Evidence.of, _sound(_records(reading, tally, tick), tally)))


def _sound(rows: Iterator[Evidence], tally: Tally) -> Iterator[Evidence]:
    yield from rows
    if tally.problems:
        raise WastecalError("The file has changed while it was read.")


def _records(reading: Reading, tally: Tally, tick: Callable[[], None]) -> Iterator[Evidence]:
    opened = mapped.opened(reading.path, reading.columns, tick)
    tally.problems = opened.problems
    if opened.problems:
        return
    for number, values in opened.rows():
        found, faults = _of_row(values, reading)
        opened.problems.extend(
            Problem(code, opened.name, number, reading.columns.name_of(column), value)
            for code, column, value in faults
        )
        if len(opened.problems) >= MOST_PROBLEMS:
            return
        if not faults:
            tally.silent += not found
            yield from found


Faults = list[tuple[str, str, str]]


def _of_row(values: Mapping[str, str], reading: Reading) -> tuple[list[Evidence], Faults]:
    """The records of a row, and its faults as (code, field, value)."""
    faults: Faults = []
    street, number = _place(values)
    for name, value in (("locality", values["locality"]), ("street", street)):
        if not clean(value):
            faults.append(("cell_missing", name, value))
    kind = _one_of(Kind, values, "kind", "evidence_kind", Kind.COLLECTED, faults)
    source = _one_of(Source, values, "source", "evidence_source", Source.SMS, faults)
    sights = _sights(values, reading, faults)
    if faults:
        return [], faults
    locality = clean(values["locality"])
    rows = [Evidence(day, locality, street, number, code, kind, source) for day, code in sights]
    return rows, []


def _place(values: Mapping[str, str]) -> tuple[str, str]:
    """Street and number; of a house that stands in one column both."""
    house = clean(values["house"])
    if not house:
        return clean(values["street"]), clean(values["number"]).replace(" ", "")
    parted = _HOUSE.fullmatch(house)
    return (parted["street"], parted["number"].replace(" ", "")) if parted else (house, "")


def _one_of(
    kind: type[_Enum], values: Mapping[str, str], name: str, code: str, usual: _Enum, faults: Faults
) -> _Enum:
    text = values[name].lower()
    if not text:
        return usual
    if text not in set(kind):
        faults.append((code, name, values[name]))
        return usual
    return kind(text)


def _sights(values: Mapping[str, str], reading: Reading, faults: Faults) -> list[tuple[date, str]]:
    """(day, container) of each collection in a row: of its date, or of its text message."""
    container = values["container"]
    if container and container not in reading.containers:
        faults.append(("container_unknown", "container", container))
    if values["message"]:
        return list(_in_message(values, reading, faults))
    day = _day(values["date"], reading.today)
    if day is None:
        faults.append(("date" if values["date"] else "cell_missing", "date", values["date"]))
    elif not _OLDEST <= day <= reading.today:
        faults.append(("date_ahead" if day > reading.today else "date_range", "date", values["date"]))
    return [(day, container)] if day else []


def _in_message(values: Mapping[str, str], reading: Reading, faults: Faults) -> Iterator[tuple[date, str]]:
    """What a text message tells; a day still to come is a promise, and as good as a collection."""
    sent = _day(values["sent"], reading.today) if values["sent"] else None
    if values["sent"] and sent is None:
        faults.append(("date", "sent", values["sent"]))
    for line in messages.read(values["message"], reading.today, reading.containers, received=sent):
        codes = (values["container"],) if values["container"] else line.containers or ("",)
        yield from ((mention.day, code) for mention in line.mentions for code in codes)


def _day(cell: str, today: date) -> date | None:
    """The date in a cell, with or without a time of day."""
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        found = written_dates.find(cell)
        return found[0].on(today, known=False) if len(found) == 1 and found[0].year else None
