"""What do the pages that django-allauth answers share with our own?"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from wastecal import answers
from wastecal.staff import desk
from wastecal.staff.entrance import guard
from wastecal.staff.models import Person
from wastecal.web import frames, language


def shared(request: HttpRequest) -> dict[str, Any]:
    """A context processor: what base.html needs, below /personal/; the admin has a look of its own."""
    below = language.without_prefix(request.path_info).startswith("/personal/")
    if not below or answers.town() is None:
        return {}
    person = request.user if isinstance(request.user, Person) else None
    return {
        **frames.context(desk.frame_of(request)),
        "indexed": False,
        "person": person,
        "half_way": person is not None and not guard.is_admitted(request, person),
        "sections": desk.sections(request),
        "has_directory": settings.DIRECTORY is not None,
    }
