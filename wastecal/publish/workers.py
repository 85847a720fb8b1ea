"""How is rendering and writing shared out between processes?

Each worker is a fork that has all it needs in memory and asks no database. It gets its share at the
start, tells which files it wrote, and stops by itself when the publisher is gone: the lock it
inherited keeps a second publisher away until then.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Protocol

from wastecal.core.errors import WastecalError
from wastecal.publish.writer import Stage

ENOUGH = 400
"""So much work is worth a process of its own."""
_TOLD = 500


class Work(Protocol):
    """Something that makes files: how many, roughly, and the files."""

    @property
    def weight(self) -> int: ...
    def files(self) -> Iterator[tuple[str, bytes]]: ...


class WorkerLost(WastecalError):
    """A worker ended before its work did."""


Sums = dict[str, str]


def write(stage: Stage, works: Sequence[Work], tick: Callable[[int], None], processes: int = 0) -> Sums:
    """Write all files of all works to the stage: the SHA-256 of each by path.

    `tick` is told how many more files there are, from time to time.
    """
    count = processes or min(_processors(), sum(work.weight for work in works) // ENOUGH + 1)
    shares = _shares(works, count)
    if len(shares) < 2:
        found: Sums = {}
        for sums in _written(stage, works):
            found.update(sums)
            tick(len(sums))
        return found
    return _gathered(stage, shares, tick)


def _gathered(stage: Stage, shares: Sequence[Sequence[Work]], tick: Callable[[int], None]) -> Sums:
    found: Sums = {}
    gc.freeze()  # so that a worker's collector does not copy the parent's memory
    started = [_started(stage, share) for share in shares]
    try:
        waiting = [connection for _, connection in started]
        while waiting:
            for ready in wait(waiting):
                assert isinstance(ready, Connection)
                said = _heard(ready)
                if said is None:
                    waiting.remove(ready)
                    continue
                found.update(said)
                tick(len(said))
    finally:
        gc.unfreeze()
        for process, connection in started:
            connection.close()
            process.terminate()
            process.join()
    return found


def _heard(connection: Connection) -> Sums | None:
    """The next files of a worker; None when it has done. Raises what the worker failed by."""
    try:
        said = connection.recv()
    except EOFError as error:
        raise WorkerLost("A worker ended before its work was done; nothing was published.") from error
    if isinstance(said, OSError):
        raise said
    assert said is None or isinstance(said, dict)
    return said


def _started(stage: Stage, share: Sequence[Work]) -> tuple["multiprocessing.context.ForkProcess", Connection]:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_work, args=(stage, share, theirs))
    process.start()
    theirs.close()
    return process, ours


def _work(stage: Stage, share: Sequence[Work], tell: Connection) -> None:
    gc.enable()  # rendering makes much garbage
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a typed Ctrl-C is the publisher's to answer
    publisher = os.getppid()
    try:
        for sums in _written(stage, share, publisher):
            tell.send(sums)
        tell.send(None)
    except OSError as error:
        if os.getppid() == publisher:
            tell.send(error)


def _written(stage: Stage, works: Sequence[Work], publisher: int = 0) -> Iterator[Sums]:
    sums: Sums = {}
    for work in works:
        for path, body in work.files():
            if publisher and os.getppid() != publisher:
                raise BrokenPipeError  # nobody is there to tell
            sums.update(stage.put(path, body))
            if len(sums) >= _TOLD:
                yield sums
                sums = {}
    yield sums


def _shares(works: Sequence[Work], count: int) -> list[list[Work]]:
    """The works in `count` parts of about equal weight."""
    shares: list[list[Work]] = [[] for _ in range(count)]
    weights = [0] * count
    for work in sorted(works, key=lambda work: -work.weight):
        lightest = weights.index(min(weights))
        shares[lightest].append(work)
        weights[lightest] += work.weight
    return [share for share in shares if share]


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
