"""Does a reader see one whole release, at whichever step a swap is killed?"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.publish import sites
from tests.publish.sites import NOW, TRUSTED
from wastecal.publish import releases, verifying
from wastecal.publish.signature import FIRST, Snapshot

STEPS = [(os, "replace"), (Path, "rename"), (Path, "symlink_to"), (Path, "unlink"), (shutil, "rmtree")]


class KilledError(BaseException):
    """The process is gone: no handler runs but `finally`, which a real kill spares us too."""


def kill_at(step: int, patch: pytest.MonkeyPatch) -> None:
    """Ends the process right before the given change of the file system."""
    count = 0

    def counted(change: Callable[..., Any]) -> Callable[..., Any]:
        def stop_or_change(*words: Any, **named: Any) -> Any:
            nonlocal count
            count += 1
            if count > step:
                raise KilledError
            return change(*words, **named)

        return stop_or_change

    for owner, name in STEPS:
        patch.setattr(owner, name, counted(getattr(owner, name)))


def swap_killed_at(step: int, root: Path) -> None:
    sites.release(releases.staging(root), sites.changed(2), Snapshot.at(NOW, 2, FIRST))
    with pytest.MonkeyPatch.context() as patch:
        kill_at(step, patch)
        with suppress(KilledError), releases.locked(root):
            releases.swap(root, 2)
            releases.prune(root, 1)


@pytest.mark.parametrize(("step", "read"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (5, 2)])
def test_a_swap_killed_at_any_step_is_seen_by_no_reader(tmp_path: Path, step: int, read: int) -> None:
    sites.publish(tmp_path)
    swap_killed_at(step, tmp_path)
    assert verifying.folder(tmp_path, TRUSTED, NOW).snapshot.serial == read


def test_what_a_killed_swap_left_does_not_stand_in_the_way(tmp_path: Path) -> None:
    sites.publish(tmp_path)
    for step in range(4):
        swap_killed_at(step, tmp_path)
    with releases.locked(tmp_path):
        assert not (tmp_path / ".current.new").is_symlink()
    assert sites.publish(tmp_path, sites.changed(3)).exists()
    assert verifying.folder(tmp_path, TRUSTED, NOW)


def test_the_release_that_is_read_is_never_pruned(tmp_path: Path) -> None:
    for serial in (1, 2, 3):
        sites.publish(tmp_path, sites.changed(serial))
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to("releases/1")
    releases.prune(tmp_path, 1)
    assert [path.name for path in releases.all_of(tmp_path)] == ["1", "3"]


def test_a_repair_that_was_killed_at_its_last_step_stands(tmp_path: Path) -> None:
    sites.publish(tmp_path)
    (tmp_path / ".current.new").symlink_to("releases/1")
    with releases.locked(tmp_path):
        assert verifying.folder(tmp_path, TRUSTED, NOW)
