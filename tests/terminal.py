"""What does a person see who types a command?"""

from dataclasses import dataclass

import pytest
from django.core.management import execute_from_command_line

from wastecal import answers


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    said: str


@dataclass(frozen=True)
class Terminal:
    """A terminal in which manage.py is called. Anything but an exit would be a traceback there."""

    screen: pytest.CaptureFixture[str]

    def __call__(self, *words: str) -> Done:
        code = 0
        try:
            execute_from_command_line(["manage.py", *words])
        except SystemExit as ended:
            code = int(ended.code or 0)
        answers.forget()
        seen = self.screen.readouterr()
        return Done(code, seen.out, seen.err)
