"""Which snapshot was published last? So that the next one goes on from it, in whatever folder it lands."""

from django.db import models


class Snapshot(models.Model):
    """A published state by its serial; `sums` is the SHA-256 of its SHA256SUMS. In no data directory."""

    serial = models.PositiveBigIntegerField(primary_key=True)
    sums = models.CharField(max_length=64)
    published = models.DateTimeField()

    class Meta:
        ordering = ("serial",)

    def __str__(self) -> str:
        return str(self.serial)
