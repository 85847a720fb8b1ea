"""What have residents reported that nobody has dealt with yet?"""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from wastecal import answers, reports
from wastecal.management import console
from wastecal.reports import Filed


class Command(console.Command):
    help = (
        "Lists what residents have reported and nobody has dealt with, oldest first. "
        "Deletes what is past its time, as the privacy page promises: run it at least weekly."
    )
    example = "--done 12 14"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--done", type=int, nargs="+", metavar="NUMBER", default=[], help="these have been dealt with"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        now = console.now()
        unknown = [number for number in options["done"] if not reports.mark_done(number, now)]
        reports.forget(now)
        if unknown:
            console.no_answer(f"No report waits under {', '.join(map(str, unknown))}.")
        for line in _lines(reports.waiting()):
            self.stdout.write(line)


def _lines(waiting: tuple[Filed, ...]) -> Iterator[str]:
    if not waiting:
        yield "No report waits."
    for filed in waiting:
        yield from _said(filed)


def _said(filed: Filed) -> Iterator[str]:
    town, report = answers.town(), filed.report
    at = filed.at.astimezone(ZoneInfo(town.timezone if town else "Europe/Stockholm"))
    where = f'"{report.typed}"' if report.typed else report.address
    parts = [str(filed.number), f"{at:%Y-%m-%d %H:%M}", report.kind, where, report.container]
    yield "  ".join(part for part in (*parts, str(report.day or "")) if part)
    yield from (f"    {line}" for line in report.text.splitlines())
