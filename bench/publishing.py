"""How long does publishing a town of 17,000 addresses take, from nothing, after an Edit, and unchanged?"""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from bench import town
from bench.rounds import Row, Table
from tests import server
from tests.town import write
from wastecal.core import scopes
from wastecal.core.directory import Directory
from wastecal.core.overrides import Kind, Override

SITE = "https://matby.example"
ROUNDS = 3
YEARS_OF = 4
"""With its printed years the whole town is 17 GB and a million files; every fourth zone tells as much."""


@dataclass(frozen=True, slots=True)
class Run:
    """One publication: seconds by the clock and of all processors, and the most memory of all processes."""

    seconds: float
    cpu: float
    megabytes: float


def tables() -> Iterator[Table]:
    whole = town.directory()
    days = "17,000 addresses: page, feed and JSON in two languages"
    yield from _tables("publishing", days, whole, "--days-alone")
    more = "17,000 addresses: card, codes, subscribing, text messages too"
    yield from _tables("publishing all", more, whole, "--without-years")
    part = _of_zones(whole, town.ZONES // YEARS_OF)
    count = len(part.tables["addresses"])
    yield from _tables("publishing with years", f"{count:,} addresses: the printed years too", part)


def _tables(name: str, question: str, content: Directory, *words: str) -> Iterator[Table]:
    with tempfile.TemporaryDirectory() as folder:
        env = {**server.environment(Path(folder)), "DJANGO_SETTINGS_MODULE": "config.settings"}
        server.manage("migrate", "--verbosity", "0", env=env)
        runs = _runs(Path(folder), content, env, words)
        yield _table(
            name, f"{question}; seconds", "s", {way: [run.seconds for run in runs[way]] for way in runs}
        )
        yield _table(f"{name}, CPU", question, "s", {way: [run.cpu for run in runs[way]] for way in runs})
        most = {way: [max(run.megabytes for run in runs[way])] for way in runs}
        yield _table(f"{name}, memory", f"{question}; all processes together", "MB", most)


def _table(name: str, question: str, unit: str, found: Mapping[str, list[float]]) -> Table:
    first = median(next(iter(found.values())))
    rows = (Row(way, median(taken), first / median(taken)) for way, taken in found.items())
    return Table(name, question, unit, tuple(rows))


def _runs(
    folder: Path, content: Directory, env: Mapping[str, str], words: Sequence[str]
) -> dict[str, list[Run]]:
    """From nothing once; then, three releases being there, after Edits for one zone, and unchanged."""
    site = folder / "site"
    load(folder, content, env)
    found = {"from nothing": [publish(site, env, *words)]}
    for number in range(2 + ROUNDS):  # the first two make the second and the third release
        load(folder, closed(content, number), env)
        found.setdefault("an override for a zone", []).append(publish(site, env, *words))
    found["an override for a zone"] = found["an override for a zone"][2:]
    found["nothing new"] = [publish(site, env, *words) for _ in range(ROUNDS)]
    return found


def load(folder: Path, content: Directory, env: Mapping[str, str]) -> None:
    server.manage("load", str(write(folder / "town", content)), env=env)


def publish(site: Path, env: Mapping[str, str], *words: str) -> Run:
    """Publish in a process of its own; the words say what is left out."""
    command = [sys.executable, "-m", "bench.publisher", str(site), SITE, *words]
    before, began = os.times(), perf_counter()
    with subprocess.Popen(command, cwd=server.ROOT, env=dict(env)) as process:
        watched = _Memory(process.pid)
        watched.start()
        if process.wait():
            raise RuntimeError("it was not published")
    after = os.times()
    watched.join()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(perf_counter() - began, cpu, watched.most / 1e6)


class _Memory(threading.Thread):
    """Looks every now and then how much memory a process and its children share out among them."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most = pid, 0

    def run(self) -> None:
        while used := sum(map(_proportional, [self.pid, *_children(self.pid)])):
            self.most = max(self.most, used)
            sleep(0.2)


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _proportional(pid: int) -> int:
    """Bytes; what is shared is divided by those who share it. 0 where the process is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def closed(content: Directory, number: int) -> Directory:
    """The town with so many days more on which nothing is collected in one zone."""
    zone = scopes.zone(content.tables["zones"][-1].code)
    days = (town.TODAY + timedelta(weeks=4, days=more) for more in range(number + 1))
    more = tuple(Override("", Kind.CANCEL, zone, (), day) for day in days)
    return Directory({**content.tables, "overrides": (*content.tables["overrides"], *more)})


def _of_zones(content: Directory, count: int) -> Directory:
    """The part of a town that lies in its first zones."""
    codes = {row.code for row in content.tables["zones"][:count]}
    within = {scopes.zone(code) for code in codes}
    tables = dict(content.tables)
    tables["zones"] = tuple(row for row in tables["zones"] if row.code in codes)
    tables["addresses"] = tuple(replace(row) for row in tables["addresses"] if row.zone in codes)
    for name in ("rules", "overrides"):
        tables[name] = tuple(row for row in tables[name] if row.scope in within)
    return Directory(tables)
