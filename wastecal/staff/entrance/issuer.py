"""What were we told about the municipality's directory? config/logins.py reads it from the environment."""

from dataclasses import dataclass

from wastecal.staff.roles import Role


@dataclass(frozen=True, slots=True)
class Directory:
    """The OpenID provider that knows who works at the municipality, and in which groups.

    `roles` by group; `factors` are values of `amr` or `acr` that we take for a second factor.
    """

    issuer: str
    client_id: str
    secret: str
    claim: str
    roles: dict[str, Role]
    factors: frozenset[str]
