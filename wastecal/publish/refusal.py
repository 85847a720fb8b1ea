"""For which fault is a published site, or a copy of one, refused?"""

from enum import StrEnum

from wastecal.core.errors import NoAnswer


class Fault(StrEnum):
    """The stable names of what can be wrong. What each means is in docs/decisions/0024."""

    UNSIGNED = "unsigned"
    FORGED = "forged"
    ALTERED = "altered"
    TRUNCATED = "truncated"
    ADDED = "added"
    MIXED = "mixed"
    ROLLED_BACK = "rolled back"
    FORKED = "forked"
    PREMATURE = "premature"
    EXPIRED = "expired"
    FROZEN = "frozen"
    OVERSIZED = "oversized"
    ENDLESS = "endless"
    UNREACHABLE = "unreachable"


class Refused(NoAnswer):
    """A site that is not taken for genuine: the fault, then one sentence on what was seen where."""

    def __init__(self, fault: Fault, sentence: str) -> None:
        # A hostile copy names files to play tricks on the terminal that shows them.
        shown = "".join(sign if sign.isprintable() else "?" for sign in sentence)
        super().__init__(f"{fault}: {shown}")
        self.fault = fault
