"""Publishes for each day that it is told, each time in a process of its own that may be killed.

    python -m tests.publish.publisher

Each line of its input is a folder and a day; its output is the process that publishes, and then how
that ended. The program is loaded once: each process is a fork, which takes no time.
"""

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import django
from django.apps import apps


def main() -> None:
    if not apps.ready:
        django.setup()
    from wastecal.web.years import sheet

    sheet.offered = lambda today: range(2026, 2027)
    for line in sys.stdin:
        folder, _, day = line.rstrip("\n").rpartition(" ")
        process = os.fork()
        if not process:
            publish(Path(folder), date.fromisoformat(day))
            os._exit(0)
        print(process, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)


def publish(folder: Path, today: date) -> None:
    from wastecal.publish.keys import SecretKey
    from wastecal.publish.publishing import Publisher

    key = SecretKey(b"wastecal", bytes(range(32)))
    Publisher(folder, "https://holmby.example", key).publish(today, datetime.now(UTC))


if __name__ == "__main__":
    main()
