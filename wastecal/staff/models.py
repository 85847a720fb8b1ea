"""Who works here? Private: in no data directory, and never published."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac

from wastecal.models.fields import CodecField
from wastecal.staff.roles import Role


class Person(AbstractUser):
    """A member of the staff. `zones` are the codes of those that a foreman may publish for.

    `turn` rises when the person's sessions are to end. What Django's flags say about staff and
    superusers counts for nothing: the role alone does, in the admin too.
    """

    role = models.CharField(
        max_length=20, choices=[(role.value, role.value) for role in Role], default=Role.READ
    )
    zones = CodecField("codes", blank=True)
    turn = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def may(self, role: Role) -> bool:
        return self.is_active and Role(self.role).covers(role)

    @property
    def from_directory(self) -> bool:
        """Whether the municipality's directory says who this is, and keeps the password."""
        found: bool = self.socialaccount_set.exists()  # type: ignore[attr-defined] # django-allauth's
        return found

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.may(Role.ADMINISTER)

    def has_module_perms(self, app_label: str) -> bool:
        return self.may(Role.ADMINISTER)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        salt = "wastecal.staff.models.Person"
        return salted_hmac(
            salt, f"{self.password} {self.turn}", secret=secret, algorithm="sha256"
        ).hexdigest()


class AccountNote(models.Model):
    """What was done to an account, when and by whom; not one of the numbered Edits, which are public."""

    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notes")
    what = models.CharField(max_length=20)
    detail = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.at} {self.person} {self.what}"


class Attempt(models.Model):
    """Django's cache in the database: counts failed log-ins and remembers used codes, for all processes."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key


class Proposal(models.Model):
    """An act that waits for somebody who may publish. `asked` is what was sent for its form.

    It may be changed while it waits: `version` counts that, and `changed_by` did so last. `edit` is what
    it became; `word` what was said when it was declined.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        APPROVED = "approved"
        DECLINED = "declined"

    act = models.CharField(max_length=40)
    asked = models.JSONField()
    summary = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING, db_index=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    word = models.TextField(blank=True)
    edit = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.summary

    @property
    def author(self) -> Person:
        """Whose word it is as it stands."""
        return self.changed_by or self.by


class Receipt(models.Model):
    """What somebody was told who published Edit `edit` by an act of the staff's pages."""

    edit = models.PositiveIntegerField(primary_key=True)
    act = models.CharField(max_length=40)
    asked = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    addresses = models.PositiveIntegerField()
    pickups = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.edit} {self.act}"


class Token(models.Model):
    """What a program of somebody shows. Only its digest is kept; it holds while the person's `turn` does.

    It may do what `role` allows, and never more than the person may.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    turn = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.person}: {self.name}"


class Replay(models.Model):
    """What a program was answered when it wrote with this key, to be said again when it asks again.

    `asked` is a digest of what it sent.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=64)
    edit = models.PositiveIntegerField()
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "key"), name="one_answer_a_key"),)

    def __str__(self) -> str:
        return f"{self.person} {self.key}"
