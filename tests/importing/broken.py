"""How is a good file broken? Parts of an Excel file rewritten, bombs, long lines."""

import zipfile
from collections.abc import Callable
from pathlib import Path


def rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """Replace one part of a zip file by what `change` makes of it."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    changed = change(parts[part])
    assert changed != parts[part]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, part: changed}.items():
            archive.writestr(name, content)


def bomb(path: Path, part: str, size: int) -> None:
    """Let one part of a zip file unpack to at least `size` bytes of blanks."""
    block = b" " * 1_000_000
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(part, "w") as out,
    ):
        for _ in range(size // len(block) + 1):
            out.write(block)


def long_line(path: Path, header: str, size: int) -> None:
    """A file whose second line is `size` bytes long, written block by block."""
    block = b"x" * 1_000_000
    with path.open("wb") as file:
        file.write(header.encode() + b"\n")
        for _ in range(size // len(block)):
            file.write(block)
