"""What was found without anybody waiting for it, and how much has come in since?

Where there are many records they are worked out by `reconstruct --keep`, outside of any request. What is
kept is shown as of its newest record; an act stands on it only while all else that it follows from is as it
was.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q

from wastecal import answers, models
from wastecal.core import versions
from wastecal.core.reconstruction import Model
from wastecal.core.recurrence import Rule
from wastecal.core.register import Register
from wastecal.inference import kept, packed
from wastecal.inference.held import Held, held
from wastecal.inference.report import (
    By,
    Report,
    confirmed,
    is_confirmed,
    model,
    newest,
    report,
    streets_known,
)

MOST_AT_ONCE = 500
"""So many records are worked out while somebody waits for a page: about a second of one core."""
KEPT = (By.STREET, By.ZONE)
"""What the pages show. Addresses are asked for at the command line alone."""
_FEW = 3
_LONG = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, and what was held against the rules in force where that is kept too.

    `found` is None where nothing has been worked out yet. `at` is when it was worked out, None for just now;
    `newer` how many records have come in since; `outdated` whether streets, zones or containers have changed.
    """

    found: Report | None
    held: tuple[Held, ...] | None = None
    at: datetime | None = None
    newer: int = 0
    outdated: bool = False


def look(by: By, today: date, upto: int | None = None) -> Looked | None:
    """The newest there is, or that up to a record; None where there are no records, or nothing is loaded."""
    known, mark = answers.known(), newest() if upto is None else upto
    count = _count(mark)
    if known is None or not count:
        return None
    if count <= MOST_AT_ONCE:
        return Looked(report(by, today, mark))
    rows = models.Finding.objects.filter(by=by, mark__lte=mark).defer("body")
    row = rows.filter(register__startswith=f"{packed.VERSION}:").first()
    if row is None:
        return Looked(None)
    digest = _digest(model(known.register), today)
    found, against = _read(row, known.register, today)
    return Looked(
        found,
        against,
        row.made_at,
        newer=count - _count(row.mark),
        outdated=row.register != digest or found.records != _count(row.mark),
    )


def current(by: By, today: date) -> Report | None:
    """What all records there are now say: as kept, or found now, however long that takes."""
    seen = look(by, today)
    if seen and seen.found and not seen.newer and not seen.outdated:
        return seen.found
    return report(by, today)


def pinned(by: By, today: date, mark: int) -> Report | None:
    """What was found up to a record, for an act that stands on it; None where that is no longer known."""
    seen = look(by, today, mark)
    if seen is None or seen.found is None or seen.outdated or seen.found.mark != mark:
        return None
    models.Finding.objects.filter(by=by, mark=mark).update(wanted_on=today)
    return seen.found


def keep(by: By, today: date, at: datetime) -> bool:
    """Works out what is new and keeps it; False where nothing is. The findings themselves are found anew
    only where records, streets, zones or containers are others; what is told, each day and after each Edit.
    """
    known, mark = answers.known(), newest()
    if known is None or not mark:
        return False
    digest = _digest(model(known.register), today)
    row = models.Finding.objects.filter(by=by, mark=mark, register=digest).first()
    edit = answers.newest_edit()
    if row and (row.edit, row.day) == (edit, today):
        return False
    found = _read(row, known.register, today)[0] if row else report(by, today, mark)
    if found is None or found.records != _count(mark):
        return False
    fresh = {"body": packed.packed(found, held(today)), "edit": edit, "day": today, "made_at": at}
    models.Finding.objects.update_or_create(by=by, mark=mark, register=digest, defaults=fresh)
    _tidy(by, today)
    return True


def _tidy(by: By, today: date) -> None:
    """The newest few stay, and for a while those on which somebody has begun an act: it may be proposed."""
    rows = models.Finding.objects.filter(by=by)
    newest_few = list(rows.order_by("-made_at").values_list("pk", flat=True)[:_FEW])
    rows.exclude(Q(pk__in=newest_few) | Q(wanted_on__gt=today - _LONG)).delete()


def _count(mark: int) -> int:
    return models.Evidence.objects.filter(pk__lte=mark).count()


def _digest(said: Model, today: date) -> str:
    """All that findings follow from but the records, with the version of the form and of what is found."""
    streets = sorted((slug, row.addresses, row.home) for slug, row in streets_known(today).items())
    taken = sorted(said.defaults.items()), sorted(said.optional), said.policy, sorted(said.wrong.items())
    text = repr((streets, taken, said.intervals, said.levels))
    return f"{packed.VERSION}:{hashlib.sha256(text.encode()).hexdigest()}"


def _read(row: models.Finding, known: Register, today: date) -> tuple[Report, tuple[Held, ...]]:
    """A kept row, read once by each process, with what is confirmed and in force by now."""

    def fresh() -> tuple[Report, tuple[Held, ...]]:
        found, against = kept.found(
            ("body", row.pk, row.made_at, today),
            lambda: packed.unpacked(bytes(row.body), model(known), today),
        )
        sure = confirmed(known, today)
        items = (
            replace(item, confirmed=is_confirmed(item.scope, item.home, item.container, sure))
            for item in found.items
        )
        return replace(found, items=tuple(items)), tuple(packed.in_force(against, _rules(known)))

    return kept.found(("row", row.pk, row.made_at, today, answers.newest_edit()), fresh)


def _rules(known: Register) -> Mapping[str, Rule]:
    live = versions.live(row for rows in known.rules.values() for row in rows)
    return {packed.name_of(row): row for row in live}
