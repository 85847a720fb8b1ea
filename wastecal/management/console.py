"""How do the commands speak? Sentences on the terminal, problems by file and line, exit codes."""

import sys
from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from django.utils import translation

from wastecal import answers, words
from wastecal.core import addresses
from wastecal.core.codecs import CODECS
from wastecal.core.errors import NoAnswer, Problem, WastecalError
from wastecal.core.rows import Address
from wastecal.importing.files import Unreadable

SHOWN = 200
"""How many problems are listed; the rest is counted."""
LISTED = 10
"""How many rows of a plan are listed."""


class Command(BaseCommand):
    """A command that ends with one sentence, never a traceback: 1 no good answer, 2 bad input."""

    example = ""
    requires_system_checks = ()
    """To check is to import every view and form, two thirds of the time that a short command takes."""

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **options)
        parser.epilog = f"Example: python manage.py {subcommand} {self.example}"
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        with translation.override("en"), _in_one_sentence():
            return super().execute(*args, **options)


def refuse(sentence: str) -> NoReturn:
    """End with exit code 2: the input is wrong."""
    raise CommandError(sentence, returncode=2)


def no_answer(sentence: str) -> NoReturn:
    """End with exit code 1: the question has no good answer."""
    raise CommandError(sentence, returncode=1)


def refuse_problems(problems: Iterable[Problem]) -> NoReturn:
    """End with exit code 2 and every problem, a line each."""
    found = list(problems)
    lines = [words.problem(problem) for problem in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"… and {len(found) - SHOWN} more problems.")
    lines.append("Nothing was changed. Mend these lines and run the command again.")
    refuse("\n".join(lines))


def list_limit(verbosity: int) -> int | None:
    """How many lines of a list are shown: all with -v 2."""
    return None if verbosity > 1 else LISTED


def listed(heading: str, rows: Iterable[str], at_most: int | None) -> Iterator[str]:
    """A heading and its rows, indented; nothing where there is no row."""
    found = list(rows)
    if not found:
        return
    yield heading
    yield from (f"  {row}" for row in found[:at_most])
    if at_most is not None and len(found) > at_most:
        yield f"  … and {len(found) - at_most} more (all with -v 2)"


def label(row: Address) -> str:
    return addresses.label(row.street, row.number, row.letter, row.postcode, row.locality)


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The day it is in the municipality."""
    town = answers.town()
    return datetime.now(ZoneInfo(town.timezone if town else "Europe/Stockholm")).date()


def day(text: str) -> date:
    """A date given as an option; raises what argparse makes a sentence of where it is none."""
    try:
        found = CODECS["date"].read(text)
    except ValueError:
        found = None
    if not isinstance(found, date):
        raise ArgumentTypeError(f"'{text}' is not a date between 1900 and 2199; write it as 2026-12-24.")
    return found


def is_terminal() -> bool:
    return sys.stderr.isatty()


@contextmanager
def _in_one_sentence() -> Iterator[None]:
    try:
        yield
    except Unreadable as error:
        refuse(words.problem(error.problem))
    except (OperationalError, ProgrammingError) as error:
        no_answer(f"The database does not answer as it should ({error}). Run 'python manage.py migrate'.")
    except NoAnswer as error:
        no_answer(str(error))
    except WastecalError as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}.")
