"""A text pasted on the page for old text messages, and what the answer says of it."""

import re
from typing import Any

from django.test import Client

H12B = "/adress/holmby/storgatan/12b/"
PAGE = f"{H12B}sms/"
UNKNOWN = "/adress/holmby/angavagen/6/sms/"
RIGHT = "Kärl 1: 2026-10-01\nKärl 1: 2026-10-15\nKärl 1: 2026-10-29\nKärl 1: 2026-11-12"
"""Thursdays, as the rule of the zone has them: Kärl 1 every other one, 26 November among them."""


def paste(client: Client, text: str, url: str = PAGE, **more: str) -> Any:
    return client.post(url, {"text": text, **more})


def said(answer: Any) -> str:
    """The words of the page, without its markup."""
    body = re.sub(r"<(head|svg|select)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r" ([:.,])", r"\1", " ".join(re.sub(r"<[^>]*>", " ", body).split()))


def chosen(answer: Any) -> dict[str, str]:
    """What each day that was read counts as."""
    body = answer.content.decode()
    parts = re.findall(r'<select class="[^"]*" id="dag-([0-9-]+)".*?<option value="([^"]*)" selected', body)
    return dict(parts)
