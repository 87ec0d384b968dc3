from pathlib import Path

import pytest
from pytest_django import Settings

from cobijo.core import keyfile


def test_a_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "node.key"
    made = keyfile.make(file)
    assert file.stat().st_mode & 0o077 == 0
    assert keyfile.read(file, None).wrapping == made.wrapping
    file.chmod(0o644)
    with pytest.raises(keyfile.KeyFileError, match="chmod 600"):
        keyfile.read(file, None)


def test_a_wrapped_key_needs_its_passphrase(tmp_path: Path) -> None:
    file = tmp_path / "node.key"
    made = keyfile.make(file, "maíz y frijol en la mesa")
    assert made.wrapping not in file.read_bytes()
    assert keyfile.is_wrapped(file)
    assert keyfile.read(file, "maíz y frijol en la mesa").public == made.public
    with pytest.raises(keyfile.KeyFileError, match="does not open"):
        keyfile.read(file, "otra cosa")
    with pytest.raises(keyfile.KeyFileError, match="locked"):
        keyfile.read(file, None)


def test_a_key_is_never_overwritten_by_making_one(tmp_path: Path) -> None:
    file = tmp_path / "node.key"
    made = keyfile.make(file)
    with pytest.raises(keyfile.KeyFileError, match="already"):
        keyfile.make(file)
    assert keyfile.read(file, None).wrapping == made.wrapping


@pytest.mark.parametrize("content", ["", "{}", "not json", '{"version": 1, "wrapped": false}'])
def test_a_damaged_or_missing_file_is_said_in_a_sentence(tmp_path: Path, content: str) -> None:
    file = tmp_path / "node.key"
    with pytest.raises(keyfile.KeyFileError, match="no node key"):
        keyfile.read(file, None)
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(keyfile.KeyFileError, match="damaged"):
        keyfile.read(file, None)


def test_the_passphrase_comes_from_a_file(tmp_path: Path, settings: Settings) -> None:
    settings.PASSPHRASE_FILE = tmp_path / "passphrase"
    with pytest.raises(keyfile.KeyFileError, match="cannot be read"):
        keyfile.passphrase()
    settings.PASSPHRASE_FILE.write_text("maíz y frijol\n")
    assert keyfile.passphrase() == "maíz y frijol"
