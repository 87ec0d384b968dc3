"""Files of people: sealed, named by nothing, whole or not there, gone with the person's key."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from cobijo.core import blobs, keys
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose

pytestmark = pytest.mark.django_db
FACE = b"\xff\xd8 a face"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_kept_is_read_back_and_lies_sealed(tmp_path: Path) -> None:
    ana = uuid7()
    name = blobs.put(ana, Purpose.SHELTER, FACE)
    assert blobs.get(ana, name) == FACE
    [file] = files(tmp_path)
    assert FACE not in file.read_bytes()
    assert file.name == name
    assert str(ana) not in str(file)
    assert file.stat().st_mode & 0o077 == 0


def test_the_same_picture_of_two_people_has_two_names() -> None:
    ana, eva = uuid7(), uuid7()
    first, second = (blobs.put(one, Purpose.SHELTER, FACE) for one in (ana, eva))
    assert first != second
    assert blobs.put(ana, Purpose.SHELTER, FACE) == first
    assert blobs.exists(ana, first)
    assert not blobs.exists(eva, first)


def test_a_file_moved_altered_or_without_its_key_does_not_open(tmp_path: Path) -> None:
    ana = uuid7()
    name, other = blobs.put(ana, Purpose.SHELTER, FACE), blobs.put(ana, Purpose.SHELTER, FACE + b"!")
    by_name = {file.name: file for file in files(tmp_path)}
    kept = by_name[name].read_bytes()
    by_name[other].write_bytes(kept)
    with pytest.raises(keys.Unopened):
        blobs.get(ana, other)
    by_name[name].write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    with pytest.raises(keys.Unopened):
        blobs.get(ana, name)
    by_name[name].write_bytes(kept)
    keys.destroy_subject_key(ana)
    with pytest.raises(keys.Unopened):
        blobs.get(ana, name)


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        blobs.put(uuid7(), Purpose.SHELTER, FACE)
    assert files(tmp_path) == []


def test_a_removed_file_is_gone_and_removing_it_twice_is_no_fault() -> None:
    ana = uuid7()
    name = blobs.put(ana, Purpose.SHELTER, FACE)
    for _ in range(2):
        blobs.remove(name)
    assert not blobs.exists(ana, name)
    with pytest.raises(FileNotFoundError):
        blobs.get(ana, name)


@pytest.mark.parametrize("name", ["../../keys/node.key", "", "A" * 64, "0" * 63 + "/"])
def test_a_name_is_never_a_way_out_of_the_folder(name: str) -> None:
    assert not blobs.exists(uuid7(), name)
    with pytest.raises(ValueError, match="no name"):
        blobs.remove(name)
