"""Does the README of the published site tell a stranger what works?"""

import subprocess
from pathlib import Path

from tests import town
from tests.publish import sites
from tests.publish.sites import KEY
from wastecal.publish import readme


def test_it_speaks_all_languages_of_the_town() -> None:
    said = readme.text(town.municipality(), "https://holmby.example")
    assert said.index("Är den här kopian äkta?") < said.index("Is this copy genuine?")
    assert readme.text(town.municipality(languages=("en",)), "https://x.example").count("manage.py") == 1
    assert max(map(len, said.splitlines())) <= 78


def test_what_it_says_to_type_verifies_the_folder_it_lies_in(tmp_path: Path) -> None:
    said = readme.text(town.municipality(), "https://holmby.example")
    sites.release(tmp_path, {readme.NAME: said.encode(), "index.html": b"<p>26 november</p>\n"})
    line = next(line for line in said.splitlines() if "minisign -V" in line)
    assert subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "index.html").write_bytes(b"<p>27 november</p>\n")
    assert subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_no_copy_vouches_for_itself() -> None:
    assert KEY.public.line[:8] not in readme.text(town.municipality(), "https://holmby.example")
