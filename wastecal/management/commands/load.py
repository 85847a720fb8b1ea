"""How is a data directory loaded from the command line?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from wastecal.core.changes import Changes
from wastecal.core.directory import Directory
from wastecal.core.recurrence import Rule
from wastecal.core.rows import Address
from wastecal.importing import directory, loading
from wastecal.importing.plan import Plan
from wastecal.management import console
from wastecal.management.progress import Progress

_ONE = {
    "municipality": "municipality",
    "shifts": "holiday move",
    "containers": "container",
    "zones": "zone",
    "addresses": "address",
    "zone_moves": "zone move",
    "rules": "rule",
    "overrides": "override",
    "notices": "notice",
}
_LISTED = 10


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
        self.stdout.write("\n".join([*described(plan), done]))


def _read(path: Path) -> Directory:
    progress = Progress("rows read")
    try:
        content, problems = directory.read(path, progress.tick)
    finally:
        progress.done()
    return content or console.refuse_problems(problems)


def described(plan: Plan) -> list[str]:
    """The plan in lines that a person can read."""
    counted = [_counted(name, found) for name, found in plan.changes.items() if found]
    lines = ["Plan: " + (", ".join(counted) or "no changes")]
    lines += _listed("Confirmed rules supersede these guesses:", [_guess(rule) for rule in plan.superseded])
    kept = [_address(row) for row in plan.kept]
    lines += _listed("Not in the files, and kept (end them with --remove):", kept)
    return lines


def _counted(name: str, found: Changes) -> str:
    counts = (("+", found.added), ("~", len(found.changed)), ("−", found.removed))
    parts = [f"{sign}{count}" for sign, count in counts if count]
    return " ".join(parts) + " " + _noun(name, sum(count for _, count in counts))


def _noun(name: str, count: int) -> str:
    if count == 1:
        return _ONE[name]
    return (
        "addresses" if name == "addresses" else "municipality" if name == "municipality" else _ONE[name] + "s"
    )


def _listed(heading: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    more = [f"  … and {len(lines) - _LISTED} more"] if len(lines) > _LISTED else []
    return [heading, *(f"  {line}" for line in lines[:_LISTED]), *more]


def _guess(rule: Rule) -> str:
    share = f" {rule.probability:.0%}" if rule.probability is not None else ""
    return f"{rule.scope} {rule.container}: {rule.rrule or 'listed dates'} ({rule.provenance}{share})"


def _address(row: Address) -> str:
    return f"{row.street} {row.number}{row.letter}, {row.locality}"
