"""Does a mirror follow its site, take only what is new, and nothing that is false or old?"""

import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from io import BufferedIOBase
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.publish import servers, sites
from tests.publish.servers import Server, serving
from tests.publish.sites import FILES, KEY, NOW, OTHER_KEY, TRUSTED, WEEK
from wastecal.publish import mirroring, releases, signature, verifying
from wastecal.publish.keys import PublicKey
from wastecal.publish.manifest import SIZES, SUMS
from wastecal.publish.mirroring import Mirrored
from wastecal.publish.refusal import Refused
from wastecal.publish.remote import Limits, Site
from wastecal.publish.signature import FIRST, Snapshot
from wastecal.publish.verifying import Genuine

PATIENT = Limits()
IMPATIENT = Limits(patience=2, slowest=10**9, manifest=2000)
PAGE = "adress/holmby/storgatan/1/index.html"
DAY = timedelta(days=1)


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    sites.publish(tmp_path / "origin")
    return tmp_path / "origin"


@pytest.fixture
def server(origin: Path) -> Iterator[Server]:
    with serving(origin / "current") as running:
        yield running


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "mirror"


def mirror(server: Server, root: Path, now: datetime = NOW, limits: Limits = PATIENT) -> Mirrored:
    with Site(server.url, limits) as site:
        return mirroring.mirror(site, root, TRUSTED, now)


def repair(server: Server, root: Path) -> Mirrored:
    with Site(server.url, PATIENT) as site:
        return mirroring.repair(site, root, TRUSTED, NOW)


def from_afar(server: Server, trusted: Sequence[PublicKey] = TRUSTED) -> Genuine:
    with Site(server.url, PATIENT) as site:
        return verifying.address(site, trusted, NOW)


def test_a_mirror_is_the_same_files(server: Server, origin: Path, root: Path) -> None:
    done = mirror(server, root)
    assert (done.snapshot.serial, done.fetched, done.kept) == (1, len(FILES), 0)
    assert sites.files_of(root / "current") == sites.files_of(origin / "current")
    assert verifying.folder(root, TRUSTED, NOW).files == len(FILES)


def test_only_what_is_new_is_asked_for(server: Server, origin: Path, root: Path) -> None:
    mirror(server, root)
    sites.publish(origin, sites.changed(2))
    server.asked.clear()
    done = mirror(server, root)
    assert (done.snapshot.serial, done.fetched, done.kept) == (2, 2, len(FILES) - 2)
    sealing = {SUMS, SIZES, signature.NAME}
    assert set(server.asked) == {*sealing, "index.html", "new/2.html"}
    assert sites.files_of(root / "current") == sites.files_of(origin / "current")
    assert (root / "current" / PAGE).samefile(root / "releases/1" / PAGE)


def test_nothing_new_is_one_question(server: Server, root: Path) -> None:
    mirror(server, root)
    server.asked.clear()
    assert mirror(server, root).fetched == 0
    assert dict(server.asked) == {signature.NAME: 1}


def test_a_renewed_signature_is_taken_alone(server: Server, origin: Path, root: Path) -> None:
    mirror(server, root)
    signature.resign(origin / "current", KEY, NOW + 3 * DAY)
    server.asked.clear()
    assert mirror(server, root, NOW + 3 * DAY).snapshot.valid_until == NOW + 10 * DAY
    assert dict(server.asked) == {signature.NAME: 1}
    assert verifying.folder(root, TRUSTED, NOW + 9 * DAY)


def test_a_mirror_of_a_mirror_is_the_same(server: Server, root: Path, tmp_path: Path) -> None:
    mirror(server, root)
    with serving(root / "current") as second:
        mirror(second, tmp_path / "second")
    assert sites.files_of(tmp_path / "second/current") == sites.files_of(root / "current")


def test_few_releases_are_kept(server: Server, origin: Path, root: Path) -> None:
    for serial in range(2, 8):
        mirror(server, root)
        sites.publish(origin, sites.changed(serial))
    assert [path.name for path in releases.all_of(root)] == ["4", "5", "6"]


def refuses(server: Server, root: Path, said: str, now: datetime = NOW, limits: Limits = PATIENT) -> None:
    """What is refused changes nothing that is read."""
    before = sites.files_of(root / "current")
    with pytest.raises(Refused, match=f"^{said}"):
        mirror(server, root, now, limits)
    assert sites.files_of(root / "current") == before


def test_an_older_snapshot_is_rolled_back(server: Server, origin: Path, root: Path) -> None:
    sites.publish(origin, sites.changed(2))
    mirror(server, root)
    server.folder = origin / "releases/1"
    refuses(server, root, "rolled back: the site offers serial 1 of .* we hold 2")


def test_an_older_signature_of_the_same_snapshot_is_rolled_back_too(
    server: Server, origin: Path, root: Path, tmp_path: Path
) -> None:
    shutil.copytree(origin / "releases/1", tmp_path / "old")
    signature.resign(origin / "current", KEY, NOW + DAY)
    mirror(server, root, NOW + DAY)
    server.folder = tmp_path / "old"
    refuses(server, root, "rolled back: ", NOW + DAY)


def test_a_site_that_stands_still_too_long_is_frozen(server: Server, root: Path) -> None:
    mirror(server, root)
    assert mirror(server, root, NOW + 6 * DAY).fetched == 0
    refuses(server, root, "frozen: the site still offers serial 1, valid until 2026-11-30", NOW + WEEK)


def test_a_site_that_is_too_old_at_first_sight_is_expired(server: Server, root: Path) -> None:
    refuses(server, root, "expired: serial 1", NOW + WEEK)


def test_a_newer_snapshot_that_is_too_old_is_expired(server: Server, origin: Path, root: Path) -> None:
    mirror(server, root)
    sites.publish(origin, sites.changed(2), NOW + DAY)
    refuses(server, root, "expired: serial 2", NOW + 9 * DAY)


def test_a_second_history_is_forked(server: Server, root: Path, tmp_path: Path) -> None:
    mirror(server, root)
    sites.publish(tmp_path / "other", {"index.html": b"other\n"}, NOW + DAY)
    server.folder = tmp_path / "other/releases/1"
    refuses(server, root, "forked: the site offers another serial 1", NOW + DAY)
    server.folder = sites.publish(tmp_path / "other", {"index.html": b"more\n"}, NOW + DAY)
    refuses(server, root, "forked: serial 2 does not follow from the 1", NOW + DAY)


def test_a_stranger_is_a_forger(server: Server, origin: Path, root: Path) -> None:
    mirror(server, root)
    sites.publish(origin, sites.changed(2), key=OTHER_KEY)
    refuses(server, root, f"forged: it is signed with the key {OTHER_KEY.public.name}")


def test_a_new_key_is_followed_when_a_person_names_it(server: Server, origin: Path, root: Path) -> None:
    mirror(server, root)
    sites.publish(origin, sites.changed(2), key=OTHER_KEY)
    with Site(server.url) as site:
        done = mirroring.mirror(site, root, [KEY.public, OTHER_KEY.public], NOW)
        assert (done.snapshot.serial, mirroring.trusted_by(root, site)) == (2, OTHER_KEY.public)


def test_a_thief_of_the_key_does_not_stand_in_the_way_of_the_new_one(
    server: Server, origin: Path, root: Path, tmp_path: Path
) -> None:
    mirror(server, root)
    honest, server.folder = server.folder, tmp_path / "stolen"
    sites.release(server.folder, FILES, Snapshot.at(NOW, 10**9, FIRST))
    mirror(server, root)
    server.folder = honest
    refuses(server, root, "rolled back: the site offers serial 1")
    sites.publish(origin, sites.changed(2), key=OTHER_KEY)
    with Site(server.url) as site:
        assert mirroring.mirror(site, root, [OTHER_KEY.public], NOW).snapshot.serial == 2
        assert mirroring.mirror(site, root, [OTHER_KEY.public], NOW).fetched == 0
    assert verifying.folder(root, [OTHER_KEY.public], NOW).snapshot.serial == 2


def test_the_old_key_opens_no_way_back_while_both_are_trusted(
    server: Server, origin: Path, root: Path
) -> None:
    sites.publish(origin, sites.changed(2), key=OTHER_KEY)
    with Site(server.url) as site:
        mirroring.mirror(site, root, [KEY.public, OTHER_KEY.public], NOW)
        server.folder = origin / "releases/1"
        with pytest.raises(Refused, match=r"^rolled back"):
            mirroring.mirror(site, root, [KEY.public, OTHER_KEY.public], NOW)


def test_the_first_key_is_the_one_that_is_shown(server: Server, origin: Path, root: Path) -> None:
    with Site(server.url) as site:
        assert mirroring.trusted_by(root, site) == KEY.public
        mirror(server, root)
        (origin / "current/wastecal.pub").write_text(OTHER_KEY.public.text())
        assert mirroring.trusted_by(root, site) == KEY.public


def swap_page(folder: Path, data: bytes) -> None:
    (folder / PAGE).unlink()
    (folder / PAGE).write_bytes(data)


DAMAGES: list[tuple[Callable[[Path], object], str]] = [
    (lambda folder: swap_page(folder, b"y" * 1280), f"altered: {PAGE} is not the file"),
    (lambda folder: swap_page(folder, b"y"), f"truncated: {PAGE} has 1 of 1280 bytes"),
    (lambda folder: swap_page(folder, b"y" * 9999), f"oversized: {PAGE} is said to be 9999 bytes"),
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


def test_after_a_cut_only_the_rest_is_asked_for(server: Server, root: Path) -> None:
    server.tricks["zon/ÅÄÖ 1/index.html"] = servers.breaks_off
    refuses(server, root, "truncated: zon/ÅÄÖ 1/index.html breaks off")
    server.tricks.clear()
    server.asked.clear()
    done = mirror(server, root)
    assert (done.fetched, done.kept) == (1, len(FILES) - 1)
    assert server.asked["zon/ÅÄÖ 1/index.html"] == 1


def test_what_a_cut_left_is_no_part_of_a_later_release(server: Server, origin: Path, root: Path) -> None:
    server.tricks["zon/ÅÄÖ 1/index.html"] = servers.breaks_off
    refuses(server, root, "truncated")
    server.tricks.clear()
    sites.publish(
        origin, {"data": b"a file where a folder was\n", "index.html/x": b"and the other way round\n"}
    )
    mirror(server, root)
    assert sites.files_of(root / "current") == sites.files_of(origin / "current")


def test_a_connection_that_breaks_once_is_tried_again(server: Server, root: Path) -> None:
    def only_once(out: BufferedIOBase, data: bytes) -> None:
        servers.breaks_off(out, data)
        del server.tricks[PAGE]

    server.tricks[PAGE] = only_once
    assert mirror(server, root).fetched == len(FILES)


def test_a_site_that_is_published_meanwhile_is_taken_as_it_is_now(
    server: Server, origin: Path, root: Path
) -> None:
    def publishes(out: BufferedIOBase, data: bytes) -> None:
        server.tricks.clear()
        sites.publish(origin, sites.changed(2))
        servers.says(b"HTTP/1.1 404 Gone\r\n")(out, data)

    server.tricks["data/rules.csv"] = publishes
    assert mirror(server, root).snapshot.serial == 2
    assert sites.files_of(root / "current") == sites.files_of(origin / "current")


def test_a_damaged_mirror_is_repaired(server: Server, root: Path) -> None:
    mirror(server, root)
    swap_page(root / "current", b"bit rot")
    assert mirror(server, root).fetched == 0
    assert repair(server, root).fetched == 1
    assert verifying.folder(root, TRUSTED, NOW)


@pytest.mark.parametrize("name", [SUMS, signature.NAME, SIZES, "wastecal.pub"])
def test_a_mirror_whose_seals_are_damaged_is_repaired(server: Server, root: Path, name: str) -> None:
    mirror(server, root)
    (root / "current" / name).write_bytes(b"bit rot\n")
    repair(server, root)
    assert verifying.folder(root, TRUSTED, NOW)


def test_a_mirror_that_was_turned_back_by_hand_goes_on_from_what_it_has_seen(
    server: Server, origin: Path, root: Path
) -> None:
    mirror(server, root)
    sites.publish(origin, sites.changed(2))
    mirror(server, root)
    (root / "current").unlink()
    (root / "current").symlink_to("releases/1")
    server.folder = origin / "releases/1"
    refuses(server, root, "rolled back")
    server.folder = origin / "releases/2"
    assert mirror(server, root).fetched == 0
    assert verifying.folder(root, TRUSTED, NOW).snapshot.serial == 2


def test_two_mirrors_in_one_folder_do_not_meet(server: Server, root: Path) -> None:
    with releases.locked(root), pytest.raises(releases.Busy, match="written by another process"):
        mirror(server, root)


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


def test_after_the_first_false_file_nothing_more_is_asked_for(server: Server, root: Path) -> None:
    server.tricks["adress/holmby/storgatan-2/index.html"] = servers.sends_half_and_calls_it_whole
    refuses(server, root, "truncated: adress/holmby/storgatan-2/index.html", limits=Limits(at_once=1))
    assert "zon/ÅÄÖ 1/index.html" not in server.asked


def test_what_changes_on_our_own_disk_meanwhile_is_not_shown(server: Server, root: Path) -> None:
    def spoils(out: BufferedIOBase, data: bytes) -> None:
        (releases.staging(root) / "adress/holmby/storgatan-2/index.html").write_bytes(b"x")
        servers.says(servers.OK, data)(out, data)

    server.tricks["zon/ÅÄÖ 1/index.html"] = spoils
    refuses(server, root, "truncated: adress/holmby/storgatan-2/index.html", limits=Limits(at_once=1))
