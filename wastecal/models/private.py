"""What must never be published? Suspensions, notes, evidence and reports: outside the Edit counter,
with times of their own, and in no data directory."""

from django.db import models


class Suspension(models.Model):
    """Collection stopped at an address for a while: public, it would say that the house is empty."""

    address = models.TextField(db_index=True)
    starts = models.DateField()
    stops = models.DateField(null=True, blank=True)
    cause = models.TextField(blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.address} {self.starts}"


class Note(models.Model):
    """Staff's words on an address or on the cause of an agreement."""

    scope = models.TextField(db_index=True)
    text = models.TextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.scope


class Evidence(models.Model):
    """A dated observation of a collection; `sending` holds together what was sent at once."""

    date = models.DateField()
    locality = models.TextField()
    street = models.TextField()
    number = models.TextField(blank=True)
    container = models.TextField(blank=True)
    kind = models.TextField()
    source = models.TextField()
    sending = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "evidence"
        indexes = (models.Index(fields=("locality", "street"), name="evidence_street"),)

    def __str__(self) -> str:
        return f"{self.date} {self.street} {self.container} {self.kind}"


class Report(models.Model):
    """What a resident says is wrong: by the slug of an address we know, else as it was typed.

    Who sent it is not among the columns, and must not become one.
    """

    kind = models.TextField()
    address = models.TextField(blank=True)
    typed = models.TextField(blank=True)
    day = models.DateField(null=True, blank=True)
    container = models.TextField(blank=True)
    text = models.TextField(blank=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.address or self.typed}"
