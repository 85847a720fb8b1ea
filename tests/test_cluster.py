"""Is the PostgreSQL of the tests a real one that wastecal can use and check?"""

import os
import subprocess
import sys
from pathlib import Path


def test_wastecal_migrates_an_empty_postgres(postgres: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=Path(__file__).resolve().parent.parent,
        env=os.environ | {"DATABASE_URL": postgres},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
