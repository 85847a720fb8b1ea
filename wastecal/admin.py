"""What does IT see at /admin/? Every table; but what has a number in the history is only read there."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wastecal import models
from wastecal.staff.doors import door
from wastecal.staff.models import AccountNote, Person
from wastecal.staff.roles import Role

if TYPE_CHECKING:
    Table = admin.ModelAdmin[Any]
else:
    Table = admin.ModelAdmin

_NUMBERED = (models.Edit, models.Snapshot)


class Site(admin.AdminSite):
    """Django's, behind a door like the staff's: one log-in, one second factor, one role."""

    site_header = site_title = _("Waste collection: tables")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return isinstance(request.user, Person) and request.user.may(Role.ADMINISTER)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return door(Role.ADMINISTER)(super().admin_view(view, cacheable))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect_to_login(request.GET.get("next") or "/admin/")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_logout")


class Reader(Table):
    """What is only read: the numbered tables are written by `edits`, and the logs by what they log."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class People(Reader):
    """Accounts are kept at /personal/konton/, where each change is noted."""

    fields = ("username", "first_name", "last_name", "role", "zones", "is_active", "last_login")
    list_display = ("username", "role", "is_active", "last_login")


site = Site()
for _model in apps.get_app_config("wastecal").get_models():
    _is_numbered = issubclass(_model, models.Row) or _model in _NUMBERED
    site.register(_model, Reader if _is_numbered else Table)
site.register(Person, People)
site.register((AccountNote, LogEntry), Reader)
