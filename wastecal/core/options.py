"""Which reminder and which containers does a feed's URL ask for, and which URL asks for these?"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from urllib.parse import urlencode

from wastecal.core.errors import WastecalError
from wastecal.core.ics import Reminder

EVENING_BEFORE = Reminder(time(18, 0))

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_NAMES = ("paminn", "dag", "karl")
_DAYS_BEFORE = {"0": 0, "1": 1}


class UnknownOption(WastecalError):
    """A value in a feed's URL that means nothing; `name` is its parameter."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"{name}={value}")
        self.name = name
        self.value = value


@dataclass(frozen=True, slots=True)
class Options:
    """The reminder, if any, and the containers wanted; empty: the place's own."""

    reminder: Reminder | None = None
    containers: tuple[str, ...] = ()


def read(query: Mapping[str, str], containers: Collection[str], reminder: Reminder | None) -> Options:
    """The options of a query; `reminder` is the one of the URL itself. Raises UnknownOption.

    `paminn` is a time of day, `dag` how many days before (0 or 1), `karl` codes with commas.
    """
    if "paminn" in query:
        found = _TIME.fullmatch(query["paminn"])
        if not found:
            raise UnknownOption("paminn", query["paminn"])
        reminder = Reminder(time(int(found[1]), int(found[2])))
    if "dag" in query:
        if query["dag"] not in _DAYS_BEFORE or reminder is None:
            raise UnknownOption("dag", query["dag"])
        reminder = Reminder(reminder.at, _DAYS_BEFORE[query["dag"]])
    wanted = tuple(dict.fromkeys(query["karl"].split(","))) if "karl" in query else ()
    for code in wanted:
        if code not in containers:
            raise UnknownOption("karl", code)
    return Options(reminder, wanted)


def query(given: Mapping[str, str]) -> str:
    """The part of a query that means something, always in the same order: `?paminn=19:30&karl=karl-1`."""
    meant = {name: given[name] for name in _NAMES if name in given}
    return "?" + urlencode(meant, safe=":,") if meant else ""


def ending(wanted: Options, *, reminding: bool) -> str:
    """What the URL of a feed ends with that gives `wanted`, with as few parameters as can be.

    `reminding`: the place has a feed that rings of itself. One with another reminder is asked for at
    that URL, so that plain files alone answer with some reminder rather than with none.
    """
    reminder = wanted.reminder
    usual = EVENING_BEFORE if reminding else None
    meant = {}
    if reminder and (usual is None or reminder.at != usual.at):
        meant["paminn"] = f"{reminder.at:%H:%M}"
    if reminder and reminder.days_before != EVENING_BEFORE.days_before:
        meant["dag"] = str(reminder.days_before)
    if wanted.containers:
        meant["karl"] = ",".join(wanted.containers)
    return (".paminn.ics" if reminding and reminder else ".ics") + query(meant)
