"""How do the pages of a call look: the box, the list where several are meant, and the one screen?"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from wastecal import reports, words
from wastecal.core.answer import Answer
from wastecal.core.evidence import Evidence, Kind
from wastecal.staff import desk
from wastecal.staff import words as staffs
from wastecal.staff.acts.forms import Day
from wastecal.staff.calls import form as forms
from wastecal.staff.calls import logbook, sheet
from wastecal.staff.calls.finding import Finding
from wastecal.staff.calls.form import LogForm, MessagesForm
from wastecal.staff.calls.logbook import Kept, Sight, What
from wastecal.staff.roles import Role
from wastecal.staff.worklist import page as worklist
from wastecal.web import links
from wastecal.web.frames import Link
from wastecal.web.years import page as years

_NOT_OFFERED = (What.MISSED,)


def search(request: HttpRequest, found: Finding | None = None) -> HttpResponse:
    """The box alone, or with what it may have meant."""
    return desk.page(
        request,
        "calls/search",
        found=found,
        may_log=may_log(request),
        receipt=receipt(request, Kept.of(request.GET)),
        taken_back="tillbaka" in request.GET,
    )


def call(
    request: HttpRequest,
    answer: Answer,
    log: LogForm | None = None,
    told: MessagesForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The one screen; `log` and `told` are forms as they were sent, with what is wrong."""
    frame = desk.frame_of(request)
    log, told = log or LogForm(frame.today), told or MessagesForm(frame.today)
    slug = answer.place.slug
    return desk.page(
        request,
        "calls/call",
        status=status,
        **sheet.of(answer, frame.town, frame.today),
        **_urls(slug, answer, frame.today),
        **_then(request, slug, frame.today),
        may_log=may_log(request),
        log=_log_fields(log),
        told=told.shown(),
        faults=[*(log.faults() if log.is_bound else []), *(told.faults() if told.is_bound else [])],
        opened="messages" if told.is_bound else "log" if log.is_bound else "",
        receipt=receipt(request, Kept.of(request.GET), slug, words.place(answer)),
        taken_back="tillbaka" in request.GET,
    )


def read(
    request: HttpRequest, answer: Answer, sent: MessagesForm, sights: Iterable[Sight], fault: str = ""
) -> HttpResponse:
    """What was understood of the days that were read aloud, to be confirmed."""
    year = desk.frame_of(request).today.year
    return desk.page(
        request,
        "calls/messages",
        status=400 if fault else 200,
        label=words.place(answer),
        call=sheet.url(answer.place.slug),
        action=sheet.url(answer.place.slug, "call_messages"),
        carried=list(sent.carried()),
        fault=fault,
        sights=[
            {
                "key": forms.written((day, code)),
                "day": words.day(day, year=year),
                "container": staffs.containers([code]) if code else gettext("unknown container"),
            }
            for day, code in sights
        ],
    )


def receipt(request: HttpRequest, kept: Kept, slug: str = "", label: str = "") -> dict[str, Any]:
    """What was written down, as it is still there; empty where it is not."""
    frame = desk.frame_of(request)
    seen = logbook.seen_in(kept)
    waiting = [filed for filed in reports.waiting() if filed.number == kept.report]
    if not seen and not waiting:
        return {}
    missed = next((row for row in seen if row.kind is Kind.NOT_COLLECTED), None) if slug else None
    return {
        "seen": [sheet.sight(row, frame.today) for row in seen],
        "reports": worklist.rows(waiting, frame.town),
        "kept": kept.query,
        "missed": _missed(missed) if missed and not waiting else {},
        "extra": _extra(label) if missed else "",
    }


def may_log(request: HttpRequest) -> bool:
    return desk.person(request).may(Role.PROPOSE)


def _missed(row: Evidence) -> Mapping[str, str]:
    """What puts a missed collection on the list of reports as well."""
    return {"what": What.MISSED, "day": row.date.isoformat(), "container": row.container}


def _extra(label: str) -> str:
    """The form of a deviation, filled in for an extra collection at the address."""
    return f"{reverse('staff:deviation')}?{urlencode({'what': 'add', 'who': 'some', 'whom': label})}"


def _log_fields(log: LogForm) -> dict[str, Any]:
    shown = log.shown()
    choices = [row for row in shown["what"]["choices"] if row["value"] not in _NOT_OFFERED]
    shown["what"] = {**shown["what"], "choices": choices}
    shown["seen"] = {**shown["seen"], "chosen": bool(log["seen"].value())}
    return shown


def _urls(slug: str, answer: Answer, today: date) -> dict[str, Any]:
    return {
        "call_url": sheet.url(slug),
        "log_url": sheet.url(slug, "call_log"),
        "messages_url": sheet.url(slug, "call_messages"),
        "public_url": links.of_place(answer),
        "years": [Link(years.url(answer, year), str(year)) for year in (today.year, today.year + 1)],
        "correct_url": f"{reverse('staff:address_change')}?{urlencode({'address': slug})}",
    }


def _then(request: HttpRequest, slug: str, today: date) -> dict[str, Any]:
    """What the address was told on the day that is asked for, if one is."""
    asked = request.GET.get("dag", "").strip()[:20]
    shown: dict[str, Any] = {"then": None, "then_asked": asked, "then_fault": "", "then_url": ""}
    if not asked:
        return shown
    field = Day()
    try:
        day = field.clean(asked)
    except ValidationError as wrong:
        return {**shown, "then_fault": " ".join(wrong.messages)}
    if day > today:
        return {**shown, "then_fault": gettext("That day has not been yet. Write an earlier one.")}
    history = f"{reverse('staff:told')}?{urlencode({'adress': slug, 'dag': day.isoformat()})}"
    return {**shown, "then": sheet.told(slug, day), "then_asked": day.isoformat(), "then_url": history}
