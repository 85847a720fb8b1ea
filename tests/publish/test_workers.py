"""Do several processes write the same as one, and does their failing come to light?"""

import errno
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from wastecal.publish import workers
from wastecal.publish.workers import WorkerLost
from wastecal.publish.writer import Stage


@dataclass(frozen=True)
class Letters:
    """A work of so many files; `before` is called before each."""

    name: str
    count: int = 3
    before: Callable[[], None] = lambda: None

    @property
    def weight(self) -> int:
        return self.count

    def files(self) -> Iterator[tuple[str, bytes]]:
        for number in range(self.count):
            self.before()
            yield f"{self.name}/{number}.bin", f"{self.name}{number}".encode()


WORKS = [Letters(name, count) for name, count in (("a", 1200), ("b", 3), ("c", 700), ("d", 1))]


def quiet(_count: int) -> None:
    return


def written(folder: Path, processes: int) -> tuple[dict[str, str], dict[str, bytes]]:
    folder.mkdir()
    sums = workers.write(Stage(folder), WORKS, quiet, processes)
    return sums, {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.bin")}


def test_two_processes_write_what_one_does(tmp_path: Path) -> None:
    alone, together = written(tmp_path / "1", 1), written(tmp_path / "2", 2)
    assert alone == together
    assert set(together[0]) == set(together[1])
    assert len(together[0]) == 1904


def test_the_publisher_hears_how_many_files_there_are(tmp_path: Path) -> None:
    counts: list[int] = []
    workers.write(Stage(tmp_path), WORKS, counts.append, 2)
    assert sum(counts) == 1904
    assert len(counts) > 2


def test_the_work_is_shared_evenly() -> None:
    shares = workers._shares(WORKS, 2)
    assert sorted(sum(work.weight for work in share) for share in shares) == [704, 1200]


def test_a_killed_worker_is_noticed(tmp_path: Path) -> None:
    works = [Letters("a"), Letters("b", before=lambda: os.kill(os.getpid(), signal.SIGKILL))]
    with pytest.raises(WorkerLost):
        workers.write(Stage(tmp_path), works, quiet, 2)


def full() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("processes", [1, 2])
def test_a_full_disk_is_told_to_the_publisher(tmp_path: Path, processes: int) -> None:
    with pytest.raises(OSError, match="No space left") as told:
        workers.write(Stage(tmp_path), [Letters("a"), Letters("b", before=full)], quiet, processes)
    assert told.value.errno == errno.ENOSPC


def test_no_worker_is_left_when_one_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    fork = os.fork

    def forked() -> int:
        pid = fork()
        started.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", forked)
    slow = Letters("a", before=lambda: signal.pause())
    with pytest.raises(OSError, match="No space left"):
        workers.write(Stage(tmp_path), [slow, Letters("b", before=full)], quiet, 2)
    assert len(started) == 2
    for pid in started:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
