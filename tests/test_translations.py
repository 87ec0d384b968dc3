"""The interface is whole in Spanish: nothing missing, nothing guessed, no placeholder lost on the way.

English is the language of the source and needs no file.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "cobijo"
PO = Path("locale/es/LC_MESSAGES/django.po")
# %(name)s and {name}, and the bare %s and %d; a doubled %% or {{ is text.
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|(?<!\{)\{(\w+)[^{}]*\}|(?<!%)%([sd])")
GETTEXT = all(shutil.which(tool) for tool in ("xgettext", "msgmerge", "msguniq"))


def catalogs() -> dict[str, Catalog]:
    """The Spanish of each app that has one."""
    return {file.parents[3].name: _read(file) for file in sorted(PACKAGE.glob(f"*/{PO}"))}


@cache
def _read(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale="es", abort_invalid=True)


def messages() -> Iterator[tuple[str, Message]]:
    return ((app, message) for app, catalog in catalogs().items() for message in catalog if message.id)


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    """Each translation with the source it stands for; a plural may leave the number out of its singular."""
    if isinstance(message.id, str):
        yield message.id, str(message.string)
        return
    singular, plural = message.id[0], message.id[1]
    translations = [str(said) for said in message.string or ()]
    yield (singular if _names(translations[0]) == _names(singular) else plural), translations[0]
    yield from ((plural, translation) for translation in translations[1:])


def _names(text: str) -> list[str]:
    return sorted("".join(found) for found in PLACEHOLDER.findall(text))


def test_every_sentence_is_translated() -> None:
    missing = [
        f"{app}: {message.id!r}" for app, message in messages() if not all(said.strip() for _, said in pairs(message))
    ]
    assert not missing, "\n".join(missing)


def test_no_translation_is_a_guess() -> None:
    guessed = [f"{app}: {message.id!r}" for app, message in messages() if message.fuzzy]
    assert not guessed, "read these and take the mark “fuzzy” away:\n" + "\n".join(guessed)


def test_placeholders_survive_translation() -> None:
    lost = [
        f"{app}: {source!r} became {said!r}"
        for app, message in messages()
        for source, said in pairs(message)
        if _names(source) != _names(said)
    ]
    assert not lost, "\n".join(lost)


def test_a_lost_placeholder_is_seen() -> None:
    assert _names("{space} has %(free)s of %d") == _names("De %d quedan %(free)s en {space}")
    assert _names("{space} is full") != _names("Está lleno")
    assert _names("100 %% of {{ x }}") == []


def test_a_sentence_is_said_the_same_wherever_it_stands() -> None:
    """Django looks a sentence up in all files at once, so two that differ would answer by the order of the apps."""
    said: dict[tuple[object, object], dict[str, list[str]]] = {}
    for app, message in messages():
        key = message.id if isinstance(message.id, str) else message.id[0]
        said.setdefault((message.context, key), {}).setdefault(str((message.id, message.string)), []).append(app)
    torn = [f"{key}: {ways}" for (_context, key), ways in said.items() if len(ways) > 1]
    assert not torn, "\n".join(torn)


def test_every_file_counts_alike() -> None:
    assert len({catalog.plural_forms for catalog in catalogs().values()}) == 1


def test_spanish_is_quoted_as_in_spanish() -> None:
    foreign = [f"{app}: {said!r}" for app, message in messages() for _, said in pairs(message) if set(said) & set("“”")]
    assert not foreign, "\n".join(foreign)


def test_no_sentence_is_missing_from_the_files(tmp_path: Path) -> None:
    if not GETTEXT:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("gettext is missing: xgettext, msgmerge and msguniq are needed. On Debian: apt-get install gettext")
    copy = tmp_path / "cobijo"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "static", "typst"))
    collect = [sys.executable, str(ROOT / "scripts" / "collect_messages.py"), str(copy)]
    done = subprocess.run(collect, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    missing = [
        f"{app}: {message.id!r}"
        for app, collected in ((file.parents[3].name, _read(file)) for file in copy.glob(f"*/{PO}"))
        for message in collected
        if message.id and not _is_known(app, message)
    ]
    assert not missing, "run “make messages” and translate:\n" + "\n".join(missing)


def _is_known(app: str, message: Message) -> bool:
    file = PACKAGE / app / PO
    key = message.id if isinstance(message.id, str) else message.id[0]
    return file.exists() and _read(file).get(key, message.context) is not None
