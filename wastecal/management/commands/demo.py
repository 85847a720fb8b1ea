"""How does the demonstration get something to show near today?"""

from argparse import ArgumentParser
from typing import Any

from wastecal import answers, edits
from wastecal.management import console, demonstration
from wastecal.models import Edit, Evidence

SUMMARY = "Demonstration near today"


class Command(console.Command):
    help = (
        "Lays a moved, a cancelled, a delayed and an extra pickup, a window, a notice and some evidence, "
        "all invented, over the coming weeks of the loaded town, as one Edit."
    )
    example = "--once"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="only the first time, and only over a town that is invented"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        town, once = answers.town(), options["once"]
        if town is None:
            self._end("There is no municipality yet: load a data directory first.", once=once)
            return
        if once and not demonstration.is_demonstration(town):
            self.stdout.write(f"{town.name} is no demonstration: nothing is laid over its data.")
            return
        if once and Edit.objects.filter(summary=SUMMARY).exists():
            return
        today = console.today()
        overlay = demonstration.overlay(town, today)
        if overlay is None:
            self._end("Too few pickups are planned in any zone for the coming weeks.", once=once)
            return
        observed = list(demonstration.evidence(today))
        edit = edits.record(lambda: overlay, SUMMARY, console.now())
        Evidence.objects.bulk_create(observed)
        self.stdout.write(f"Done: Edit {edit.number if edit else ''}.")

    def _end(self, sentence: str, *, once: bool) -> None:
        if not once:
            console.no_answer(sentence)
        self.stdout.write(sentence)
