"""Which addresses does a URL ask about together, and what is known of each?"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from wastecal.core.answer import Answer

MOST = 50
"""Addresses that are answered for together."""
PARAMETER = "a"

_SLUG = re.compile(r"[a-z0-9-]{1,200}(?:/[a-z0-9-]{1,200}){2}")


@dataclass(frozen=True, slots=True)
class Gathered:
    """The answers, each place once, in the order asked for, and the slugs that gave none.

    `repeated` were asked for twice, also by an older name; `over` are those past the first MOST.
    """

    answers: tuple[Answer, ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]
    over: tuple[str, ...]

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(answer.place.slug for answer in self.answers)


def gather(asked: Iterable[str], find: Callable[[str], Answer | None]) -> Gathered:
    """What `find` answers for each of the slugs in a URL; it is asked for slugs only."""
    found: dict[str, Answer] = {}
    unknown: dict[str, None] = {}
    repeated: list[str] = []
    over: list[str] = []
    for slug in filter(None, asked):
        if slug in found or slug in unknown:
            repeated.append(slug)
        elif len(found) + len(unknown) >= MOST:
            over.append(slug)
        elif (answer := find(slug) if _SLUG.fullmatch(slug) else None) is None:
            unknown[slug] = None
        elif answer.place.slug in found:
            repeated.append(slug)
        else:
            found[answer.place.slug] = answer
    return Gathered(tuple(found.values()), tuple(unknown), tuple(repeated), tuple(over))


def query(slugs: Iterable[str]) -> str:
    """The part of a URL's query that asks for these: `a=holmby/storgatan/1&a=holmby/storgatan/2`."""
    return urlencode([(PARAMETER, slug) for slug in slugs], safe="/")
