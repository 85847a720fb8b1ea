"""How is the whole database backed up, checked and brought back?"""

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from wastecal.keeping import archive, postgres, sqlite, tables
from wastecal.keeping.archive import Manifest
from wastecal.keeping.envelope import Opened, Sealing
from wastecal.keeping.keys import Identity, Recipient
from wastecal.keeping.refusal import Altered, Unusable

ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def engine() -> ModuleType:
    return ENGINES[tables.vendor()]


def write(
    path: Path, recipients: Sequence[Recipient], at: datetime, tick: Callable[[], None] = lambda: None
) -> Manifest:
    """Back up the database to `path`, with its SHA-256 in a file beside it; never half a backup."""
    if path.exists():
        raise Unusable(f"{path} is there already, and a backup is never written over.")
    with TemporaryDirectory(prefix="wastecal-backup-") as folder:
        copied = Path(folder, engine().FILE)
        rows, migrations = engine().copy(copied)
        files = {copied.name: archive.digest(copied)}
        manifest = Manifest(at.replace(microsecond=0), tables.vendor(), migrations, rows, files)
        part = path.with_name(f"{path.name}.part")
        try:
            _seal(part, recipients, manifest, Path(folder), tick)
            sum_file(path).write_text(f"{archive.digest(part)}  {path.name}\n", encoding="utf-8")
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
    return manifest


def sum_file(path: Path) -> Path:
    """The file beside a backup that `sha256sum -c` reads, where nobody has the key."""
    return path.with_name(f"{path.name}.sha256")


def undamaged(path: Path) -> str:
    """The SHA-256 of a backup that is what the file beside it says. Raises Altered."""
    found = archive.digest(path)
    if not sum_file(path).exists():
        raise Unusable(
            f"{sum_file(path)} is missing; give the key that opens {path.name} (--key) to check it."
        )
    if sum_file(path).read_bytes() != f"{found}  {path.name}\n".encode():
        raise Altered(
            f"{path} and {sum_file(path).name} do not belong together: one of them has been altered."
        )
    return found


def verify(path: Path, identities: Sequence[Identity]) -> Manifest:
    """Open a backup and read it to its last byte. Raises Unusable or Altered."""
    with TemporaryDirectory(prefix="wastecal-backup-") as folder:
        return unpack(path, identities, Path(folder))


def restore(path: Path, identities: Sequence[Identity]) -> Manifest:
    """Bring a backup back into an empty database; nothing is touched before all of it has been read."""
    if not tables.is_empty(tables.counted()):
        raise Unusable("The database is not empty; a backup is brought back into an empty one only.")
    with TemporaryDirectory(prefix="wastecal-backup-") as folder:
        manifest = unpack(path, identities, Path(folder))
        _refuse_foreign(manifest, path.name)
        engine().fill(Path(folder, engine().FILE))
    if tables.counted() != manifest.rows:
        raise Altered(f"{path.name} came back with other numbers of rows than it says it has.")
    return manifest


def unpack(path: Path, identities: Sequence[Identity], folder: Path) -> Manifest:
    with path.open("rb") as sealed:
        manifest = archive.read(Opened(sealed, identities, path.name), folder, path.name)
    if manifest.engine == "sqlite" and sqlite.inside(folder / sqlite.FILE)[0] != manifest.rows:
        raise Altered(f"{sqlite.FILE} in {path.name} has other numbers of rows than the backup says.")
    return manifest


def _seal(
    part: Path, recipients: Sequence[Recipient], manifest: Manifest, folder: Path, tick: Callable[[], None]
) -> None:
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        archive.write(Sealing(file, recipients), manifest, folder, tick)
        file.flush()
        os.fsync(file.fileno())


def _refuse_foreign(manifest: Manifest, name: str) -> None:
    if manifest.engine != tables.vendor():
        there, here = _NAMES.get(manifest.engine, manifest.engine), _NAMES[tables.vendor()]
        raise Unusable(
            f"{name} was made from {there}, and this database is {here}; "
            f"bring it back into {there}. What is public can be moved by dump and load."
        )
    if newer := tables.unknown(manifest.migrations):
        raise Unusable(f"{name} was made by a newer release (it has {newer[0]}); install that one first.")
