"""Are the systemd units right, as far as systemd can tell without starting them?"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import server

UNITS = server.ROOT / "deploy" / "systemd"


def test_systemd_finds_no_fault(tmp_path: Path) -> None:
    """In copies whose program is one that is here: systemd looks whether it can be run."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not installed")
    for unit in UNITS.glob("*.*"):
        text = re.sub(r"(?m)^ExecStart=(?!/bin/sh)\S+", "ExecStart=/bin/true", unit.read_text())
        (tmp_path / unit.name).write_text(text)
    units = sorted(tmp_path.glob("wastecal*"))
    assert len(units) == 10
    for unit in units:
        done = subprocess.run(
            [analyze, "verify", "--man=no", unit], capture_output=True, text=True, check=False
        )
        faults = [line for line in done.stderr.splitlines() if "wastecal" in line]
        assert (done.returncode, faults) == (0, []), done.stderr
