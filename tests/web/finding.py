"""What does finder.js find in files of a size that we choose? Runs it under Node as a browser would."""

import json
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.spellings import House
from wastecal.answers import Street
from wastecal.core import addresses
from wastecal.core.rows import Address
from wastecal.web.searching import page

SCRIPT = Path(__file__).parents[2] / "wastecal" / "static" / "wastecal" / "finder.js"
RUNNER = Path(__file__).parents[1] / "clients" / "find.mjs"


@dataclass(frozen=True, slots=True)
class Seen:
    """What one text led to: `suggested` while typing, `kind` and `found` as a result, `files` read for both.

    Houses are named by their slugs, streets as `Town/Street`.
    """

    suggested: list[str]
    kind: str
    found: list[str]
    files: list[str]


def row(house: House, slug: str = "") -> Address:
    parts = house.street, house.number, house.letter, house.postcode, house.locality
    return Address(*parts, slug or house.slug)


def streets(houses: Sequence[House | Address]) -> list[Street]:
    counted = Counter((house.locality, house.street) for house in houses)
    return [
        Street(addresses.slug(town, name, "1", "").rpartition("/")[0], town, name, count)
        for (town, name), count in sorted(counted.items())
    ]


def contents(houses: Sequence[House | Address]) -> dict[str, bytes]:
    """The files of the search for these houses, by their paths."""

    def houses_on(wanted: Sequence[Street]) -> list[Address]:
        names = {(street.locality, street.name) for street in wanted}
        rows = (house if isinstance(house, Address) else row(house) for house in houses)
        return [one for one in rows if (one.locality, one.street) in names]

    return dict(page.files(streets(houses), houses_on))


def write(folder: Path, houses: Sequence[House | Address]) -> Path:
    """Writes them; gives the folder that they are in."""
    for path, content in contents(houses).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder / page.FOLDER


def find(folder: Path, texts: Sequence[str]) -> list[Seen]:
    command = ["node", str(RUNNER), str(SCRIPT), str(folder)]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    return [Seen(**seen) for seen in json.loads(done.stdout)]
