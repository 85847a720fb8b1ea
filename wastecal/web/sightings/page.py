"""How does the form for what was seen on a day become bytes? From values alone."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from wastecal import words
from wastecal.core.answer import Answer
from wastecal.web import language, links
from wastecal.web.frames import Frame, Link, render
from wastecal.web.patterns.form import containers
from wastecal.web.reporting.page import faults, field
from wastecal.web.sightings.form import OLDEST, SeenForm

_FIRST = {"day": "#day-1", "kind": "#kind-1", "container": "#container-1", "website": "#send"}


def which(frame: Frame) -> bytes:
    """The page that knows no address, as it is published: how to come here from one, and whom to call."""
    return render("sightings/which", frame)


def form(frame: Frame, of: SeenForm, about: date | None = None, *, fault: str = "") -> bytes:
    """The form: blank, with the day that the reader comes from, or as it was sent, with what is wrong."""
    answer = of.answer
    to_come = about if about and about > frame.today else None
    return render(
        "sightings/seen",
        frame,
        heading=words.place(answer),
        trail=[Link(links.of_place(answer), words.place(answer))],
        slug=answer.place.slug,
        fields={row.name: field(row) for row in of},
        faults=faults(of, fault, _FIRST),
        to_come=words.day(to_come, year=frame.today.year) if to_come else "",
        several=len(containers(answer)) > 1,
        action=language.with_prefix(frame.path, words.language()),
        earliest=frame.today - OLDEST,
        latest=frame.today,
        description=gettext("Say whether the container was emptied on a day."),
    )


def concerns(answer: Answer) -> bool:
    """Whether there is anything to be seen: a house with a container that is emptied."""
    return answer.place.address is not None and bool(containers(answer))


def url(answer: Answer) -> str:
    """The form for a house; what is added is a day."""
    return f"{reverse('seen')}?{urlencode({'adress': answer.place.slug}, safe='/')}"
