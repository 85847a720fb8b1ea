"""What does each column of the data directory mean? Said once, for the page and for docs/data-directory.md.

The names of files and columns are the core's; a test holds that none is left out or made up.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Said = Promise | str


@dataclass(frozen=True, slots=True)
class About:
    """What a file is, and what its columns (or keys) mean, by their names without a language."""

    file: str
    said: Said
    columns: Mapping[str, Said]


_SCOPE = _("For whom: everyone, a collection area, a street or a single address.")
_KEY = _("Permanent number: that of the edit, a dot and a count.")
_CODE = _("Short name that the other files use.")
_VERSIONS: Mapping[str, Said] = {
    "edit": _("Number of the edit that made this version of the row."),
    "ended_edit": _("Number of the edit that ended it; empty as long as it holds."),
}

FILES = (
    About(
        "municipality.toml",
        _("The municipality, its holiday moves and what else holds for all."),
        {
            "name": _("Name of the municipality."),
            "code": _("Code of the municipality at Statistics Sweden."),
            "timezone": _("Time zone in which days begin and end."),
            "languages": _("Languages; the first needs no prefix in web addresses."),
            "uid_domain": _("Part of every calendar event's name. It stays when the web address changes."),
            "site_url": _("Web address of the service."),
            "contact_name": _("Whom to ask."),
            "contact_phone": _("Telephone number to call."),
            "contact_url": _("Web page with more ways to get in touch."),
            "put_out_by": _("Time of day by which the container must stand out."),
            "holidays_decided_until": _("From this day on, weeks with a holiday are preliminary."),
            "certain_from": _("Worked-out days are uncertain below this probability."),
            "shown_from": _("Below this probability, days are shown only as possibilities."),
            "created": _("When the first edit was made."),
            "shift": _("Holiday moves in order: which holiday moves which collections, and where to."),
            "earlier": _("Earlier versions of the above."),
        },
    ),
    About(
        "containers.csv",
        _("The containers and what goes into them."),
        {
            "code": _CODE,
            "name": _("Name."),
            "fractions": _("What goes into it, separated by semicolons."),
            "default_rrule": _("How often it is emptied where no day is known, as an RRULE (RFC 5545)."),
            "kinds": _("Kinds of address that it is for; empty means houses."),
            "optional": _("Whether only some have it."),
            "colour": _("Colour of the lid."),
            "icon": _("Sign on the front."),
            "order": _("Place in lists."),
            **_VERSIONS,
        },
    ),
    About("zones.csv", _("The collection areas."), {"code": _CODE, "name": _("Name."), **_VERSIONS}),
    About(
        "addresses.csv",
        _("The addresses."),
        {
            "street": _("Street, or the name of the place."),
            "number": _("Number."),
            "letter": _("Letter after the number."),
            "postcode": _("Postcode."),
            "locality": _("Town."),
            "kind": _("villa, fritidshus, flerbostadshus or verksamhet; empty where it is not known."),
            "zone": _("Collection area."),
            "lat": _("Latitude (WGS 84)."),
            "lon": _("Longitude (WGS 84)."),
            "slug": _("Permanent name, where it is not the one that follows from the address."),
            "also": _("Other permanent names that lead here; the column is left out where there are none."),
            **_VERSIONS,
        },
    ),
    About(
        "zone_moves.csv",
        _("Addresses that move to another collection area."),
        {
            "address": _("Permanent name of the address."),
            "zone": _("The new collection area."),
            "valid_from": _("First ordinary day that goes by the new area."),
            **_VERSIONS,
        },
    ),
    About(
        "rules.csv",
        _("The ordinary schedules."),
        {
            "scope": _SCOPE,
            "container": _("Which container."),
            "anchor": _("A day that the rule gives, and from which it counts."),
            "rrule": _("How it repeats, as an RRULE (RFC 5545); NONE: it is not emptied."),
            "dates": _("The days one by one, where no rule gives them."),
            "season": _("ISO weeks in which it gives days, such as 18-40."),
            "valid_from": _("First ordinary day on which it holds."),
            "valid_until": _("First day on which it no longer holds."),
            "provenance": _("confirmed, reconstructed (worked out from old records) or default (general)."),
            "probability": _("How likely it is, where it has been worked out."),
            **_VERSIONS,
        },
    ),
    About(
        "overrides.csv",
        _("What staff have said about single days."),
        {
            "key": _KEY,
            "kind": _("move, delay, cancel or add."),
            "scope": _SCOPE,
            "containers": _("Which containers; empty means all."),
            "date": _("The planned day that it is about."),
            "new_date": _("The new day, or the first of those it may be."),
            "new_date_until": _("The last of the days it may be."),
            "reason": _("Why; for a single address one of a few codes."),
            **_VERSIONS,
        },
    ),
    About(
        "notices.csv",
        _("Messages that are shown on the pages."),
        {
            "key": _KEY,
            "scope": _SCOPE,
            "text": _("What it says."),
            "shown_from": _("First day on which it is shown."),
            "shown_until": _("First day on which it is no longer shown."),
            **_VERSIONS,
        },
    ),
    About(
        "edits.csv",
        _("Every public edit."),
        {
            "number": _("Number, counted from 1."),
            "at": _("When it was made."),
            "summary": _("What was done."),
        },
    ),
)  # fmt: skip
