"""Do files come into a release as they should, without touching any other release?"""

import gzip
import hashlib
import os
from pathlib import Path

import pytest

from wastecal.publish import writer
from wastecal.publish.writer import Before, Stage

PAGE = b"<p>dagar</p>\n" * 100


def put(stage: Stage, **files: bytes) -> dict[str, str]:
    return {path: sha for name, body in files.items() for path, sha in stage.put(f"{name}/index.html", body)}


def stage(tmp_path: Path, name: str = "1", before: Before | None = None) -> Stage:
    (tmp_path / name).mkdir()
    return Stage(tmp_path / name, before or Before())


def test_a_text_lies_beside_a_packed_one_that_is_smaller_and_says_the_same(tmp_path: Path) -> None:
    sums = put(stage(tmp_path), a=PAGE)
    assert sums["a/index.html"] == hashlib.sha256(PAGE).hexdigest()
    packed = (tmp_path / "1/a/index.html.gz").read_bytes()
    assert gzip.decompress(packed) == PAGE
    assert sums["a/index.html.gz"] == hashlib.sha256(packed).hexdigest()


def test_packing_the_same_text_gives_the_same_bytes(tmp_path: Path) -> None:
    assert put(stage(tmp_path, "1"), a=PAGE) == put(stage(tmp_path, "2"), a=PAGE)


@pytest.mark.parametrize(("path", "body"), [("kort.html", b"a"), ("bild.png", PAGE)])
def test_what_would_not_be_smaller_is_not_packed(tmp_path: Path, path: str, body: bytes) -> None:
    assert [name for name, _ in stage(tmp_path).put(path, body)] == [path]


def test_an_equal_file_is_shared_with_the_release_before(tmp_path: Path) -> None:
    sums = put(stage(tmp_path), a=PAGE, b=PAGE)
    second = stage(tmp_path, "2", Before(tmp_path / "1", sums))
    assert put(second, a=PAGE, b=PAGE + b"!") == sums | put(stage(tmp_path, "3"), b=PAGE + b"!")
    assert os.path.samefile(tmp_path / "1/a/index.html", tmp_path / "2/a/index.html")
    assert os.path.samefile(tmp_path / "1/a/index.html.gz", tmp_path / "2/a/index.html.gz")
    assert (tmp_path / "1/b/index.html").read_bytes() == PAGE


def test_a_release_made_of_the_oldest_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    first = put(stage(tmp_path, "1"), a=PAGE, b=PAGE, gone=PAGE)
    second = put(stage(tmp_path, "2", Before(tmp_path / "1", first)), a=PAGE, b=PAGE + b"2")
    writer.recycle(tmp_path / "1", tmp_path / "3", ())
    third = Stage(tmp_path / "3", Before(tmp_path / "2", second), first)
    sums = put(third, a=PAGE + b"3", b=PAGE + b"2")
    third.drop(sums)
    assert read(tmp_path / "3") == {"a/index.html": PAGE + b"3", "b/index.html": PAGE + b"2"}
    assert read(tmp_path / "2") == {"a/index.html": PAGE, "b/index.html": PAGE + b"2"}
    assert os.path.samefile(tmp_path / "2/b/index.html", tmp_path / "3/b/index.html")
    assert not (tmp_path / "3/gone").exists()


def read(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.html")}


def test_what_lies_there_already_as_wanted_is_not_written_again(tmp_path: Path) -> None:
    first = put(stage(tmp_path, "1"), a=PAGE)
    old = (tmp_path / "1/a/index.html").stat()
    writer.recycle(tmp_path / "1", tmp_path / "2", ())
    assert put(Stage(tmp_path / "2", Before(), first), a=PAGE) == first
    assert (tmp_path / "2/a/index.html").stat().st_ino == old.st_ino


def test_what_belongs_to_one_release_alone_goes_when_it_is_made_into_another(tmp_path: Path) -> None:
    put(stage(tmp_path, "1"), a=PAGE)
    (tmp_path / "1/SHA256SUMS").write_text("…")
    writer.recycle(tmp_path / "1", tmp_path / "2", ("SHA256SUMS", "never.was"))
    assert sorted(path.name for path in (tmp_path / "2").iterdir()) == ["a"]


def test_a_kept_file_that_is_gone_from_the_release_before_is_an_error(tmp_path: Path) -> None:
    sums = put(stage(tmp_path), a=PAGE)
    (tmp_path / "1/a/index.html").unlink()
    with pytest.raises(FileNotFoundError):
        stage(tmp_path, "2", Before(tmp_path / "1", sums)).keep("a/index.html")


def test_what_a_killed_publisher_left_is_taken_away(tmp_path: Path) -> None:
    put(stage(tmp_path), a=PAGE)
    writer.clear(tmp_path / "1")
    writer.clear(tmp_path / "1")
    assert list(tmp_path.iterdir()) == []
