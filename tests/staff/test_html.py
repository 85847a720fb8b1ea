"""Do the staff's pages hold up before the checkers of HTML, in every state?"""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.test import Client

from tests.browser.checkers import MODULES
from tests.browser.test_validators import VNU
from tests.staff import asking
from tests.staff.asking import MOVED, NEW
from wastecal import edits, models
from wastecal.core.evidence import Evidence
from wastecal.staff.roles import Role

ClientOf = Callable[..., Client]


def pages(client_of: ClientOf) -> dict[str, str]:
    """Each page of the staff by a name, with something on it."""
    publisher, proposer = client_of(Role.PUBLISH), client_of(Role.PROPOSE)
    asked = {**MOVED, "reason_sv": 'Is & "snö" <b>\nnu'}
    found = {
        "form": publisher.get(NEW),
        "faults": publisher.post(NEW, {"day": "x", "whom": "<", "who": "some"}),
    }
    checked = asking.check(publisher, {**asked, "what": "close"})
    found["checked"] = publisher.post(NEW, {**asked, "who": "everyone"})
    found["proposed"] = asking.step(proposer, asking.check(proposer, asked), "propose")
    found["receipt"] = asking.step(publisher, checked, "publish")
    found["conflict"] = asking.step(publisher, checked, "publish")
    sighted = Evidence(date(2026, 11, 12), "Holmby", "Ängavägen", "6", "karl-1")
    edits.observe([models.Evidence.of(sighted), models.Evidence.of(replace(sighted, street="Parkgatan"))])
    paths = {
        "evidence": "/personal/underlag/",
        "street": "/personal/underlag/gata/holmby/angavagen/",
        "doubtful": "/personal/underlag/zon/h1/",
        "wanted": "/personal/underlag/fraga/",
        "start": "/personal/",
        "day": "/personal/avvikelser/dag/2026-11-26/",
        "proposals": "/personal/forslag/",
        "proposal": "/personal/forslag/1/",
        "history": "/personal/historik/",
        "edit": "/personal/historik/2/",
        "told": "/personal/historik/svar/?adress=Storgatan+1&dag=2026-11-23",
        "mistold": "/personal/historik/svar/?adress=Storgatan",
        "undo": "/personal/historik/angra/?edit_undone=2",
        "english": "/en/personal/avvikelser/ny/",
    }
    found.update((name, publisher.get(path)) for name, path in paths.items())
    return {name: response.content.decode() for name, response in found.items()}


def test_vnu_and_html_validate_find_no_fault(client_of: ClientOf, tmp_path: Path) -> None:
    for name, html in pages(client_of).items():
        (tmp_path / f"{name}.html").write_text(html, "utf-8")
    assert _said(*VNU, "--skip-non-html", "--format", "gnu", tmp_path) == ""
    config = MODULES.parent / ".htmlvalidate.json"
    files = sorted(tmp_path.glob("*.html"))
    assert _said(MODULES / ".bin" / "html-validate", "--config", config, "--formatter", "text", *files) == ""


def _said(*command: str | Path) -> str:
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, cwd=MODULES.parent
    )
    return done.stdout + done.stderr
