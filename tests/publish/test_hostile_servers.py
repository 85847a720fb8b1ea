"""Is a site that is false, slow or hostile refused by name, with the old copy left as it is?"""

import shutil
import socket
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.publish import servers, sites
from tests.publish.mirrors import mirror, refuses
from tests.publish.servers import Server
from tests.publish.sites import FILES, NOW, OTHER_KEY, PAGE, TRUSTED, WEEK
from wastecal.publish import signature, verifying
from wastecal.publish.keys import PublicKey
from wastecal.publish.manifest import SIZES, SUMS
from wastecal.publish.refusal import Refused
from wastecal.publish.remote import Limits, Site
from wastecal.publish.signature import FIRST, Snapshot
from wastecal.publish.verifying import Genuine

IMPATIENT = Limits(patience=2, slowest=10**9, manifest=2000)


DAMAGES: list[tuple[Callable[[Path], object], str]] = [
    (lambda folder: sites.swap_page(folder, b"y" * 1280), f"altered: {PAGE} is not the file"),
    (lambda folder: sites.swap_page(folder, b"y"), f"truncated: {PAGE} has 1 of 1280 bytes"),
    (lambda folder: sites.swap_page(folder, b"y" * 9999), f"oversized: {PAGE} is said to be 9999 bytes"),
    (lambda folder: (folder / PAGE).unlink(), f"truncated: {PAGE} is missing there"),
    (lambda folder: (folder / SUMS).unlink(), "truncated: SHA256SUMS is missing there"),
    (lambda folder: (folder / SIZES).write_text("1\n"), "altered: SIZES is not the file"),
    (lambda folder: (folder / SUMS).write_text("\n" * 999), "altered: SHA256SUMS is not what was signed"),
    (lambda folder: (folder / signature.NAME).unlink(), r"truncated: SHA256SUMS\.minisig is missing"),
    (lambda folder: (folder / signature.NAME).write_text("x" * 1001), r"oversized: SHA256SUMS\.minisig"),
]


@pytest.mark.parametrize(("damage", "said"), DAMAGES, ids=[said[:40] for _, said in DAMAGES])
def test_a_damaged_site_is_not_taken(
    server: Server, root: Path, tmp_path: Path, damage: Callable[[Path], object], said: str
) -> None:
    mirror(server, root)
    new = {**sites.changed(2), PAGE: b"x" * 1280}
    snapshot = Snapshot.at(NOW, 2, signature.sha256(server.folder / SUMS))
    server.folder = sites.release(tmp_path / "damaged", new, snapshot)
    damage(server.folder)
    refuses(server, root, said)


def test_pages_of_two_days_are_mixed(server: Server, origin: Path, root: Path) -> None:
    mirror(server, root)
    sites.publish(origin, {**FILES, "index.html": b"x" * 100})
    server.tricks["index.html"] = servers.says(servers.OK, FILES["index.html"])
    refuses(server, root, "mixed: index.html is of another release")


SLOW = [
    servers.says_nothing,
    servers.drips,
    servers.drips_its_head,
    servers.asks_to_go_on_for_ever,
]
TRICKS = [
    (servers.never_ends, "endless: {} does not end after its"),
    (servers.never_ends_in_chunks, "endless: {} does not end after its"),
    (servers.says(servers.OK + b"Content-Length: 99999999999\r\n"), "oversized: {} is said to be 9999"),
    (servers.says(servers.OK + b"X: y\r\n" * 200), "unreachable: .* does not answer: got more than 100"),
    (servers.says(servers.OK + b"X: " + b"y" * 70000), "unreachable: .* does not answer: "),
    (servers.says(b"SSH-2.0-OpenSSH\r\n"), "unreachable: .* does not answer: SSH-2.0"),
    (servers.says(b""), "unreachable: .* does not answer: "),
    (servers.says(b"HTTP/1.1 503 Down\r\nContent-Length: 0\r\n"), "unreachable: .* answers 503 for {}"),
    (servers.says(b"HTTP/1.1 302 Go\r\nLocation: http://127.0.0.1/x\r\n"), "unreachable: {} is said to lie"),
    (servers.breaks_off, "truncated: {} breaks off"),
]


def refuses_trick(server: Server, root: Path, path: str, trick: servers.Trick, said: str) -> None:
    server.tricks[path] = trick
    refuses(server, root, said.format(path.replace(".", r"\.")), limits=IMPATIENT)
    assert not (root / "current").exists()


@pytest.mark.parametrize("path", [PAGE, SUMS, signature.NAME])
@pytest.mark.parametrize(("trick", "said"), TRICKS, ids=[said[:40] for _, said in TRICKS])
def test_a_hostile_server_is_refused(
    server: Server, root: Path, trick: servers.Trick, said: str, path: str
) -> None:
    refuses_trick(server, root, path, trick, said)


@pytest.mark.parametrize("trick", SLOW, ids=lambda trick: trick.__name__)
def test_a_server_that_takes_its_time_is_endless(server: Server, root: Path, trick: servers.Trick) -> None:
    refuses_trick(server, root, PAGE, trick, "endless: {} does not come to an end in time")


def test_a_server_that_never_answers_at_all_is_endless(server: Server, root: Path) -> None:
    said = "endless: {} does not come to an end in time"
    refuses_trick(server, root, signature.NAME, servers.says_nothing, said)


def test_a_host_that_cannot_be_reached_is_unreachable(
    server: Server, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise TimeoutError("timed out")

    monkeypatch.setattr(socket, "create_connection", never)
    refuses(server, root, "unreachable: .* does not answer: timed out")


def test_a_length_that_is_a_lie_is_truncated(server: Server, root: Path) -> None:
    server.tricks[PAGE] = servers.sends_half_and_calls_it_whole
    refuses(server, root, f"truncated: {PAGE} has 640 of 1280 bytes")


def test_what_follows_a_file_is_not_taken_for_the_next_one(server: Server, origin: Path, root: Path) -> None:
    for path in FILES:
        server.tricks[path] = servers.sends_more_than_it_says
    mirror(server, root)
    assert sites.files_of(root / "current") == sites.files_of(origin / "current")


def test_connections_that_went_stale_stop_nothing(server: Server) -> None:
    """However many of them other threads give back meanwhile."""

    class WhileOthersAreAtWork(BytesIO):
        def truncate(self, size: int | None = None) -> int:
            site.read("index.html", 1000)
            return super().truncate(size)

    server.tricks["index.html"] = servers.sends_more_than_it_says
    with Site(server.url) as site:
        site.read("index.html", 1000)
        assert site.take(PAGE, 1280, WhileOthersAreAtWork()).size == 1280


def test_a_site_larger_than_is_allowed_is_not_begun(server: Server, root: Path) -> None:
    refuses(server, root, "oversized: the site is .* bytes, and 1,000 are allowed", limits=Limits(site=1000))
    assert set(server.asked) == {SUMS, SIZES, signature.NAME}


def test_a_site_larger_than_the_disk_is_not_begun(
    server: Server, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    refuses(server, root, "oversized: .* bytes are new, and 0 are free here")


def test_what_is_there_already_needs_no_room(
    server: Server, origin: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror(server, root)
    sites.publish(origin, sites.changed(2))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=100))
    assert mirror(server, root).fetched == 2


def test_after_the_first_false_file_nothing_more_is_asked_for(server: Server, root: Path) -> None:
    server.tricks["adress/holmby/storgatan-2/index.html"] = servers.sends_half_and_calls_it_whole
    refuses(server, root, "truncated: adress/holmby/storgatan-2/index.html", limits=Limits(at_once=1))
    assert "zon/ÅÄÖ 1/index.html" not in server.asked


def from_afar(server: Server, trusted: Sequence[PublicKey] = TRUSTED) -> Genuine:
    with Site(server.url) as site:
        return verifying.address(site, trusted, NOW)


def test_a_site_is_verified_from_afar(server: Server) -> None:
    found = from_afar(server)
    assert (found.snapshot, found.files) == (Snapshot.at(NOW, 1, FIRST), len(FILES))


@pytest.mark.parametrize(("damage", "said"), DAMAGES[:3], ids=[said[:40] for _, said in DAMAGES[:3]])
def test_a_damaged_site_is_seen_from_afar(
    server: Server, tmp_path: Path, damage: Callable[[Path], object], said: str
) -> None:
    server.folder = sites.release(tmp_path / "damaged")
    damage(server.folder)
    with pytest.raises(Refused, match=f"^{said}"):
        from_afar(server)


def test_a_changed_key_file_is_seen_from_afar(server: Server) -> None:
    (server.folder / "wastecal.pub").write_text(OTHER_KEY.public.text())
    with pytest.raises(Refused, match=r"^altered: wastecal\.pub"):
        from_afar(server)
    with pytest.raises(Refused, match=r"^forged"):
        from_afar(server, [])


def test_an_old_site_is_seen_from_afar(server: Server) -> None:
    with Site(server.url) as site, pytest.raises(Refused, match=r"^expired: serial 1"):
        verifying.address(site, TRUSTED, NOW + WEEK)
