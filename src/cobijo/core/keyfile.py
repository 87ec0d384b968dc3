"""The node key: an owner-only file outside the database that wraps the key ring and signs the seals.

In production it is itself wrapped by a passphrase (Argon2id, parameters of RFC 9106's second choice: 64 MiB, 3 passes,
4 lanes). The passphrase comes from a file only its owner reads, or is asked for at the terminal; never from an
environment variable.
"""

import getpass
import json
import os
import stat
import sys
from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

MEMORY_KIB, PASSES, LANES = 65_536, 3, 4


class KeyFileError(ImproperlyConfigured):
    """The node key cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class NodeKey:
    """``wrapping``: 32 bytes that wrap the ring. ``signing``: the seal's Ed25519 key."""

    wrapping: bytes
    signing: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """The 32 bytes by which anybody can check this node's seals."""
        return self.signing.public_key().public_bytes_raw()


def _stretch(passphrase: str, salt: bytes) -> bytes:
    kdf = Argon2id(salt=salt, length=32, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB)
    return kdf.derive(passphrase.encode())


def make(file: Path, passphrase: str | None = None) -> NodeKey:
    """Make a new node key at ``file`` (it must not exist), wrapped where a passphrase is given."""
    return write(file, NodeKey(os.urandom(32), Ed25519PrivateKey.generate()), passphrase)


def write(file: Path, key: NodeKey, passphrase: str | None, *, replace: bool = False) -> NodeKey:
    """Write the key to ``file``, in one step and readable by its owner alone."""
    body = key.wrapping + key.signing.private_bytes_raw()
    content: dict[str, object] = {"version": 1, "wrapped": passphrase is not None}
    if passphrase is not None:
        salt, nonce = os.urandom(16), os.urandom(12)
        body = nonce + AESGCM(_stretch(passphrase, salt)).encrypt(nonce, body, b"cobijo node key 1")
        content["salt"] = b64encode(salt).decode()
    content["key"] = b64encode(body).decode()
    if file.exists() and not replace:
        raise KeyFileError(f"There is a node key at {file} already; it was left as it is.")
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(content, out)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
    return key


def read(file: Path, passphrase: str | None) -> NodeKey:
    """Open the key file; raises KeyFileError with a sentence where it cannot."""
    content = _content(file)
    body = b64decode(str(content["key"]))
    if content["wrapped"]:
        if passphrase is None:
            raise KeyFileError(
                "The node key is locked. Start at a terminal, or name a file with its passphrase in "
                "COBIJO_PASSPHRASE_FILE."
            )
        try:
            key = AESGCM(_stretch(passphrase, b64decode(str(content["salt"]))))
            body = key.decrypt(body[:12], body[12:], b"cobijo node key 1")
        except InvalidTag as error:
            raise KeyFileError("That passphrase does not open the node key. Try again.") from error
    return NodeKey(body[:32], Ed25519PrivateKey.from_private_bytes(body[32:]))


def _content(file: Path) -> dict[str, object]:
    try:
        if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise KeyFileError(f"Others may read the node key {file}. Run: chmod 600 {file}")
        found = json.loads(file.read_text())
        return {"wrapped": bool(found["wrapped"]), "key": found["key"], "salt": found.get("salt", "")}
    except FileNotFoundError as error:
        raise KeyFileError(
            f"There is no node key at {file}. Put it back from your safe place, or run “cobijo keys make” "
            "for a new installation."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFileError(f"The node key {file} is damaged. Put it back from your safe place.") from error


def is_wrapped(file: Path) -> bool:
    """Whether the file needs a passphrase."""
    return bool(_content(file)["wrapped"])


def passphrase() -> str | None:
    """The passphrase from ``COBIJO_PASSPHRASE_FILE``, or asked for at a terminal; None without either."""
    source: Path | None = settings.PASSPHRASE_FILE
    if source is not None:
        try:
            return source.read_text().rstrip("\n")
        except OSError as error:
            raise KeyFileError(f"The passphrase file {source} cannot be read: {error.strerror}.") from error
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass("Node key passphrase: ")
    return None


@lru_cache(maxsize=1)
def here() -> NodeKey:
    """This node's key, opened once a process."""
    file: Path = settings.NODE_KEY_FILE
    return read(file, passphrase() if is_wrapped(file) else None)


def forget() -> None:
    """Read the file again at the next use."""
    here.cache_clear()
