"""Who may come in? Every page of the staff has a door that says which role it takes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from wastecal import answers
from wastecal.staff import desk
from wastecal.staff.models import Person
from wastecal.staff.roles import Role
from wastecal.web import frames

View = Callable[..., HttpResponseBase]


def door(role: Role) -> Callable[[View], View]:
    """A page for members of the staff whose role covers this one; others are asked to log in, or told.

    The view has `role`, so that a test can go through all of them.
    """

    def guarded(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, Person):
                return redirect_to_login(request.get_full_path())
            if answers.town() is None:
                return HttpResponse(frames.no_data(request.path), status=503)
            if not request.user.may(role):
                return desk.page(request, "closed", status=403, needed=role)
            return view(request, **kwargs)

        answered.role = role  # type: ignore[attr-defined]
        return answered

    return guarded
