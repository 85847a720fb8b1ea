"""Do the examples of docs/api.md work as they stand, but for the address of the site?"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import yaml
from icalendar import Calendar

from tests import server
from wastecal.core import buildings

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
SITE = "https://sophamtning.example"
SLUG = "hollviken/lyckans-vag/20"


MAKE = """
from django.utils import timezone
from wastecal.staff.models import Person
from wastecal.staff.programs import tokens
from wastecal.staff.roles import Role
person = Person.objects.create_user("program", role=Role.PUBLISH)
print(tokens.make(person, "Example", Role.PUBLISH, 30, timezone.now())[1])
"""


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return server.environment(tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="module")
def token(site: str, env: dict[str, str]) -> str:
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", MAKE]
    done = subprocess.run(command, cwd=server.ROOT, env=env, capture_output=True, check=True, text=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def site(env: dict[str, str]) -> Iterator[str]:
    server.manage("migrate", "--verbosity", "0", env=env)
    server.manage("load", "fixtures/vellinge", env=env)
    server.manage("demo", env=env)
    with server.running("config.wsgi:application", env) as url:
        yield url


def examples(kind: str, site: str = SITE) -> list[str]:
    found = re.findall(rf"^```{kind}\n(.*?)^```", DOCS.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [text.replace(SITE, site) for text in found]


def fetched(url: str) -> bytes:
    with urlopen(url, timeout=server.PATIENCE) as found:
        content: bytes = found.read()
        return content


def test_every_line_of_curl_gets_an_answer_that_says_something(site: str) -> None:
    lines = [line for block in examples("bash", site) if "TOKEN" not in block for line in block.splitlines()]
    assert len(lines) == 8
    for line in lines:
        done = subprocess.run(["sh", "-c", line], capture_output=True, check=True, text=True)
        told = json.loads(done.stdout)
        rows = next(told[name] for name in ("results", "pickups", "Buildings", "RhServices") if name in told)
        assert rows or "overrides" in line, line


def test_a_program_with_a_token_previews_and_publishes_once_as_the_example_does(
    site: str, token: str
) -> None:
    (block,) = [block for block in examples("bash", site) if "TOKEN" in block]
    script = re.sub(r"TOKEN=.*", f"TOKEN={token}", block)
    for changes in (True, False):
        done = subprocess.run(["sh", "-c", script], capture_output=True, check=True, text=True)
        seen, written = map(json.loads, done.stdout.splitlines())
        assert (seen["addresses"] > 10) == changes
        assert (written["edit"]["number"], len(written["keys"])) == (3, 1)


def test_the_number_in_the_example_is_that_of_the_address() -> None:
    assert f"({buildings.number(SLUG)})" in DOCS.read_text("utf-8")


def test_the_python_prints_the_next_pickups_and_learns_that_nothing_changed(site: str) -> None:
    (program,) = examples("python", site)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert len(done.stdout.splitlines()) == 3
    assert all(re.match(r"\d{4}-\d\d-\d\d Kärl ", line) for line in done.stdout.splitlines())


def sources(site: str) -> dict[str, Any]:
    parts = [yaml.safe_load(text)["waste_collection_schedule"]["sources"] for text in examples("yaml", site)]
    return {source["name"]: source["args"] for (source,) in parts}


def test_home_assistant_gets_the_same_days_by_either_configuration(site: str) -> None:
    found = sources(site)
    assert set(found) == {"ics", "edpevent_se"}
    events = Calendar.from_ical(fetched(found["ics"]["url"])).walk("VEVENT")
    in_feed = {event.decoded("DTSTART").isoformat() for event in events if event["STATUS"] != "CANCELLED"}
    door, address = found["edpevent_se"]["url"], found["edpevent_se"]["street_address"]
    asking = [
        "curl",
        "-s",
        "-X",
        "POST",
        "-G",
        "--data-urlencode",
        f"searchText={address}",
        f"{door}/SearchAdress",
    ]
    building = json.loads(subprocess.run(asking, capture_output=True, check=True).stdout)["Buildings"][0]
    asking = ["curl", "-s", "-G", "--data-urlencode", f"address={building}", f"{door}/GetWastePickupSchedule"]
    rows = json.loads(subprocess.run(asking, capture_output=True, check=True).stdout)["RhServices"]
    in_portal = {row["NextWastePickup"] for row in rows}
    assert len(in_portal) > 20
    assert in_portal == {day for day in in_feed if day >= min(in_portal)}


def test_the_entry_for_magicmirror_is_an_object_with_a_calendar_that_can_be_fetched(site: str) -> None:
    (entry,) = examples("js", site)
    script = f"console.log(JSON.stringify([{entry}]))"
    done = subprocess.run(["node", "-e", script], capture_output=True, check=True, text=True)
    (module,) = json.loads(done.stdout)
    assert (module["module"], module["config"]["fetchInterval"]) == ("calendar", 21_600_000)
    (calendar,) = module["config"]["calendars"]
    assert len(Calendar.from_ical(fetched(calendar["url"])).walk("VEVENT")) > 20
