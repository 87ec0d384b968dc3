"""Files of people (photos): sealed with the person's key, named by a keyed digest of what they hold.

They lie in ``blobs`` beside the database, never in it. The name says nothing: the same picture kept for two people has
two names, and without the ring's key nobody can try out whether some picture is there. Destroying a person's key is
enough to forget their files; they are removed all the same. What is not in the database may be lost with a disk: a
reader is told that there is no file, and nothing else breaks.
"""

import os
import tempfile
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from cobijo.core import keys
from cobijo.core.personal import Purpose

_SPLIT: Final = 2
"""Signs of a name that make its folder: some ten thousand files a folder with a million in all."""


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "blobs"


def _path(name: str) -> Path:
    if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
        raise ValueError("no name of a blob")
    return _folder() / name[:_SPLIT] / name


def _place(name: str) -> keys.Place:
    return keys.Place("blob", name, "content")


def name_for(subject: UUID, content: bytes) -> str:
    """The name under which a person's content is kept: 64 hexadecimal signs."""
    return keys.keyed_hash(keys.BLOB_NAMES, subject.bytes + content)


def put(subject: UUID, purpose: Purpose, content: bytes) -> str:
    """Seal a person's content and keep it; gives its name. Kept whole or not at all, also when the disk is full.

    Raises OSError where it cannot be written.
    """
    name = name_for(subject, content)
    sealed = keys.seal_for(subject, purpose, _place(name), content)
    target = _path(name)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, temporary = tempfile.mkstemp(dir=target.parent, prefix=".")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return name


def get(subject: UUID, name: str) -> bytes:
    """A person's content; raises FileNotFoundError where there is no file, ``keys.Unopened`` where it does not open."""
    return keys.unseal_for(subject, _place(name), _path(name).read_bytes())


def exists(subject: UUID, name: str) -> bool:
    """Whether there is such a file and it is this person's."""
    try:
        sealed = _path(name).read_bytes()
        return keys.key_named_by(sealed) == subject
    except (ValueError, FileNotFoundError, keys.Unopened):
        return False


def remove(name: str) -> None:
    """Take a file away; one that is gone already is no fault."""
    _path(name).unlink(missing_ok=True)
