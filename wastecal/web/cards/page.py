"""How does the next collection become the bytes of a card? From values alone, as wastecal.web.page."""

from wastecal import words
from wastecal.core.answer import Answer
from wastecal.web import links, visits
from wastecal.web.frames import Frame, render

MONTHS = 4
"""Months whose days it holds: a copy is renewed long before they are past."""


def card(frame: Frame, answer: Answer) -> bytes:
    """The card of an address or a zone. It holds the coming days, too, so that it can move on by itself."""
    days = visits.upcoming(answer, answer.pickups, frame.today)
    own = [visits.schedule(answer, standing, frame.today) for standing in answer.standings]
    return render(
        "cards/card",
        frame,
        heading=words.place(answer),
        place_url=links.of_place(answer),
        boxes=[row.box for row in own],
        next=visits.next_of(days, frame.today),
        months=visits.months(days)[:MONTHS],
        known=own,
        put_out=words.put_out(frame.town),
        ask=words.ask(frame.town),
    )
