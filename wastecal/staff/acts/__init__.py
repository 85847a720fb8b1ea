"""What can the staff do to what the public sees? An act: a form, the write it means, and its words.

Everything else is the same for every act (flow.py): the form, a page that shows exactly what will
change, publishing, a proposal where one may not publish, a receipt, and taking it back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from wastecal.core.errors import WastecalError
from wastecal.core.rows import Municipality
from wastecal.edits import Write
from wastecal.models import Edit
from wastecal.preview import Preview
from wastecal.staff.acts.forms import ActForm
from wastecal.staff.roles import Role

Said = Mapping[str, Any]
"""The cleaned data of an act's form."""


class Refused(WastecalError):
    """What was asked for cannot be written; `words` say why, to be shown beside the form's field."""

    def __init__(self, words: str, field: str | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.field = field


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of change.

    `name` is that of its URL (`staff:<name>`) and stands in proposals; `path` is below /personal/.
    `write` gives what an answered form means, in the database as it is when it is called; it may
    raise Refused. `summary` goes into the public list of Edits, in the town's first language, without
    names of people. `tell` gives the text to send by other ways, in the active language. Where it
    does not `ask`, its form has no page of its own: the query says all, and checking is the first step.
    `received` gives what a browser sent as the form takes it (a file becomes text there). `aside` gives
    what `aside_template` shows on the page that checks, above the days: what is seen of no single
    address. `keep` writes what is private and goes with the Edit, if at all, at once with it.
    """

    name: str
    path: str
    title: Any
    form: type[ActForm]
    write: Callable[[Said], Write]
    summary: Callable[[Said], str]
    tell: Callable[[Said, Municipality], str] = lambda said, town: ""
    keep: Callable[[Said, Edit], object] = lambda said, edit: None
    template: str = "act"
    role: Role = Role.PROPOSE
    asks: bool = True
    received: Callable[[HttpRequest], QueryDict] = lambda request: request.POST
    aside: Callable[[Said, Preview], Mapping[str, Any]] = lambda said, shown: {}
    aside_template: str = ""
