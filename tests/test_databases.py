"""Do two databases loaded from one directory say the same, SQLite and PostgreSQL, in any order of rows?"""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from tests import town
from wastecal.api import pages
from wastecal.core import buildings

ROOT = Path(__file__).parent.parent
PORTAL = "/FutureWeb/SimpleWastePickup/GetWastePickupSchedule"
ENDS = ("/", ".ics", ".json")
PATHS = [
    *("/", "/en/", "/adresser/", "/adresser/holmby/", "/adresser/holmby/storgatan/", "/om/", "/?q=storg"),
    *(f"{lang}/adress/{slug}{end}" for lang in ("", "/en") for slug in town.SLUGS for end in ENDS),
    *(f"/zon/{code}{end}" for code in ("h1", "h2") for end in ENDS),
    *(f"/api/v1/{name}?limit=3" for name in ("addresses", "overrides", "notices", "edits")),
    *("/api/v1/zones", "/api/v1/containers"),
    *(f"/api/v1/addresses/{slug}" for slug in town.SLUGS),
    f"/api/v1/addresses?limit=3&cursor={pages.write(('Holmby', 'Storgatan', '1', '', '23500', town.H1))}",
    "/api/v1/addresses?q=storg",
    *(f"{PORTAL}?address=({buildings.number(slug)})" for slug in town.SLUGS),
]  # fmt: skip
ASK = """
import django, json, sys
django.setup()
from datetime import UTC, datetime
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
from django.utils import timezone
setup_test_environment()
paths, folders, dump = json.load(sys.stdin)
call_command("migrate", verbosity=0)
for folder in folders:
    call_command("load", folder, stdout=sys.stderr)
call_command("dump", dump, stdout=sys.stderr)
timezone.now = lambda: datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
client = Client()
found = {}
for path in paths:
    response = client.get(path)
    found[path] = [response.status_code, response.headers.get("ETag"), response.content.hex()]
print(json.dumps(found))
"""

Told = tuple[dict[str, list[object]], dict[str, bytes]]


def told(url: str, folders: list[Path], dump: Path) -> Told:
    """What an installation on a database of its own says, once it has loaded some directories: status,
    validator and bytes of each path, and the files of its dump."""
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK],
        cwd=ROOT,
        env=environment,
        input=json.dumps([PATHS, list(map(str, folders)), str(dump)]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), {file.name: file.read_bytes() for file in dump.iterdir()}


def mixed(folder: Path, to: Path) -> Path:
    """The same directory with the rows of every table in another order."""
    shutil.copytree(folder, to)
    for file in to.glob("*.csv"):
        header, *rows = town.rows_of(file)
        random.Random(7).shuffle(rows)
        town.rewrite(file, [header, *rows])
    return to


def test_sqlite_and_postgresql_say_the_same_in_any_order_of_rows(
    migrated_postgres: str, tmp_path: Path
) -> None:
    folder = town.write(tmp_path / "town", town.directory())
    other = mixed(folder, tmp_path / "mixed" / "town")
    light = told(f"sqlite:///{tmp_path / 'light.sqlite3'}", [folder], tmp_path / "one")
    heavy = told(migrated_postgres, [other], tmp_path / "two")
    assert {path: row[0] for path, row in light[0].items()} == dict.fromkeys(PATHS, 200)
    assert light == heavy


def test_a_history_moves_from_one_database_to_the_other(migrated_postgres: str, tmp_path: Path) -> None:
    changed = town.directory(rules=town.RULES[:-1], overrides=town.OVERRIDES[1:], zones=town.ZONES[::-1])
    states = town.directory(), changed, town.directory(shifts=town.SHIFTS[1:])
    folders = [town.write(tmp_path / str(number), state) for number, state in enumerate(states)]
    light = told(f"sqlite:///{tmp_path / 'light.sqlite3'}", folders, tmp_path / "one")
    assert light[1]["edits.csv"].count(b"\n") == 4
    assert told(migrated_postgres, [tmp_path / "one"], tmp_path / "two") == light
