"""Which feeds are put to the programs? Every status, and every text that one may stumble over."""

from dataclasses import dataclass, replace
from datetime import date, time

from django.utils import translation

from tests import town
from wastecal.core.answer import Answer
from wastecal.core.ics import Reminder
from wastecal.core.options import EVENING_BEFORE, Options
from wastecal.core.pickup import Pickup
from wastecal.core.spans import Span
from wastecal.core.texts import of as text_of
from wastecal.feeds import calendar

PAGE = "https://holmby.example/adress/holmby/storgatan/1/"
NASTY = (
    "Kärl, backat; \\ vält \\n \\, \\; \"citat\" 'så' `här` ^n ^' %0D%0A &amp; <b> {x} 100 %",
    "rad ett\nrad två\n\nrad fyra\r\nrad fem\rrad sex",
    "oskyldigt\r\nATTENDEE:mailto:a@b.example\r\nEND:VEVENT\r\nEND:VCALENDAR",
    "=cmd()|' /C calc'!A0 @SUM(1+1) +46 -1",
    "höger \u202eovets\u202c \u200fשלום مرحبا\u200e, zw\u200bj\u200d",
    "🗑️👨‍👩‍👧‍👦 é e\u0301 ÅÄÖ ß ﬁ 漢字 𝄞" * 6,
    "a" * 74 + "ö" * 200 + "🗑" * 60,
    "nul\x00 bel\x07 esc\x1b[31m del\x7f nel\x85 c1\x9b ls\u2028 ps\u2029 bom\ufeff tab\tslut",
    "BEGIN:VALARM",
    "  blanksteg runt om  ",
)
"""Words that staff or a file may hold; a feed must carry them without coming apart."""


@dataclass(frozen=True, slots=True)
class Trial:
    """An answer as a feed: asked in a language and with options."""

    answer: Answer
    lang: str
    options: Options

    @property
    def feed(self) -> bytes:
        with translation.override(self.lang):
            source = PAGE.rstrip("/") + ".ics?karl=karl-1,karl-2"
            return calendar.render(self.answer, self.options, lang=self.lang, page=PAGE, source=source)

    @property
    def pickups(self) -> tuple[Pickup, ...]:
        return calendar.pickups(self.answer, self.options)

    def name(self, pickup: Pickup) -> str:
        return self.answer.container(pickup.container).name.said(self.lang).text


def every_status() -> Answer:
    """One of each: planned, shifted, moved, window, cancelled, delayed, added, tentative, preliminary."""
    said = town.text("Vält träd, kör ej; \\ ring\n040-42 50 00", "Fallen tree, no way; \\ call\n040-42 50 00")
    home = f"address:{town.H1}"
    return town.answer(
        span=Span(date(2026, 10, 1), date(2027, 4, 1)),
        rules=(
            town.rule(),
            town.rule("zone:H1", "11-26", town.MONTHLY, container="karl-2"),
            town.guess(0.8, "zone:H1", "11-24", container="glas"),
            town.rule("zone:H1", "04-28", container="tradgard"),
        ),
        containers=(*town.CONTAINERS, town.container("glas", "Glas, färgat; 🍾", order=4)),
        overrides=(
            town.override("move", "12-10", "12-11", until="12-12", reason=said, key="2.1"),
            town.override("move", "2027-01-21", "2027-01-23", reason=said, key="2.2"),
            town.override("cancel", "11-26", containers=("karl-2",), reason=said, key="2.3"),
            town.override("delay", "2027-02-18", containers=("karl-1",), reason=said, key="2.4"),
            town.override("add", "11-27", scope=home, containers=("karl-1",), key="2.5"),
            town.override("add", "11-28", containers=("karl-1",), until="11-30", key="2.6"),
        ),
        notices=(town.notice("Snö väntas, kör; sakta\\långsamt 🌨️"),),
    )


def nasty(text: str) -> Answer:
    """The same words in every place where words can stand."""
    notice = replace(town.notice(""), text=text_of({"sv": text}))
    holmby = town.container("karl-1", f"Kärl {text}", order=1)
    return town.answer(
        span=Span(date(2026, 11, 1), date(2027, 1, 1)),
        containers=(replace(holmby, fractions=(("sv", (text, "matavfall")),)), town.CONTAINERS[1]),
        zones=(replace(town.ZONES[0], name=text), town.ZONES[1]),
        overrides=(town.override("move", "12-10", "12-11", reason=text_of({"sv": text}), key="2.1"),),
        notices=(notice,),
        municipality=(town.municipality(contact_name=text, put_out_by=text),),
    )


def garden(answer: Answer) -> tuple[str, ...]:
    return tuple(standing.container.code for standing in (*answer.standings, *answer.optional))


def all_trials() -> dict[str, Trial]:
    """The trials by their names."""
    every = every_status()
    found = {
        "svenska": Trial(every, "sv", Options()),
        "english": Trial(every, "en", Options()),
        "evening before": Trial(every, "sv", Options(EVENING_BEFORE)),
        "same morning": Trial(every, "en", Options(Reminder(time(6, 30), 0))),
        "midnight": Trial(every, "sv", Options(Reminder(time(0, 0), 0))),
        "half past seven": Trial(every, "sv", Options(Reminder(time(19, 30)))),
        "with the garden": Trial(every, "sv", Options(EVENING_BEFORE, garden(every))),
        "nothing": Trial(town.answer("holmby/angavagen/6"), "sv", Options(EVENING_BEFORE)),
    }
    return found | {
        f"text {n}": Trial(nasty(text), "sv", Options(EVENING_BEFORE)) for n, text in enumerate(NASTY)
    }
