"""Which rules does the evidence give, asked from the command line?"""

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from typing import Any

from django.utils import translation

from wastecal import answers, inference, words
from wastecal.core.reconstruction import Possibility, Stretch
from wastecal.inference import By, Item, Report
from wastecal.management import console
from wastecal.staff.evidence import acts
from wastecal.words import days

_LEAST = 0.95
_UNSURE = 0.95


class Command(console.Command):
    help = (
        "Infers the rules of streets, zones or addresses from the evidence in the database, with their "
        "probabilities. With --adopt what is likely enough becomes rules, marked as reconstructed."
    )
    example = "--by street --adopt --min-probability 0.95"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--by", type=By, choices=list(By), default=By.STREET)
        parser.add_argument("--format", choices=("table", "json"), default="table")
        parser.add_argument("--adopt", action="store_true", help="make rules of what is likely enough")
        parser.add_argument(
            "--min-probability", type=_probability, default=_LEAST, metavar="P", help="0.95 by default"
        )
        parser.add_argument(
            "--keep",
            action="store_true",
            help="work out what is new of streets and zones for the staff's pages",
        )
        parser.add_argument(
            "--doubt",
            action="store_true",
            help="show as uncertain, in one Edit, every rule in force that the evidence speaks against",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        if options["keep"]:
            self._keep()
        if options["doubt"]:
            self._doubt()
        if options["keep"] or options["doubt"]:
            return
        found = inference.report(options["by"], console.today())
        if found is None:
            console.no_answer(
                "There is no evidence yet, so nothing can be said. Import some: "
                "python manage.py import_evidence FILE"
            )
        if options["format"] == "json":
            self.stdout.write(json.dumps([_as_json(item, found) for item in found.items], indent=1))
        else:
            at_most = console.list_limit(options["verbosity"])
            self.stdout.write("\n".join(_table(found, at_most)))
        if options["adopt"]:
            self._adopt(found, options["min_probability"], quiet=options["format"] == "json")

    def _keep(self) -> None:
        fresh = [by for by in inference.KEPT if inference.keep(by, console.today(), console.now())]
        done = f"Worked out anew: {words.listing(fresh)}." if fresh else "Nothing new to work out."
        self.stdout.write(done)

    def _doubt(self) -> None:
        found, town = inference.doubting.doubtful(console.today()), answers.town()
        if town is None or not found:
            self.stdout.write("No rule in force has become uncertain.")
            return
        with translation.override(town.languages[0]):
            edit = inference.doubting.doubt(found, acts.doubted_rules, console.today(), console.now())
        said = f"{len(found)} rules are uncertain from now on"
        self.stdout.write(f"{said}: Edit {edit.number}." if edit else "Somebody was quicker: no Edit made.")

    def _adopt(self, found: Report, least: float, *, quiet: bool) -> None:
        summary = f"Adopted what is {words.pickups.percent(least)} likely or more"
        edit = inference.adopt(found, least, summary, console.now())
        done = f"Done: Edit {edit.number}." if edit else "Nothing to adopt: no Edit made."
        (self.stderr if quiet else self.stdout).write(done)


def _probability(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"'{text}' is no probability; write a number from 0 to 1, as 0.95.")
    return value


def _as_json(item: Item, found: Report) -> dict[str, Any]:
    best = item.possibilities[0] if item.possibilities else None
    return {
        "scope": item.scope,
        "part": str(item.part) if item.part else None,
        "container": item.container,
        **_rule_as_json(best, found),
        "support": len(item.verdict.support),
        "contradictions": [
            {"date": row.date.isoformat(), "source": str(row.source)} for row in item.verdict.contradictions
        ],
        "alternatives": [_rule_as_json(row, found) for row in item.possibilities[1:]],
        "valid_from": item.valid_from.isoformat() if item.valid_from else None,
        "earlier": [_stretch_as_json(row, found) for row in item.stretches[:-1]],
        "zone": item.zone or None,
        "zones": [{"zone": row.zone, "probability": round(row.probability, 3)} for row in item.memberships],
        "tells": tells[0].day.isoformat() if (tells := item.tells) else None,
    }


def _rule_as_json(row: Possibility | None, found: Report) -> dict[str, Any]:
    if row is None:
        return {"anchor": None, "rrule": None, "probability": None}
    return {
        "anchor": row.candidate.first_from(found.start).isoformat(),
        "rrule": row.candidate.rrule,
        "probability": round(row.probability, 3),
    }


def _stretch_as_json(row: Stretch, found: Report) -> dict[str, Any]:
    rule = _rule_as_json(Possibility(row.candidate, row.probability), found)
    return {**rule, "valid_until": row.stop.isoformat() if row.stop else None}


def _table(found: Report, at_most: int | None) -> Iterator[str]:
    known = [item for item in found.items if item.possibilities]
    unknown = [item for item in found.items if not item.possibilities and not item.confirmed]
    yield f"{found.records} records, {len(known)} findings."
    rows = [_row(item, found) for item in known]
    wide = max((len(scope) for scope, _ in rows), default=0)
    yield from (f"  {scope:<{wide}}  {said}" for scope, said in rows)
    yield from console.listed("Nothing is known, and no record speaks of:", map(_name, unknown), at_most)
    groups = [f"{name}: {', '.join(scopes)}" for name, scopes in found.groups.items() if len(scopes) > 1]
    yield from console.listed("Emptied together, as far as can be told:", groups, at_most)
    doubts = [_doubt(item) for item in known if len(item.memberships) > 1]
    yield from console.listed("May belong to more than one zone:", doubts, at_most)
    wanted = [row for row in inference.most_wanted(found) if row.worth > 0.01]
    helpful = [f"{row.scope} {row.container}, for {_count(row.houses)}" for row in wanted]
    yield from console.listed("One more record would settle most on:", helpful, at_most)
    if found.astray:
        yield f"{found.astray} records are of streets that are not in the register."


def _row(item: Item, found: Report) -> tuple[str, str]:
    said = [words.pickups.percent(item.possibilities[0].probability).rjust(6), _rule_in_words(item, found)]
    against = len(item.verdict.contradictions)
    said.append(f"{len(item.verdict.support)} for, {against} against")
    said += [item.zone] if item.zone else []
    if item.possibilities[0].probability < _UNSURE and (tells := item.tells):
        said.append(f"look on {tells[0].day}")
    return _name(item), "  ".join(said)


def _rule_in_words(item: Item, found: Report) -> str:
    rule = inference.rule(item.scope, item.container, item.stretches[-1], found.start)
    since = f", since {item.valid_from}" if item.valid_from else ""
    return f"{days.frequency(rule)} from {rule.anchor}{since}"


def _name(item: Item) -> str:
    part = f" ({item.part})" if item.part else ""
    return f"{item.scope}{part} {item.container}"


def _doubt(item: Item) -> str:
    zones = ", ".join(f"{row.zone} {words.pickups.percent(row.probability)}" for row in item.memberships)
    return f"{_name(item)}: {zones}"


def _count(number: int) -> str:
    return "1 address" if number == 1 else f"{number} addresses"
