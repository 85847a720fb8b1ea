"""What can be laid over a town so that a demonstration shows it near today? All of it invented."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from wastecal import answers, models
from wastecal.core import collation, scopes, texts
from wastecal.core.overrides import Kind, Override
from wastecal.core.pickup import Status
from wastecal.core.rows import Municipality, Notice
from wastecal.core.spans import Span
from wastecal.core.texts import Text
from wastecal.edits import Write

_DAYS = 42
_SATURDAY = 5
_MOVED = {"sv": "Vägarbete (påhittat)", "en": "Roadworks (invented)"}
_CANCELLED = {"sv": "Bilen har gått sönder (påhittat)", "en": "The truck broke down (invented)"}
_DELAYED = {"sv": "Halka (påhittat)", "en": "Icy roads (invented)"}
_WINDOW = {"sv": "Ändrad tur (påhittat)", "en": "Changed round (invented)"}
_EXTRA = {"sv": "Ersätter den inställda tömningen (påhittat)", "en": "For the cancelled one (invented)"}
_NOTICE = {
    "sv": "Demonstration: just nu kan tömningen komma någon timme senare än vanligt.",
    "en": "Demonstration: for now the truck may come an hour or so later than usual.",
}
_SOURCES = ("sms", "sms", "resident", "sms", "driver", "sms")


@dataclass(frozen=True, slots=True)
class _Visit:
    """A planned day of a zone, with the containers that are emptied on it."""

    planned: date
    zone: str
    containers: tuple[str, ...]


def is_demonstration(town: Municipality) -> bool:
    """Whether the town says of itself that it is none: `.example` belongs to nobody (RFC 2606)."""
    return town.uid_domain.endswith(".example")


def overlay(town: Municipality, today: date) -> Write | None:
    """Overrides of every kind and a notice for the coming weeks; None where nothing is planned."""
    visits = sorted(_first_visits(today), key=lambda visit: (visit.planned, visit.zone))
    if len(visits) < 4:
        return None
    late, moved, cancelled, unsure = visits
    after = moved.planned + timedelta(days=2 if moved.planned.weekday() == _SATURDAY else 1)
    extra = _weekday(cancelled.planned + timedelta(days=3))
    day = timedelta(days=1)
    notice = Notice(
        "", scopes.zone(moved.zone), _said(_NOTICE, town), today - day, today + timedelta(days=_DAYS)
    )
    return Write(
        {
            "overrides": (
                _override(Kind.DELAY, late, _said(_DELAYED, town)),
                _override(Kind.MOVE, moved, _said(_MOVED, town), (after, None)),
                _override(Kind.CANCEL, cancelled, _said(_CANCELLED, town)),
                _override(Kind.ADD, cancelled, _said(_EXTRA, town), (extra, None)),
                _override(
                    Kind.MOVE, unsure, _said(_WINDOW, town), (unsure.planned + day, unsure.planned + 2 * day)
                ),
            ),
            "notices": (notice,),
        },
        {},
    )


def evidence(today: date) -> Iterator[models.Evidence]:
    """What residents of two streets without known days might have sent in: every second Tuesday."""
    container = models.Container.objects.filter(ended_edit=None).order_by("order").first()
    tuesday = today - timedelta(days=(today.weekday() - 1) % 7 or 7)
    for number, (locality, street) in enumerate(_streets_without_days(today)[:2], 1):
        for back, source in enumerate(_SOURCES):
            yield models.Evidence(
                date=tuesday - timedelta(weeks=2 * back),
                locality=locality,
                street=street,
                container=container.code if container else "",
                kind="collected",
                source=source,
                sending=f"demo-{number}",
            )


def _first_visits(today: date) -> list[_Visit]:
    """Four planned days, of as many zones as can be."""
    by_zone = [_visits(zone.code, today) for zone in answers.zones()]
    turns = (visit for turn in zip_longest(*by_zone) for visit in turn if visit is not None)
    return [visit for visit, _ in zip(turns, range(4), strict=False)]


def _visits(zone: str, today: date) -> list[_Visit]:
    """The coming days of a zone on which nothing has been said about any pickup."""
    answer = answers.for_zone(zone, today)
    soon = Span(today + timedelta(days=1), today + timedelta(days=1 + _DAYS))
    containers: dict[date, list[str]] = {}
    touched: set[date] = set()
    for pickup in answer.pickups if answer else ():
        if pickup.planned in soon and not pickup.tentative:
            containers.setdefault(pickup.planned, []).append(pickup.container)
            if pickup.status not in (Status.PLANNED, Status.SHIFTED):
                touched.add(pickup.planned)
    return [
        _Visit(day, zone, tuple(codes)) for day, codes in sorted(containers.items()) if day not in touched
    ]


def _streets_without_days(today: date) -> list[tuple[str, str]]:
    unknown = []
    for zone in answers.zones():
        answer = answers.for_zone(zone.code, today)
        if answer and not answer.pickups:
            unknown.append(zone.code)
    live = models.Address.objects.filter(ended_edit=None, zone__in=unknown)
    streets = set(live.values_list("locality", "street"))
    return sorted(streets, key=lambda street: (collation.key(street[0]), collation.key(street[1])))


def _override(
    kind: Kind, visit: _Visit, reason: Text, to: tuple[date | None, date | None] = (None, None)
) -> Override:
    containers = visit.containers[:1] if kind is Kind.ADD else ()
    day = None if kind is Kind.ADD else visit.planned
    return Override("", kind, scopes.zone(visit.zone), containers, day, *to, reason)


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= _SATURDAY else 0)


def _said(words: Mapping[str, str], town: Municipality) -> Text:
    """The words in those of the town's languages that we have; the first never goes without."""
    first = town.languages[0]
    return texts.of(
        {lang: words.get(lang, words["en"]) for lang in town.languages if lang in words or lang == first}
    )
