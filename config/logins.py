"""How do the staff come in: for how long, and by which directory of the municipality?

Each reader takes the environment's variables and gives one setting, or raises ConfigurationError.
"""

import re

from config.environment import LOOPBACK, ConfigurationError, Variables
from wastecal.staff.entrance.issuer import Directory
from wastecal.staff.roles import NAMES, Role

IDLE_MINUTES = 30
DAY_LONG = 8 * 60
_NEEDED = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "ROLES")
_NAMES = (*_NEEDED, "GROUP_CLAIM", "SECOND_FACTORS")
_ISSUER = re.compile(r"https://[^\s?#]+|http://(127\.0\.0\.1|localhost)(:[0-9]{1,5})?(/[^\s?#]*)?")


def idle_minutes(variables: Variables) -> int:
    text = variables.get("IDLE_MINUTES", "").strip() or str(IDLE_MINUTES)
    if not text.isdecimal() or not 1 <= int(text) <= DAY_LONG:
        raise ConfigurationError(
            f"IDLE_MINUTES is {text!r}; give the minutes after which an idle member of the staff "
            f"must log in again, from 1 to {DAY_LONG}."
        )
    return int(text)


def directory(variables: Variables, *, production: bool) -> Directory | None:
    """None where OIDC_ISSUER is not set: then there are only accounts of our own."""
    said = {name: variables.get(f"OIDC_{name}", "").strip() for name in _NAMES}
    if not any(said.values()):
        return None
    for name in _NEEDED:
        if not said[name]:
            raise ConfigurationError(
                f"OIDC_{name} is missing; set it, or leave out every variable that begins with OIDC_."
            )
    if not _ISSUER.fullmatch(said["ISSUER"]) or (production and _is_loopback(said["ISSUER"])):
        raise ConfigurationError(
            f"OIDC_ISSUER is {said['ISSUER']!r}; give the provider's issuer as https://…, "
            "as it stands in its /.well-known/openid-configuration."
        )
    return Directory(
        said["ISSUER"],
        said["CLIENT_ID"],
        said["CLIENT_SECRET"],
        said["GROUP_CLAIM"] or "groups",
        _roles(said["ROLES"]),
        frozenset(said["SECOND_FACTORS"].split()),
    )


def _is_loopback(issuer: str) -> bool:
    return any(issuer.startswith(f"http://{host}") for host in LOOPBACK)


def _roles(text: str) -> dict[str, Role]:
    """`group=role; group=role`; a group's name may hold commas and equals signs, as in Active Directory."""
    found = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        group, _, role = (word.strip() for word in part.rpartition("="))
        if not group or role not in NAMES:
            raise ConfigurationError(
                f"OIDC_ROLES holds {part!r}; give each group and its role as group=role, with "
                f"semicolons between them; the roles are {', '.join(NAMES)}."
            )
        found[group] = NAMES[role]
    return found
