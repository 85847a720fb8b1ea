"""What does every page of the staff share: who is at work, where one can go, what was just done?"""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wastecal import answers, surface
from wastecal.staff.models import Person, Proposal
from wastecal.staff.roles import Role
from wastecal.web import frames, language
from wastecal.web.frames import Frame

SECTIONS: tuple[tuple[str, Any], ...] = (
    ("staff:calls", _("Calls")),
    ("staff:deviations", _("Deviations")),
    ("staff:notices", _("Notices")),
    ("staff:worklist", _("Reports")),
    ("staff:addresses", _("Addresses")),
    ("staff:schedules", _("Ordinary schedule")),
    ("staff:evidence", _("Evidence")),
    ("staff:holidays", _("Holidays")),
    ("staff:files", _("Files")),
    ("staff:proposals", _("Proposals")),
    ("staff:history", _("History")),
)
"""The pages that the staff's menu leads to: (name of the URL, its text), in order."""


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page that `templates/wastecal/staff/<template>.html` makes of the context; kept by nobody."""
    who = person(request)
    body = frames.render(
        f"staff/{template}",
        frame_of(request),
        **{
            "person": who,
            "may_propose": isinstance(who, Person) and who.may(Role.PROPOSE),
            "csrf_token": get_token(request),
            "indexed": False,
            "sections": sections(request),
            **context,
        },
    )
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})


def person(request: HttpRequest) -> Person:
    """Who asks; behind a door somebody always does."""
    return cast(Person, request.user)


def frame_of(request: HttpRequest) -> Frame:
    town = answers.town()
    assert town is not None, "the door lets nobody in before there is data"
    path = language.without_prefix(request.get_full_path())
    return Frame(town, surface.today(town), path, surface.site(request, town))


def sections(request: HttpRequest) -> list[dict[str, Any]]:
    administers = isinstance(request.user, Person) and request.user.may(Role.ADMINISTER)
    more = (("staff:people", _("Accounts")),) if administers else ()
    return [_section(request, name, text) for name, text in (*SECTIONS, *more)]


def _section(request: HttpRequest, name: str, text: Any) -> dict[str, Any]:
    """An entry of the menu; the page of the deviations is also that of /personal/ itself."""
    url = reverse(name)
    at_start = name == "staff:deviations" and request.path == reverse("staff:start")
    current = at_start or request.path.startswith(url)
    return {"url": url, "text": text, "current": current, "waiting": _waiting(name)}


def _waiting(name: str) -> int:
    """How many proposals wait, for the entry that leads to them."""
    if name != "staff:proposals":
        return 0
    return Proposal.objects.filter(state=Proposal.State.WAITING).count()
