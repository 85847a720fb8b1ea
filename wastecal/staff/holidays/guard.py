"""Would a write change days that have been? A year that is over never changes, whoever asks."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext

from wastecal import answers
from wastecal.core import policy, versions
from wastecal.core.shifts import Shift
from wastecal.edits import Write
from wastecal.preview import states
from wastecal.staff import words
from wastecal.staff.acts import Refused


def check(old: Iterable[Shift], fresh: Iterable[Shift], today: date) -> None:
    """Raise Refused where the new policy moves any day before `today` otherwise than the old one."""
    places = [row.code for row in answers.containers()], [row.code for row in answers.zones()]
    day = policy.first_past_change(old, fresh, today, places)
    if day:
        told = {"day": words.day(day)}
        raise Refused(gettext("That would change days that have been: %(day)s. Choose otherwise.") % told)


def check_write(write: Write, today: date) -> None:
    """The same for any write: undoing one of another year comes too late."""
    now = answers.known()
    if now is not None and (write.begin.get("shifts") or write.end.get("shifts")):
        found = states.after(now.register, write)
        check(versions.live(found.before.shifts), versions.live(found.after.shifts), today)
