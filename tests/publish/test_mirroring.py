"""Does a mirror follow its site, take only what is new, and go on from where it was?"""

import shutil
from datetime import timedelta
from io import BufferedIOBase
from pathlib import Path

import pytest

from tests.publish import servers, sites
from tests.publish.mirrors import mirror, refuses, repair
from tests.publish.servers import Server, serving
from tests.publish.sites import FILES, KEY, NOW, OTHER_KEY, PAGE, TRUSTED, WEEK
from wastecal.publish import mirroring, releases, signature, verifying
from wastecal.publish.manifest import SIZES, SUMS
from wastecal.publish.refusal import Refused
from wastecal.publish.remote import Limits, Site
from wastecal.publish.signature import FIRST, Snapshot

DAY = timedelta(days=1)


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
    sites.swap_page(root / "current", b"bit rot")
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


def test_what_changes_on_our_own_disk_meanwhile_is_not_shown(server: Server, root: Path) -> None:
    def spoils(out: BufferedIOBase, data: bytes) -> None:
        (releases.staging(root) / "adress/holmby/storgatan-2/index.html").write_bytes(b"x")
        servers.says(servers.OK, data)(out, data)

    server.tricks["zon/ÅÄÖ 1/index.html"] = spoils
    refuses(server, root, "truncated: adress/holmby/storgatan-2/index.html", limits=Limits(at_once=1))
