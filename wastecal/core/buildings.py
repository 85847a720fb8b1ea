"""Which number has a building for clients of the old portal? One that a rebuild keeps."""

from hashlib import sha256

DIGITS = 15
"""So many that half a million addresses hardly ever share one, and that a double holds it exactly."""


def number(slug: str) -> int:
    """The first digits of SHA-256 of the slug, read as one decimal number."""
    return int(str(int(sha256(slug.encode()).hexdigest(), 16))[:DIGITS])
