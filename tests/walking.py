"""Where does one come who follows every link of the site from its front page?"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.test import Client

from tests import town

_START = (
    "/",
    "/en/",
    "/?q=storgatan",
    "/?q=finns+inte",
    "/adress/finns/inte/9/",
    "/healthz/ready",
    "/sok/index.json",
    "/sok/borjan/-.json",
    "/sok/hus/-.json",
    f"/adress/{town.H1}/ar/2027/",
)
"""The front page, pages with nothing on them, and what only scripts ask for."""

Ask = Callable[[str], HttpResponse]


@dataclass(frozen=True)
class Once:
    """Asks for each page once, and remembers: several tests may look at the same town."""

    answers: dict[str, HttpResponse] = field(default_factory=dict)

    def by(self, client: Client) -> Ask:
        def ask(path: str) -> HttpResponse:
            if path not in self.answers:
                answer: HttpResponse | object = client.get(path)
                assert isinstance(answer, HttpResponse)  # which the stubs do not know
                self.answers[path] = answer
            return self.answers[path]

        return ask


def answers(ask: Ask, *more: str) -> dict[str, HttpResponse]:
    """What is answered at every URL that pages link to, from the start and from `more`."""
    found: dict[str, HttpResponse] = {}
    waiting = [*_START, *more]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = ask(path)
            waiting += _links(found[path])
    return found


def _links(response: HttpResponse) -> list[str]:
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    links = re.findall(r'href="(?:[a-z]+://testserver)?(/[^"#]*)"', response.content.decode())
    return [link.replace("&amp;", "&") for link in links if not link.startswith("/static/")]
