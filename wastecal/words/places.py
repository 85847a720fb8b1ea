"""What is a place called, and what does a calendar say of it as a whole?"""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from wastecal.core import addresses
from wastecal.core.answer import Answer, Known
from wastecal.words.days import either, language
from wastecal.words.standings import ask, known


def place(answer: Answer) -> str:
    """The address on one line, or the zone."""
    row = answer.place.address
    if row is None:
        return _("Zone %(name)s") % {"name": answer.zone_name or answer.zone}
    return addresses.label(row.street, row.number, row.letter, row.postcode, row.locality)


def houses(answers: Sequence[Answer]) -> tuple[str, ...]:
    """Each address by street and number alone; on one whole line where two would be called the same."""
    short = [place(answer).partition(", ")[0] for answer in answers]
    shared = {name for name, number in Counter(short).items() if number > 1}
    return tuple(
        place(answer) if name in shared else name for name, answer in zip(short, answers, strict=True)
    )


def calendar(answer: Answer) -> str:
    """What a calendar says of itself: for which place it is, and what is not known yet."""
    lines = [_("When waste is collected at %(place)s.") % {"place": place(answer)}]
    if not answer.standings:
        lines.append(_("Block of flats or shared facility? Ask your association"))
    unknown = [standing for standing in answer.standings if standing.known is not Known.KNOWN]
    lines += [known(standing) for standing in unknown]
    if unknown and (help_ := ask(answer.town)):
        lines.append(help_)
    return "\n".join(lines)


def optional(answer: Answer) -> str:
    """The heading over the days of containers that one may have besides."""
    names = [standing.container.name.said(language()).text for standing in answer.optional]
    return _("If you have %(containers)s:") % {"containers": either(names)}
