"""Why can a backup not be made, read or brought back? One sentence each."""

from wastecal.core.errors import WastecalError


class Unusable(WastecalError):
    """A key, a file or a database that cannot be used for this; the sentence says what to do."""


class Altered(Unusable):
    """A backup that is not, byte for byte, what was written; the sentence names the file."""
