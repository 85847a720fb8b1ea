"""What would be published now, as bytes by path, without writing a file?"""

from wastecal import answers, surface
from wastecal.publish import changes, plan
from wastecal.publish.edition import Edition


def edition(site: str = "https://holmby.example") -> Edition:
    everything = answers.everything()
    assert everything is not None
    return Edition.of(everything, surface.today(everything.town), site)


def files(now: Edition) -> dict[str, bytes]:
    return {path: body for work in plan.of(now, changes.ALL, ()).works for path, body in work.files()}
