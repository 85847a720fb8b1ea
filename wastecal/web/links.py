"""Where do the pages of a place lie?"""

from django.urls import reverse

from wastecal.core.answer import Answer


def of_place(answer: Answer, page: str = "") -> str:
    """The page of an address or a zone, or the one named `page` that belongs to it: `subscribe`, `card`."""
    if answer.place.address is None:
        return reverse(f"zone_{page}" if page else "zone", args=[answer.place.zone])
    return reverse(page or "address", args=answer.place.slug.split("/"))


def webcal(feed: str) -> str:
    """The same address as programs are handed it that subscribe."""
    return f"webcal://{feed.partition('://')[2]}"
