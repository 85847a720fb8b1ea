"""Fifty people publish at once: is every Edit numbered once, and is none missing?"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
WRITERS = 50
ASK = """
import django, json, sys
django.setup()
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from django.utils import timezone
setup_test_environment()
from tests import town
from tests.staff import asking, entrance
from wastecal.models import Edit, Override
from wastecal.staff.acts import flow
from wastecal.staff.deviations import acts
from wastecal.staff.models import Person, Receipt
from wastecal.staff.roles import Role
call_command("migrate", verbosity=0)
timezone.now = lambda: town.NOON
town.load(town.directory())
writers = int(sys.argv[1])
people = [Person.objects.create(username=f"p{n}", role=Role.PUBLISH) for n in range(writers)]
clients = [Client() for person in people]
for client, person in zip(clients, people):
    client.force_login(person)
    entrance.admit(client, person)
start = Barrier(writers)

def check(number):
    day = f"2027-0{1 + number % 9}-{1 + number // 9:02d}"
    asked = {"what": "add", "day": day, "who": "some", "whom": "Storgatan 1", "containers": ["karl-1"]}
    form = acts.NEW.form(town.TODAY, asked)
    assert form.is_valid()
    return {**asked, "step": "publish", "edit": "1", "digest": flow.seen(acts.NEW, form).digest}

def publish(number):
    try:
        start.wait()
        return clients[number].post(asking.NEW, checked[number]).status_code
    finally:
        connection.close()

checked = list(map(check, range(writers)))

with ThreadPoolExecutor(writers) as pool:
    statuses = list(pool.map(publish, range(writers)))
edits = list(Edit.objects.order_by("number").values_list("number", "author"))
rows = list(Override.objects.filter(edit__gt=1).values_list("edit", "key"))
print(json.dumps([statuses, edits, rows, Receipt.objects.count()]))
"""


def fifty_at_once(url: str) -> None:
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK, str(WRITERS)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    statuses, edits, rows, receipts = json.loads(done.stdout)
    assert statuses == [303] * WRITERS
    assert [number for number, _ in edits] == list(range(1, WRITERS + 2))
    assert sorted(author for _, author in edits[1:]) == sorted(f"p{number}" for number in range(WRITERS))
    assert sorted(key for _, key in rows) == sorted(f"{number}.1" for number in range(2, WRITERS + 2))
    assert receipts == WRITERS


def test_fifty_writers_at_once_on_sqlite(tmp_path: Path, migrated_file: Path) -> None:
    file = shutil.copy(migrated_file, tmp_path / "fifty.sqlite3")
    fifty_at_once(f"sqlite:///{file}")


def test_fifty_writers_at_once_on_postgresql(migrated_postgres: str) -> None:
    fifty_at_once(migrated_postgres)
