"""When is an address emptied, asked from the command line?"""

import csv
import io
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import translation

from wastecal import answers, data, words
from wastecal.core import scopes, spans
from wastecal.core.answer import Answer, Known
from wastecal.core.options import Options
from wastecal.core.pickup import Pickup
from wastecal.core.rows import Address
from wastecal.core.spans import Span
from wastecal.feeds import calendar
from wastecal.management import console
from wastecal.search import Found, Kind


class Command(console.Command):
    help = "Answers for an address: what is emptied, and when."
    example = '"Lyckans väg 20, Höllviken" --format ics'

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--from", dest="start", type=console.day, metavar="DATE")
        parser.add_argument("--to", dest="stop", type=console.day, metavar="DATE", help="not included")
        parser.add_argument("--today", type=console.day, metavar="DATE", help="ask as if on that day")
        parser.add_argument(
            "--as-of", type=console.day, metavar="DATE", help="what the address was told on that day"
        )
        parser.add_argument("--format", choices=sorted(FORMATS), default="text")
        parser.add_argument("--language", metavar="CODE", help="the municipality's first one by default")

    def handle(self, *_: Any, **options: Any) -> None:
        town = answers.town()
        if town is None:
            console.no_answer("Nothing is loaded yet. Load a data directory: python manage.py load DIR")
        lang = options["language"] or town.languages[0]
        if lang not in town.languages:
            console.refuse(f"There is no language '{lang}' here, only {', '.join(town.languages)}.")
        slug = _slug(options["address"])
        answer = _answer(slug, options)
        with translation.override(lang):
            self.stdout.write(FORMATS[options["format"]](answer, lang), ending="")


def _slug(text: str) -> str:
    """The one address that fits; else the nearest ones on stderr and exit code 1.

    A slug is taken as it is: it goes on naming an address that is gone, for `--as-of`.
    """
    if scopes.is_valid(scopes.address(text)):
        return text
    found = answers.find(text)
    if found.kind is Kind.ONE:
        return found.addresses[0].slug
    return console.no_answer("\n".join(_several(text, found)))


def _several(text: str, found: Found[Address]) -> list[str]:
    headings = {
        Kind.SEVERAL: f"Several addresses fit '{text}'; name one of them:",
        Kind.NO_NUMBER: f"That street has no number as in '{text}'. The nearest:",
        Kind.NONE: f"There is no address '{text}' here.",
    }
    lines = [headings[found.kind], *(f"  {console.label(row)}" for row in found.addresses)]
    if found.more:
        lines.append(f"  … and {found.more} more")
    if found.suggestions:
        lines += [
            "Streets with a name like it:",
            *(f"  {name}, {place}" for place, name in found.suggestions),
        ]
    return lines


def _answer(slug: str, options: dict[str, Any]) -> Answer:
    told: date | None = options["as_of"]
    today = options["today"] or told or console.today()
    usual = spans.default(today)
    span = Span(options["start"] or usual.start, options["stop"] or usual.stop)
    if not span.days:
        console.refuse(f"The span from {span.start} to {span.stop} holds no day: --to is not included.")
    if span.days > answers.LONGEST:
        console.refuse(f"That is {span.days} days; ask for {answers.LONGEST} at most.")
    as_of = answers.edit_at(told) if told else None
    answer = answers.for_address(slug, today, span, as_of=as_of)
    when = f"on {told}" if told else "now"
    return answer or console.no_answer(f"There is no such address here {when}.")


def _text(answer: Answer, lang: str) -> str:
    lines = [words.place(answer), ""]
    lines += [_line(answer, pickup, lang) for pickup in answer.pickups]
    unknown = [standing for standing in answer.standings if standing.known is not Known.KNOWN]
    lines += [words.known(standing) for standing in unknown]
    if not answer.standings:
        lines.append(words.calendar(answer).splitlines()[-1])
    elif unknown:
        lines.append(words.ask(answer.town))
    optional = [_line(answer, pickup, lang) for pickup in answer.optional_pickups]
    if optional:
        lines += ["", words.optional(answer), *optional]
    lines += [notice.text.said(lang).text for notice in answer.notices_on(answer.today)]
    return "\n".join(lines) + "\n"


def _line(answer: Answer, pickup: Pickup, lang: str) -> str:
    name = answer.container(pickup.container).name.said(lang).text
    told = [words.status_line(pickup), words.certainty(pickup) if pickup.comes else ""]
    return "  ".join([pickup.date.isoformat(), words.window(pickup), name, *filter(None, told)])


def _csv(answer: Answer, lang: str) -> str:
    rows = data.as_data(answer, lang)["pickups"]
    out = io.StringIO()
    columns = ["container", "name", "date", "date_until", "nominal", "status", "certainty", "probability"]
    columns += ["tentative", "preliminary", "reason"]
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _json(answer: Answer, lang: str) -> str:
    return data.render(answer, lang).decode()


def _ics(answer: Answer, lang: str) -> str:
    prefix = "" if lang == answer.town.languages[0] else f"/{lang}"
    page = f"{answer.town.site_url}{prefix}/adress/{answer.place.slug}"
    return calendar.render(answer, Options(), lang=lang, page=page + "/", source=page + ".ics").decode()


FORMATS: dict[str, Callable[[Answer, str], str]] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "ics": _ics,
}
