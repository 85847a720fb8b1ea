"""What lines are in a file from outside? Bytes to cells, refusing what is too large or not text."""

import csv
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from wastecal.core.errors import Problem, WastecalError

MAX_FILE = 2_000_000_000
MAX_LINE = 100_000


class Unreadable(WastecalError):
    """A file that cannot be read at all, with the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def text_lines(path: Path, encoding: str = "utf-8") -> Iterator[str]:
    """The lines of a text file, one by one; a byte order mark at its start is passed over.

    Raises Unreadable for a file that is too large, a line that is too long, bytes that are not
    text in `encoding`, and NUL bytes.
    """
    check_size(path)
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                raise Unreadable(Problem("line_too_long", path.name, number, value=str(MAX_LINE)))
            if b"\0" in line:
                raise Unreadable(Problem("binary", path.name, number))
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            try:
                yield line.decode(encoding)
            except UnicodeDecodeError as error:
                raise Unreadable(Problem("encoding", path.name, number, value=repr(line[:60]))) from error


def read_text(path: Path) -> str:
    return "".join(text_lines(path))


def ticking(
    cells: Iterator[tuple[int, list[str]]], tick: Callable[[], None]
) -> Iterator[tuple[int, list[str]]]:
    """The same cells, with a call of `tick` for each row."""
    for row in cells:
        tick()
        yield row


def csv_cells(path: Path, encoding: str = "utf-8", delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of each row of a CSV file, RFC 4180; the number is its first line's."""
    reader = csv.reader(text_lines(path, encoding), delimiter=delimiter, strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(Problem("csv", path.name, reader.line_num, value=str(error))) from error


def check_size(path: Path) -> None:
    """Raise Unreadable unless `path` is an ordinary file that we may read and not too large."""
    try:
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise Unreadable(Problem("file_missing", path.name)) from error
    if not path.is_file():
        raise Unreadable(Problem("not_a_file", path.name))
    if not os.access(path, os.R_OK):
        raise Unreadable(Problem("file_forbidden", path.name))
    if size > MAX_FILE:
        raise Unreadable(Problem("file_too_large", path.name, value=str(size)))
