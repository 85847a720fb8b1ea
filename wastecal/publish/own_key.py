"""Which key does this installation sign with?"""

from pathlib import Path

from django.conf import settings

from wastecal.publish import keys
from wastecal.publish.keys import PublicKey, SecretKey, Unusable


def secret() -> SecretKey:
    """The key of SIGNING_KEY; in development one that is made in var/ when it is first wanted."""
    path: Path | None = settings.SIGNING_KEY
    if path is None:
        raise Unusable("There is no key to sign with. Run 'make_key DIR', then set SIGNING_KEY to its file.")
    if path == settings.VAR_DIR / keys.SECRET_NAME and not path.exists():
        return keys.make(path.parent)
    return keys.read_secret(path)


def public() -> PublicKey | None:
    """What belongs to `secret`, read from the file beside it, so that those who verify need no secret."""
    path: Path | None = settings.SIGNING_KEY
    beside = path.with_suffix(".pub") if path else None
    return keys.read_public(beside) if beside and beside.is_file() else None
