"""How fast is it, beside its peers? Prints a table for each question and says which goals hold."""

import json
import os
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import django

from bench.rounds import Table, printed

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
QUESTIONS = ("year", "feed", "paper", "preview", "server", "publishing", "reconstruction")


def measured(names: Iterable[str]) -> Iterator[Table]:
    """The tables of some questions; what needs Django's settings is imported after they are made."""
    os.environ.update({"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": "sqlite://:memory:"})
    django.setup()
    from bench import feed, paper, preview, publishing, reconstruction, server, year

    makers = {
        "year": year.tables,
        "feed": feed.tables,
        "paper": paper.tables,
        "preview": preview.tables,
        "server": server.tables,
        "publishing": publishing.tables,
        "reconstruction": reconstruction.tables,
    }
    for name in names:
        yield from makers[name]()


def goals(tables: list[Table]) -> Iterator[str]:
    """Whether each goal holds, in a line each; what was not measured is left out."""
    by_name = {table.name: table for table in tables}
    for goal in tomllib.loads((HERE / "goals.toml").read_text(encoding="utf-8"))["goal"]:
        if not (table := by_name.get(goal["table"])):
            continue
        row = table.row(goal["way"])
        if "at_most" in goal:
            verdict = "holds " if row.median <= goal["at_most"] else "MISSED"
            told = f"{row.median:.1f} {table.unit} (goal {goal['at_most']} {table.unit})"
        else:
            verdict = "holds " if row.times >= goal["at_least"] else "MISSED"
            told = f"{row.times:.2f} × (goal {goal['at_least']} ×)"
        yield f"{verdict}  {table.name}: {goal['way']} {told}"


def main(names: list[str]) -> None:
    if unknown := set(names) - set(QUESTIONS):
        raise SystemExit(f"There is no question {', '.join(unknown)}; there are {', '.join(QUESTIONS)}.")
    tables = []
    for table in measured(names or QUESTIONS):
        tables.append(table)
        print(printed(table), flush=True)
    print("\n".join(goals(tables)))
    RESULTS.mkdir(exist_ok=True)
    for table in tables:
        file = RESULTS / f"{table.name.replace(', ', '-').replace(',', '').replace(' ', '-')}.json"
        file.write_text(json.dumps(asdict(table), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
