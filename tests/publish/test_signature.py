"""Do public tools take what we sign, and do we take nothing else? Oracles: minisign and sha256sum."""

import hashlib
import subprocess
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.publish import sites
from tests.publish.sites import FILES, KEY, NOW, OTHER_KEY, WEEK
from wastecal.publish import keys, manifest, signature
from wastecal.publish.keys import Unusable
from wastecal.publish.manifest import SIZES, SUMS, Malformed
from wastecal.publish.refusal import Fault, Refused
from wastecal.publish.signature import FIRST, Snapshot

PUBLIC_TOOLS = "minisign -Vm SHA256SUMS -p wastecal.pub && sha256sum -c --quiet SHA256SUMS"


def public_tools(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(PUBLIC_TOOLS, shell=True, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return sites.release(tmp_path / "site")


def test_public_tools_verify_a_release(release: Path) -> None:
    done = public_tools(release)
    assert (done.returncode, done.stderr) == (0, "")
    said = f"serial:1 published:2026-11-23T11:00:00Z valid-until:2026-11-30T11:00:00Z previous:{FIRST}"
    assert f"Trusted comment: {said}\n" in done.stdout


def test_public_tools_notice_a_changed_page(release: Path) -> None:
    (release / "index.html").write_bytes(b"<p>paid parking</p>\n")
    assert "index.html: FAILED" in public_tools(release).stdout


def test_public_tools_notice_a_changed_comment(release: Path) -> None:
    file = release / signature.NAME
    file.write_text(file.read_text().replace("valid-until:2026", "valid-until:2036"))
    assert public_tools(release).returncode == 1


def test_sha256sum_writes_the_same_manifest(release: Path) -> None:
    named = sorted([*FILES, SIZES], key=str.encode)
    done = subprocess.run(["sha256sum", *named], cwd=release, capture_output=True, check=True)
    assert (release / SUMS).read_bytes() == done.stdout


def test_the_sizes_are_those_of_the_files(release: Path) -> None:
    found = {entry.path: entry.size for entry in manifest.entries(release)}
    assert found == {path: len(data) for path, data in FILES.items()}


def test_what_was_signed_is_read_again(release: Path) -> None:
    found = signature.read(release)
    assert signature.check(found, [OTHER_KEY.public, KEY.public]) == KEY.public
    assert found.snapshot == Snapshot(1, NOW, NOW + WEEK, FIRST)
    assert manifest.read(release).keys() == {*FILES, SIZES}


def test_equal_files_are_signed_with_equal_bytes(tmp_path: Path, release: Path) -> None:
    again = sites.release(tmp_path / "again", dict(reversed(list(FILES.items()))))
    assert sites.files_of(again) == sites.files_of(release)


def test_renewing_alters_no_file_but_the_signature(release: Path) -> None:
    before = sites.files_of(release)
    renewed = signature.resign(release, KEY, NOW + timedelta(days=1))
    after = sites.files_of(release)
    assert (renewed.serial, renewed.published, renewed.previous) == (1, NOW + timedelta(days=1), FIRST)
    assert {path for path in after if after[path] != before.get(path)} == {signature.NAME}
    assert public_tools(release).returncode == 0


def test_a_clock_that_was_set_back_renews_nothing_into_the_past(release: Path) -> None:
    assert signature.resign(release, KEY, NOW - timedelta(days=3)).published == NOW


def test_another_key_does_not_renew(release: Path) -> None:
    before = sites.files_of(release)
    with pytest.raises(Unusable, match="signed with another key"):
        signature.resign(release, OTHER_KEY, NOW)
    assert sites.files_of(release) == before


def test_minisigns_own_signature_is_not_in_our_form(tmp_path: Path, release: Path) -> None:
    keys.make(tmp_path)
    command = ["minisign", "-Sm", SUMS, "-s", str(tmp_path / "wastecal.key"), "-W"]
    subprocess.run(command, cwd=release, check=True, capture_output=True)
    with pytest.raises(Refused, match=r"^altered: SHA256SUMS\.minisig is not in the form"):
        signature.read(release)


def test_a_signature_of_another_key_is_forged(release: Path) -> None:
    with pytest.raises(Refused, match=f"^forged: .*{KEY.public.name}, not with {OTHER_KEY.public.name}"):
        signature.check(signature.read(release), [OTHER_KEY.public])


def test_a_borrowed_key_number_is_forged_too(release: Path) -> None:
    thief = keys.SecretKey(KEY.number, OTHER_KEY.seed)
    sites.sign_anew(release, Snapshot.at(NOW, 2, FIRST), thief)
    with pytest.raises(Refused) as refused:
        signature.check(signature.read(release), [KEY.public])
    assert refused.value.fault is Fault.FORGED


@given(st.binary(max_size=400))
def test_no_bytes_make_a_signature_file_fall_over(data: bytes) -> None:
    with pytest.raises(Refused):
        signature.parse(data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        ("verify with", "verify  with"),
        ("serial:1 ", "serial:01 "),
        ("serial:1 ", "serial:-1 "),
        ("T11:00:00Z valid", "T11:00:00z valid"),
        ("2026-11-23T", "2026-11-32T"),
        ("==\ntrusted", "\ntrusted"),
        ("trusted comment: serial", "trusted comment:  serial"),
    ],
)
def test_one_text_for_one_signature(release: Path, old: str, new: str) -> None:
    data = (release / signature.NAME).read_bytes()
    assert signature.parse(data).text().encode() == data
    changed = data.replace(old.encode(), new.encode())
    assert changed != data or "==" in old
    with pytest.raises(Refused):
        signature.parse(changed if changed != data else data + b"\n")


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../x", "a/../b", "a//b", "./a", "a/", "a\\b", "a\nb", "", SUMS, "e\u0301"]
)
def test_no_path_leads_out_of_the_site(tmp_path: Path, path: str) -> None:
    with pytest.raises(Malformed):
        manifest.write(tmp_path, {path: "0" * 64})
    (tmp_path / SUMS).write_bytes(f"{'0' * 64}  {path}\n".encode())
    with pytest.raises(Malformed):
        list(manifest.sums(tmp_path / SUMS))


@pytest.mark.parametrize(
    "text",
    [
        "{0}  b\n{0}  a\n",
        "{0}  a\n{0}  a\n",
        "{0}  a",
        "{0} *a\n",
        "{1}  a\n",
        "{0}  a\n\n",
        "{0}  \udcff\n",
    ],
)
def test_a_manifest_has_one_form_and_order(tmp_path: Path, text: str) -> None:
    lines = text.format("a" * 64, "A" * 64)
    (tmp_path / SUMS).write_bytes(lines.encode(errors="surrogateescape"))
    with pytest.raises(Malformed):
        list(manifest.sums(tmp_path / SUMS))


FILE = st.tuples(st.sampled_from(["a", "a-b", "a.gz", "b/a", "å", "ä/1", "z"]), st.binary(max_size=3))


@given(older=st.lists(FILE), newer=st.lists(FILE))
def test_with_the_release_before_a_manifest_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, older: list[tuple[str, bytes]], newer: list[tuple[str, bytes]]
) -> None:
    folder = tmp_path_factory.mktemp("releases")
    before = flat(folder / "1", dict(older))
    manifest.write(folder / "1", before)
    sums = flat(folder / "2", dict(newer))
    manifest.write(folder / "2", sums)
    alone = [(folder / "2" / name).read_bytes() for name in (SUMS, SIZES)]
    manifest.write(folder / "2", sums, folder / "1")
    assert [(folder / "2" / name).read_bytes() for name in (SUMS, SIZES)] == alone


def test_of_a_file_that_the_release_before_has_nothing_is_asked(tmp_path: Path) -> None:
    sums = flat(tmp_path, {"a": b"1", "b": b"22"})
    manifest.write(tmp_path, sums)
    (tmp_path / "gone").mkdir()
    manifest.write(tmp_path / "gone", sums, tmp_path)
    assert (tmp_path / "gone" / SIZES).read_text() == "1\n2\n"


def flat(folder: Path, content: Mapping[str, bytes]) -> dict[str, str]:
    """Files written: the hash of each path."""
    for path, body in content.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    folder.mkdir(exist_ok=True)
    return {path: hashlib.sha256(body).hexdigest() for path, body in content.items()}


@pytest.mark.parametrize("sizes", ["", "1\n1\n", "x\n", "01\n", "-1\n", "1"])
def test_every_file_has_one_size(tmp_path: Path, sizes: str) -> None:
    (tmp_path / SUMS).write_text(f"{'0' * 64}  {SIZES}\n{'0' * 64}  a\n")
    (tmp_path / SIZES).write_text(sizes)
    with pytest.raises(Malformed):
        list(manifest.entries(tmp_path))
