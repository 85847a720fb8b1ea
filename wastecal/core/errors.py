"""What can go wrong in the core, as errors that carry their data."""

from dataclasses import dataclass


class WastecalError(ValueError):
    """Base of all errors that a caller may want to catch."""


class NoAnswer(WastecalError):
    """The input is in order, and still there is no good answer: exit code 1, where others are 2."""


class InvalidRule(WastecalError):
    """A rule that gives no dates or not the ones it promises."""

    def __init__(self, code: str, value: str) -> None:
        super().__init__(f"{code}: {value}")
        self.code = code
        self.value = value


class SpanTooLong(WastecalError):
    """A question about more days than are answered at once."""

    def __init__(self, days: int, limit: int) -> None:
        super().__init__(f"{days} days asked, {limit} at most")
        self.days = days
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in a file from outside.

    `code` is stable and names the kind of fault; its words are made at the edge.
    `line` counts from 1, the header being line 1; 0 means the whole file.
    """

    code: str
    file: str = ""
    line: int = 0
    column: str = ""
    value: str = ""
