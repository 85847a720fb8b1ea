"""What do the answers look like, field by field: type, unit, meaning and an example?

These describe, and make nothing: what they describe is made by `data` and `api.resources`, and the
tests hold the one against the other.
"""

from typing import Any

from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    DateTimeField,
    DictField,
    Field,
    FloatField,
    IntegerField,
    ListField,
    Serializer,
    URLField,
)

from wastecal.core.answer import Known
from wastecal.core.pickup import Status
from wastecal.core.recurrence import Provenance

_SLUG = "holmby/storgatan/1"
_SITE = "https://sophamtning.example"


def example(field: type[Field[Any, Any, Any, Any]], meaning: str, shown: Any, **more: Any) -> Any:
    """A field with its meaning and an example, which schema.Description puts into the description."""
    return field(help_text=meaning, style={"example": shown}, **more)


def words_of(meaning: str, shown: str | None, **more: Any) -> Any:
    return example(CharField, meaning, shown, **more)


def day_of(meaning: str, shown: str | None, **more: Any) -> Any:
    return example(DateField, f"{meaning} YYYY-MM-DD, in the municipality's time zone.", shown, **more)


def moment_of(meaning: str, shown: str, **more: Any) -> Any:
    return example(DateTimeField, f"{meaning} ISO 8601 with its offset.", shown, **more)


def one_of(meaning: str, names: Any, shown: str, **more: Any) -> Any:
    return example(ChoiceField, meaning, shown, choices=[name.value for name in names], **more)


def words_in(meaning: str, shown: list[str], **more: Any) -> Any:
    return example(ListField, meaning, shown, child=CharField(), **more)


def likelihood(meaning: str, **more: Any) -> Any:
    return example(
        FloatField, f"{meaning} From 0 to 1.", 0.93, min_value=0, max_value=1, allow_null=True, **more
    )


def edit_number(meaning: str = "The number of the Edit that made it as it is.", shown: int = 42) -> Any:
    return example(IntegerField, meaning, shown, min_value=0)


def scope_of(meaning: str) -> Any:
    return words_of(f"{meaning}: `everyone`, `zone:H3`, `street:<slug>` or `address:<slug>`.", "zone:H3")


class ByLanguage(DictField):
    """A text in some languages, by their codes."""

    child = CharField(max_length=10_000)


class Fault(Serializer[Any]):
    """What is wrong with one field of what was sent."""

    field = words_of("The field.", "new_date")
    detail = words_of("One sentence for a person.", "This is the same day. Write another one.")


class Problem(Serializer[Any]):
    """Why a question has no answer (RFC 9457)."""

    type = words_of("The kind of problem, the same in every language.", "urn:wastecal:problem:malformed")
    title = words_of("The kind of problem in a few words.", "The question cannot be read")
    status = example(IntegerField, "The HTTP status, once more.", 400)
    detail = words_of("One sentence for a person.", "limit is a whole number from 1 to 100.")
    parameter = words_of("The parameter that is meant.", "limit", required=False)
    errors = Fault(  # type: ignore[assignment]
        many=True, required=False, help_text="What is wrong field by field, where something was sent."
    )


class Links(Serializer[Any]):
    """Where the same address is found in other forms."""

    page = example(URLField, "The page for people.", f"{_SITE}/adress/{_SLUG}/")
    calendar = example(URLField, "The calendar feed (iCalendar).", f"{_SITE}/adress/{_SLUG}.ics")
    reminding = example(
        URLField, "The feed with a reminder the evening before.", f"{_SITE}/adress/{_SLUG}.paminn.ics"
    )
    pickups = example(URLField, "Its pickups in this API.", f"{_SITE}/api/v1/addresses/{_SLUG}/pickups")


class Address(Serializer[Any]):
    """A place that can be looked up."""

    slug = words_of("The permanent name: made of the name of the address, and kept when that changes.", _SLUG)
    label = words_of("The address as it is written on a letter.", "Storgatan 1, 235 00 Holmby")
    street = words_of("The name of the street.", "Storgatan")
    number = words_of("The number of the house, `68-18` where it has two parts; empty for none.", "1")
    letter = words_of("The letter after the number; empty for none.", "B")
    postcode = words_of("Five digits without a space; empty where it is not known.", "23500")
    locality = words_of("The post town.", "Holmby")
    kind = words_of(
        "What stands there: `villa`, `fritidshus`, `flerbostadshus`; null where it is not known.",
        "villa",
        allow_null=True,
    )
    latitude = example(FloatField, "Degrees north, WGS 84; null where not known.", 55.47, allow_null=True)
    longitude = example(FloatField, "Degrees east, WGS 84; null where not known.", 13.02, allow_null=True)
    building = words_of(
        "The number of the building at the door for the old portal's clients.", "123456789012345"
    )
    links = Links(help_text="Where the same address is found in other forms.")
    edit = edit_number()


class PlacedAddress(Address):
    """An address with the zone that it is in this month."""

    zone = words_of("The code of its zone this month; null where that is not known.", "H3", allow_null=True)
    zone_name = words_of("The name of that zone; null for none.", "Höllviken södra", allow_null=True)


class Suggestion(Serializer[Any]):
    """What may be meant by what was typed so far."""

    kind = example(
        ChoiceField,
        "Whether it is a whole address, or a street whose numbers are still to be typed.",
        "address",
        choices=["address", "street"],
    )
    text = words_of("What to put into the field when it is chosen.", "Storgatan 1, 235 00 Holmby")
    slug = words_of(
        "The permanent name of the address (`town/street/number`) or street (`town/street`).", _SLUG
    )


class Addresses(Serializer[Any]):
    """Addresses: those that were searched for, or all, page by page."""

    found = example(
        ChoiceField,
        "What the search came to: one address, several, a street without that number, nothing; "
        "null where nothing was searched for.",
        "one",
        choices=["one", "several", "no_number", "none"],
        allow_null=True,
    )
    results = Address(many=True, help_text="The addresses, best first; without `q` in canonical order.")
    more = example(IntegerField, "How many further addresses the search found.", 0, min_value=0)
    suggestions = Suggestion(many=True, help_text="For autocompletion: at most ten, best first.")
    next = words_of(
        "The address of the next page; null after the last, and for searches.", None, allow_null=True
    )


class AnswerAddress(Serializer[Any]):
    """The address that is answered about."""

    slug = words_of("The permanent name.", _SLUG)
    label = words_of("The address as it is written on a letter.", "Storgatan 1, 235 00 Holmby")
    kind = words_of("What stands there; null where it is not known.", "villa", allow_null=True)
    zone = words_of("The code of its zone this month; null where not known.", "H3", allow_null=True)


class AnswerSpan(Serializer[Any]):
    """The days that are answered about."""

    def get_fields(self) -> dict[str, Any]:  # `from` is a word of Python's own
        return {
            "from": day_of("The first day.", "2026-10-01"),
            "to": day_of("The day after the last.", "2027-12-01"),
        }


class Candidate(Serializer[Any]):
    """A schedule that could be the right one."""

    next = day_of("Its first day after this month; null for none.", "2026-12-01", allow_null=True)
    probability = likelihood("How likely it is the right one.")
    dates = example(
        ListField, "Its days in the span, as YYYY-MM-DD.", ["2026-12-01", "2026-12-29"], child=DateField()
    )


class AnswerContainer(Serializer[Any]):
    """A container at the address, and what is known of its days."""

    code = words_of("The permanent name of the container.", "karl-1")
    name = words_of("What people call it.", "Kärl 1")
    fractions = words_in("What goes into it.", ["matavfall", "restavfall"])
    known = one_of(
        "`known`: a schedule gives its days. `candidates`: some schedules are possible. "
        "`interval_only`: only how often it is emptied. `none`: nothing.",
        Known,
        "known",
    )
    interval = words_of(
        "How often it is emptied, in words; null where no words say it.", "varannan vecka", allow_null=True
    )
    emptied = example(BooleanField, "False where it is known not to be emptied here.", True)
    candidates = Candidate(many=True, required=False, help_text="The possible schedules, likeliest first.")


class Alternative(Serializer[Any]):
    """Another day on which an uncertain pickup may be instead."""

    date = day_of("The day.", "2026-12-08")
    probability = likelihood("How likely the schedule is that has this day.")


class Pickup(Serializer[Any]):
    """One visit of the truck for one container."""

    container = words_of("The code of the container.", "karl-1")
    name = words_of("What people call the container.", "Kärl 1")
    date = day_of("The day the truck comes, or the first of the window.", "2026-12-23")
    date_until = day_of("The last day of the window; null for a single day.", None, allow_null=True)
    nominal = day_of(
        "The day that the schedule gives, which never changes: the pickup's identity; null for an extra one.",
        "2026-12-24",
        allow_null=True,
    )
    status = one_of(
        "`planned`; `shifted` by a holiday; `moved`, `delayed` (the day is not known yet), `cancelled` or "
        "`added` by the staff. On the days of `delayed` and `cancelled` ones no truck comes.",
        Status,
        "shifted",
    )
    certainty = one_of(
        "`confirmed` by the staff, `reconstructed` from old records, or by the general rule (`default`).",
        Provenance,
        "confirmed",
    )
    probability = likelihood("How likely a reconstructed day is right; null for others.")
    tentative = example(BooleanField, "Too uncertain to be relied upon.", False)
    alternatives = Alternative(
        many=True,
        required=False,
        help_text="Where it may be instead, the likeliest first; only if tentative.",
    )
    preliminary = example(BooleanField, "In a week with a holiday that is not decided yet.", False)
    reason = words_of("Why it is not on its ordinary day; null for none.", "Julafton", allow_null=True)


class AnswerNotice(Serializer[Any]):
    """A message to those who live there."""

    text = words_of("The message.", "Snö väntas: ställ kärlen vid vägen.")
    lang = words_of("The language it is in: the default one where it is not translated.", "sv")
    shown_from = day_of("The first day on which it is shown.", "2026-11-23")
    shown_until = day_of("The first day on which it is not shown any more.", "2026-11-27")


class Optional(Serializer[Any]):
    """Containers that one may have besides, such as for garden waste: left out of the feed."""

    containers = AnswerContainer(many=True, help_text="These containers.")
    pickups = Pickup(many=True, help_text="Their pickups, in the order of the days.")


class Answer(Serializer[Any]):
    """All that is known of the pickups at one address in a span of days."""

    address = AnswerAddress(help_text="The address that is answered about.")
    span = AnswerSpan(help_text="The days that are answered about.")
    containers = AnswerContainer(many=True, help_text="The containers of the address.")
    pickups = Pickup(many=True, help_text="Their pickups, in the order of the days.")
    optional = Optional(help_text="What one may have besides.")
    notices = AnswerNotice(many=True, help_text="The messages that are shown on any day of the span.")
    edit = edit_number("The number of the newest Edit that bears on this answer.")
    updated = moment_of("When that Edit was made.", "2026-11-23T14:05:00+01:00", allow_null=True)
