"""What may a member of the staff do?"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """Each may also do what those before it may."""

    READ = "read"
    PROPOSE = "propose"
    PUBLISH = "publish"
    ADMINISTER = "administer"

    def covers(self, other: "Role") -> bool:
        order = list(Role)
        return order.index(self) >= order.index(other)


SAID = {
    Role.READ: _("Read"),
    Role.PROPOSE: _("Propose"),
    Role.PUBLISH: _("Publish"),
    Role.ADMINISTER: _("Administer"),
}
"""The roles as they are called on the pages."""

NAMES = {
    "läsa": Role.READ,
    "föreslå": Role.PROPOSE,
    "publicera": Role.PUBLISH,
    "administrera": Role.ADMINISTER,
}
"""The roles as `make_staff --role` calls them."""
