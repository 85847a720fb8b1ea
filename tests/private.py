"""What a town knows and must not tell? Each secret holds `zzq`, so that one search finds all."""

from datetime import date

from tests import town
from wastecal import answers
from wastecal.models import Edit, Evidence, Note, Rejection, Report, Suspension

AGREED = "address:holmby/storgatan/1"
SECRETS = {
    "suspension": "utlandsvistelse-zzqa",
    "agreement": "dialysbehandling-zzqb",
    "note": "arg-hund-zzqc",
    "evidence": "mormors-nummer-zzqd",
    "author": "handlaggare-zzqe",
    "report": "grannen-har-flyttat-zzqf",
    "rejection": "fel-gubbe-i-telefonen-zzqg",
}


def add() -> None:
    """All of them, to the town that is loaded."""
    Suspension.objects.create(
        address=town.H1,
        starts=date(2026, 11, 1),
        cause=SECRETS["suspension"],
        made_at=town.NOON,
        made_by=SECRETS["author"],
        lifted_by=SECRETS["author"],
    )
    Note.objects.create(scope=AGREED, text=SECRETS["agreement"], made_at=town.NOON, made_by=SECRETS["author"])
    Note.objects.create(scope="zone:H1", text=SECRETS["note"], made_at=town.NOON)
    Evidence.objects.create(
        date=date(2026, 11, 12), locality="Holmby", street="Storgatan", number="1", container="karl-1",
        kind="collected", source="sms", sending=SECRETS["evidence"],
    )  # fmt: skip
    Report.objects.create(
        kind="other", address=town.H1, typed=SECRETS["report"], text=SECRETS["report"], made_at=town.NOON
    )
    Rejection.objects.create(
        scope="street:holmby/storgatan", container="karl-1", interval=2, phase=1, why=SECRETS["rejection"],
        newest=0, made_at=town.NOON, made_by=SECRETS["author"],
    )  # fmt: skip
    Edit.objects.update(author=SECRETS["author"])
    answers.forget()
