"""What do lists of zones, containers, notices, overrides and Edits look like, field by field?"""

from typing import Any

from rest_framework.serializers import BooleanField, CharField, IntegerField, ListField, Serializer, URLField

from wastecal.api.shapes import day_of, edit_number, example, moment_of, one_of, scope_of, words_in, words_of
from wastecal.core.overrides import Kind

_API = "https://sophamtning.example/api/v1"


def _next() -> Any:
    return words_of("The address of the next page; null after the last.", None, allow_null=True)


class Zone(Serializer[Any]):
    """Addresses that share schedules."""

    code = words_of("The permanent name of the zone.", "H3")
    name = words_of("What it is called.", "Höllviken södra")
    edit = edit_number()


class Zones(Serializer[Any]):
    """The zones of the municipality."""

    results = Zone(many=True, help_text="The zones, in the order of their codes.")
    next = _next()


class Container(Serializer[Any]):
    """What stands at the kerb and is emptied."""

    code = words_of("The permanent name of the container.", "karl-1")
    name = words_of("What people call it.", "Kärl 1")
    fractions = words_in("What goes into it.", ["matavfall", "restavfall"])
    interval = words_of(
        "How often it is emptied unless something else is known; null where no words say it.",
        "varannan vecka",
        allow_null=True,
    )
    kinds = words_in("The kinds of house that have it; empty: houses of every kind but flats.", ["villa"])
    optional = example(BooleanField, "Whether one has it only if one wants it.", False)
    colour = words_of("The colour of its lid, as #rrggbb; null for none.", "#2e7d32", allow_null=True)
    edit = edit_number()


class Containers(Serializer[Any]):
    """The containers of the municipality."""

    results = Container(many=True, help_text="The containers, in the municipality's own order.")
    next = _next()


class Notice(Serializer[Any]):
    """A message to those who live somewhere."""

    key = words_of("The permanent name of the message.", "42.1")
    scope = scope_of("For whom it is")
    text = words_of("The message.", "Snö väntas: ställ kärlen vid vägen.")
    lang = words_of("The language it is in: the default one where it is not translated.", "sv")
    shown_from = day_of("The first day on which it is shown.", "2026-11-23")
    shown_until = day_of("The first day on which it is not shown any more.", "2026-11-27")
    edit = edit_number()


class Notices(Serializer[Any]):
    """The messages that stand."""

    results = Notice(many=True, help_text="The messages, oldest first.")
    next = _next()


class Override(Serializer[Any]):
    """The staff's word on what was planned for a day."""

    key = words_of("The permanent name: the number of the Edit that made it, a dot, an index.", "42.1")
    kind = one_of(
        "`move` to another day, `delay` to a day that is not known yet, `cancel`, or `add` an extra pickup.",
        Kind,
        "move",
    )
    scope = scope_of("For whom it counts")
    containers = words_in("The codes of the containers it is about; empty: all.", ["karl-1"])
    date = day_of(
        "The planned day it is about, after holiday moves; null for an extra pickup that says `new_date`.",
        "2026-12-10",
        allow_null=True,
    )
    new_date = day_of(
        "The day instead, or the first of the window; null for none.", "2026-12-11", allow_null=True
    )
    new_date_until = day_of(
        "The last day of the window; null for a single day.", "2026-12-12", allow_null=True
    )
    reason = words_of("Why; null where nothing is said.", "Vägarbete", allow_null=True)
    edit = edit_number()


class Overrides(Serializer[Any]):
    """The overrides that stand; those that were withdrawn are not among them."""

    results = Override(many=True, help_text="The overrides, oldest first.")
    next = _next()


class Changed(Serializer[Any]):
    """What an Edit did to one table of the data directory."""

    table = words_of("The name of the table.", "overrides")
    begun = example(IntegerField, "How many rows it made.", 1, min_value=0)
    ended = example(IntegerField, "How many rows it ended.", 0, min_value=0)


class Edit(Serializer[Any]):
    """One numbered write: everything public changes by these, and by nothing else."""

    number = edit_number("Its number. Numbers rise by one from Edit to Edit.", 42)
    at = moment_of("When it was made.", "2026-11-23T14:05:00+01:00")
    summary = words_of("What it did, in the words of whoever made it known; without names.", "2 avvikelser")
    changed = Changed(many=True, help_text="What it did, table by table.")
    scopes = example(
        ListField,
        "For whom answers may have changed: `zone:H3`, `street:<slug>`, `address:<slug>`; "
        "null where they may have for everyone.",
        ["zone:H3"],
        child=CharField(),
        allow_null=True,
    )


class Edits(Serializer[Any]):
    """The Edits after the one you know."""

    results = Edit(many=True, help_text="The Edits, oldest first.")
    newest = edit_number(
        "The number of the newest Edit there is: send it as `after` when you have read all.", 42
    )
    next = _next()


class Root(Serializer[Any]):
    """Where everything is."""

    addresses = example(URLField, "Addresses: search, autocompletion, all.", f"{_API}/addresses")
    zones = example(URLField, "The zones.", f"{_API}/zones")
    containers = example(URLField, "The containers.", f"{_API}/containers")
    notices = example(URLField, "The messages.", f"{_API}/notices")
    overrides = example(URLField, "The overrides.", f"{_API}/overrides")
    edits = example(URLField, "What has changed.", f"{_API}/edits")
    schema = example(URLField, "This API as OpenAPI 3.1.", f"{_API}/schema/")
    docs = example(URLField, "This API for people.", f"{_API}/docs/")
