"""For whom does this installation seal its backups, and what opens them here?"""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from wastecal.keeping import keys
from wastecal.keeping.keys import Identity, Recipient
from wastecal.keeping.refusal import Unusable

_NAME = "backup.key"


def recipients() -> Sequence[Recipient]:
    """Those of BACKUP_RECIPIENTS; in a demonstration the holder of a key that is made in var/."""
    if settings.BACKUP_RECIPIENTS:
        return keys.recipients(settings.BACKUP_RECIPIENTS)
    if settings.PRODUCTION:
        raise Unusable(
            "There is nobody to seal the backup for. Run 'make_backup_key FILE' (or age-keygen) on another "
            "machine, keep the file there, and set BACKUP_RECIPIENTS to the line that begins with age1."
        )
    path = demonstration()
    if not path.exists():
        keys.write(path, keys.make())
    return [identity.recipient for identity in keys.identities(path)]


def identities(path: Path | None) -> Sequence[Identity]:
    """The keys in the file that was named; in a demonstration else those in var/."""
    if path is None and not is_here():
        raise Unusable("Give the file with the key that opens it: --key FILE, or --key - to type it in.")
    return keys.identities(path or demonstration())


def demonstration() -> Path:
    return Path(settings.VAR_DIR, _NAME)


def is_here() -> bool:
    """Whether this machine can open what it seals."""
    return is_demonstration() and demonstration().exists()


def is_demonstration() -> bool:
    """Whether the key lies beside the database, where a thief would find both."""
    return not settings.BACKUP_RECIPIENTS and not settings.PRODUCTION
