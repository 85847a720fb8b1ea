"""How is a data directory loaded from the command line?"""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wastecal.core.changes import Changes
from wastecal.core.directory import Directory
from wastecal.core.recurrence import Rule
from wastecal.importing import directory, loading
from wastecal.importing.plan import Plan
from wastecal.management import console
from wastecal.management.progress import Progress

_NOUNS = {
    "municipality": ("municipality", "municipality"),
    "shifts": ("holiday move", "holiday moves"),
    "containers": ("container", "containers"),
    "zones": ("zone", "zones"),
    "addresses": ("address", "addresses"),
    "zone_moves": ("zone move", "zone moves"),
    "rules": ("rule", "rules"),
    "overrides": ("override", "overrides"),
    "notices": ("notice", "notices"),
}


class Command(console.Command):
    help = "Loads a data directory: all of it as one Edit, or nothing."
    example = "fixtures/vellinge --dry-run"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="show the plan and change nothing")
        parser.add_argument("--remove", action="store_true", help="end the addresses that are not in it")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is data already")

    def handle(self, *_: Any, **options: Any) -> None:
        if options["if_empty"] and not loading.is_empty():
            return
        content, remove = _read(options["directory"]), options["remove"]
        if options["dry_run"]:
            plan, done = loading.preview(content, remove=remove), "Nothing was changed (--dry-run)."
        else:
            plan, edit = loading.apply(content, "Loaded a data directory", console.now(), remove=remove)
            done = f"Done: Edit {edit.number}." if edit else "Nothing to change: no Edit made."
        at_most = console.list_limit(options["verbosity"])
        self.stdout.write("\n".join([*described(plan, at_most), done]))


def _read(path: Path) -> Directory:
    progress = Progress("rows read")
    try:
        content, problems = directory.read(path, progress.tick)
    finally:
        progress.done()
    return content or console.refuse_problems(problems)


def described(plan: Plan, at_most: int | None = None) -> Iterator[str]:
    """The plan in lines that a person can read; of each list `at_most` so many."""
    counted = [_counted(name, found) for name, found in plan.changes.items() if found]
    yield "Plan: " + (", ".join(counted) or "no changes")
    guesses, kept = map(_guess, plan.superseded), map(console.label, plan.kept)
    yield from console.listed("Confirmed rules supersede these guesses:", guesses, at_most)
    yield from console.listed("Not in the files, and kept (end them with --remove):", kept, at_most)


def _counted(name: str, found: Changes) -> str:
    counts = (("+", found.added), ("~", len(found.changed)), ("−", found.removed))
    parts = [f"{sign}{count}" for sign, count in counts if count]
    one, many = _NOUNS[name]
    return " ".join(parts) + " " + (one if sum(count for _, count in counts) == 1 else many)


def _guess(rule: Rule) -> str:
    share = f" {rule.probability:.0%}" if rule.probability is not None else ""
    return f"{rule.scope} {rule.container}: {rule.rrule or 'listed dates'} ({rule.provenance}{share})"
