"""How does what can be subscribed to become the bytes of a page? From values alone, as wastecal.web.page."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from wastecal import words
from wastecal.core.answer import Answer
from wastecal.core.options import Options
from wastecal.core.rows import Container
from wastecal.core.texts import Said
from wastecal.web import language, links
from wastecal.web.frames import Frame, Link, render
from wastecal.web.subscribing import offers, programs
from wastecal.web.subscribing.form import Form
from wastecal.web.subscribing.offers import Offer
from wastecal.web.years import qr

_GOOGLE = "https://calendar.google.com/calendar/render"
_OUTLOOK = "https://outlook.live.com/calendar/0/addfromweb"
_OFFICE = "https://outlook.office.com/calendar/0/addfromweb"


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick, or one button of several."""

    value: str
    name: Said
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """The address that was asked for, in words and for each kind of program."""

    url: str
    says: str
    webcal: str
    qr: str
    buttons: dict[str, Link]


@dataclass(frozen=True, slots=True)
class Guide:
    program: programs.Program
    buttons: tuple[Link, ...]


def place(frame: Frame, answer: Answer, form: Form | None = None) -> bytes:
    """The page of an address or a zone; without a form the one that everybody sees first."""
    return subscribe(frame, offers.of_place(answer), form)


def subscribe(frame: Frame, offer: Offer, form: Form | None = None) -> bytes:
    form = form or Form(offer, frame.town)
    ready = not form.is_bound or form.is_valid()
    feed = _feed(frame, form) if ready and offer.own + offer.optional else None
    return render(
        "subscribing/subscribe",
        frame,
        offer=offer,
        trail=[Link(offer.page, offer.heading)],
        form=form,
        action=language.with_prefix(frame.path.partition("?")[0], words.language()),
        containers=_containers(form),
        languages_offered=_languages(form, frame),
        put_out=words.put_out(frame.town),
        feed=feed,
        guides=_guides(feed) if feed else (),
        others=programs.OTHERS,
        plain=_plain(frame, offer),
    )


def _feed(frame: Frame, form: Form) -> Feed:
    lang, wanted = form.language(), form.wanted()
    url = offers.url(form.offer, frame.site, wanted, lang)
    webcal = links.webcal(url)
    named = {"url": url, "name": _("Waste collection")}
    buttons = {
        "apple": Link(webcal, _("Add to Calendar")),
        "google": Link(_with(_GOOGLE, cid=webcal), _("Add to Google Calendar")),
        "outlook": Link(_with(_OUTLOOK, **named), _("Add to Outlook.com")),
        "office": Link(_with(_OFFICE, **named), _("Add to Microsoft 365")),
    }
    return Feed(
        url, _says(form.offer, wanted, lang), webcal, qr.picture(url.removeprefix(frame.site)), buttons
    )


def _with(page: str, **query: str) -> str:
    return f"{page}?{urlencode(query, quote_via=quote, safe='')}"


def _says(offer: Offer, wanted: Options, lang: str) -> str:
    """`Kärl 1 och Kärl 2. Påminnelse klockan 18:00 dagen innan. På svenska.`"""
    chosen = [row for row in (*offer.own, *offer.optional) if row.code in wanted.containers]
    names = words.listing(_name(row).text for row in chosen or offer.own)
    return " ".join((f"{names}.", _reminder(wanted), _in_language(lang)))


def _reminder(wanted: Options) -> str:
    if wanted.reminder is None:
        return _("No reminder.")
    at = {"time": f"{wanted.reminder.at:%H:%M}"}
    if wanted.reminder.days_before:
        return _("A reminder at %(time)s the evening before.") % at
    return _("A reminder at %(time)s the same morning.") % at


def _in_language(lang: str) -> str:
    return _("Language: %(language)s.") % {"language": dict(settings.LANGUAGES)[lang]}


def _guides(feed: Feed) -> tuple[Guide, ...]:
    return tuple(
        Guide(program, tuple(feed.buttons[kind] for kind in program.buttons)) for program in programs.PROGRAMS
    )


def _containers(form: Form) -> list[Choice]:
    chosen = form["karl"].value() or []
    return [_choice(row, row.code in chosen) for row in (*form.offer.own, *form.offer.optional)]


def _choice(container: Container, chosen: bool) -> Choice:
    contents, _lang = words.fractions(container)
    return Choice(container.code, _name(container), words.listing(contents), chosen)


def _languages(form: Form, frame: Frame) -> list[Choice]:
    names = dict(settings.LANGUAGES)
    chosen = form["sprak"].value() or words.language()
    return [
        Choice(code, Said(names[code], code), "", code == chosen) for code in language.of_town(frame.town)
    ]


def _plain(frame: Frame, offer: Offer) -> list[str]:
    """The addresses of the plain files: they answer even when nothing but files does."""
    if offer.slugs:
        return []
    site = f"{frame.site}{language.with_prefix(offer.path, words.language())}"
    reminding = [f"{site}.paminn.ics"] if offer.reminding and offer.own else []
    return [f"{site}.ics", *reminding, f"{site}.json"]


def _name(container: Container) -> Said:
    return container.name.said(words.language())
