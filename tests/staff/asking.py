"""How does a member of the staff go through an act in a browser: form, check page, publish?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.test import Client

NEW = "/personal/avvikelser/ny/"
MOVED = {"what": "move", "day": "2026-11-26", "new_day": "2026-11-27", "who": "some", "whom": "H1"}
Asked = Mapping[str, Any]


@dataclass
class Page:
    status: int
    html: str

    @property
    def text(self) -> str:
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.html)).split())

    @property
    def hidden(self) -> dict[str, list[str]]:
        """What the page's forms carry in hidden fields."""
        found: dict[str, list[str]] = {}
        for tag in re.findall(r"<input type=\"hidden\"[^>]*>", self.html):
            name, value = (re.search(rf'{part}="([^"]*)"', tag) for part in ("name", "value"))
            if name and value and name[1] != "csrfmiddlewaretoken":
                found.setdefault(name[1], []).append(unescape(value[1]))
        return found


def page_of(response: Any) -> Page:
    return Page(response.status_code, response.content.decode())


def check(client: Client, asked: Asked, url: str = NEW) -> Page:
    return page_of(client.post(url, asked))


def step(client: Client, page: Page, name: str, url: str = NEW) -> Any:
    """What the page's button of that name leads to, redirects followed."""
    return client.post(url, {**page.hidden, "step": name}, follow=True)


def publish(client: Client, asked: Asked = MOVED, url: str = NEW) -> str:
    """Straight through: checked and published; the address of the receipt."""
    checked = check(client, asked, url)
    assert checked.status == 200, checked.text
    done = client.post(url, {**checked.hidden, "step": "publish"})
    assert done.status_code == 303, page_of(done).text
    return str(done["Location"])


def receipt(client: Client, asked: Asked = MOVED, url: str = NEW) -> Page:
    """The same, with what the receipt says."""
    return page_of(client.get(publish(client, asked, url)))
