"""How do the page for old text messages, its answer and its receipt become bytes? From values alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext

from wastecal import words
from wastecal.core.answer import Answer
from wastecal.core.evidence import Evidence, Kind, Source
from wastecal.core.shifts import Shift
from wastecal.inference import MOST, Found
from wastecal.web import language, links, months, visits
from wastecal.web.frames import Frame, Link, render
from wastecal.web.patterns import results
from wastecal.web.patterns.form import LEFT_OUT, PatternForm, Read, containers

_AROUND = 60
"""So many characters of a line are shown on each side of a day that was read in it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A day that was read: where, and what it may be said to be of."""

    name: str
    day: str
    before: str
    words: str
    after: str
    denied: bool
    counts: bool
    fits: bool
    choices: tuple[tuple[str, str, bool], ...]


def blank(frame: Frame, answer: Answer) -> bytes:
    """The page as everybody sees it first, and as it is published."""
    return _page(frame, answer, text="")


def mistaken(frame: Frame, answer: Answer, form: PatternForm | None, fault: str = "") -> bytes:
    """The page with what is wrong, and the text as it was sent; `fault` is about the whole of it."""
    faults = [Link("#send", fault)] if fault else []
    if form is None:
        return _page(frame, answer, text="", faults=faults)
    spots = {"text": "#text"}
    faults += [
        Link(spots.get(name, "#send"), str(message))
        for name, messages in form.errors.items()
        for message in messages
    ]
    return _page(
        frame,
        answer,
        text=str(form["text"].value() or ""),
        faults=faults,
        text_error=" ".join(map(str, form["text"].errors)),
        unread=form.unread,
    )


def found(
    frame: Frame, answer: Answer, form: PatternForm, told: Found, policy: tuple[Shift, ...], fault: str = ""
) -> bytes:
    """The answer: the patterns, the coming days, how the text was read, and the offer to send it in."""
    own = form.evidence()
    coming = results.pickups(answer, told, policy)
    days = results.days(answer, coming)
    grids = months.ahead(answer.today, days)
    against = results.misfits(told, own)
    rows = [_row(form, day, fits=day.sight.day not in against) for day in form.days]
    counted = sum(row.counts for row in rows)
    return _page(
        frame,
        answer,
        text=form.cleaned_data["text"],
        sending=form.cleaned_data["sending"],
        faults=[Link("#send-in" if counted else "#read", fault)] if fault else [],
        answered=True,
        patterns=results.patterns(answer, told, coming),
        untold=words.listing(results.untold(answer, told)),
        unexplained=results.unexplained(told, own),
        others=told.others,
        newest=MOST if len(own) > MOST else 0,
        months=visits.months(days),
        grids=grids,
        signs=[months.sign(visits.box(row)) for row in form.containers],
        rows=rows,
        counted=counted,
        unread=form.unread,
    )


def received(frame: Frame, answer: Answer, kept: Sequence[Evidence], number: int) -> bytes:
    """The receipt: what is stored now; `number` of these records are new."""
    names = {row.code: row.name.said(words.language()).text for row in containers(answer)}
    first = kept[0]
    by_container = sorted(kept, key=lambda row: (row.container, row.kind, row.date))
    return render(
        "patterns/received",
        frame,
        place=Link(links.of_place(answer), words.place(answer)),
        again=links.of_place(answer, "sms"),
        number=number,
        street=f"{first.street}, {first.locality}",
        from_messages=first.source is Source.SMS,
        sending=first.sending,
        missed=any(row.kind is Kind.NOT_COLLECTED for row in kept),
        kept=[
            (_seen(names.get(code, ""), kind), [words.day(row.date, year=0) for row in rows])
            for (code, kind), rows in groupby(by_container, key=lambda row: (row.container, row.kind))
        ],
    )


def _seen(name: str, kind: Kind) -> str:
    """`Kärl 1, tömdes`: what was seen of which container."""
    said = {"name": name or gettext("Container not known")}
    if kind is Kind.COLLECTED:
        return gettext("%(name)s, was emptied") % said
    return gettext("%(name)s, was not emptied") % said


def _page(frame: Frame, answer: Answer, **context: Any) -> bytes:
    return render(
        "patterns/sms",
        frame,
        heading=words.place(answer),
        trail=[Link(links.of_place(answer), words.place(answer))],
        action=language.with_prefix(frame.path.partition("?")[0], words.language()),
        boxes=[visits.box(row) for row in containers(answer)],
        names=words.either(row.name.said(words.language()).text for row in containers(answer)),
        slug=answer.place.slug,
        **context,
    )


def _row(form: PatternForm, day: Read, *, fits: bool) -> Row:
    sight = day.sight
    start = max(sight.line.find(sight.words), 0)
    stop = start + len(sight.words)
    before, after = sight.line[:start], sight.line[stop:]
    return Row(
        name=day.name,
        day=words.day(sight.day, year=0),
        before=before if len(before) <= _AROUND else f"…{before[-_AROUND:]}",
        words=sight.words,
        after=after if len(after) <= _AROUND else f"{after[:_AROUND]}…",
        denied=sight.denied,
        counts=day.said != LEFT_OUT,
        fits=fits,
        choices=tuple((value, text, value == day.said) for value, text in form.choices(sight)),
    )
