"""What make leans on."""

import gettext
import os
from pathlib import Path

import pytest

from scripts import compile_messages

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def po(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A .po of one sentence in a tree of its own."""
    monkeypatch.setattr(compile_messages, "SOURCES", tmp_path)
    file = tmp_path / "sites" / "locale" / "es" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(HEAD + 'msgid "site"\nmsgstr "albergue"\n', encoding="utf-8")
    return file


def test_translations_are_compiled_without_gettext(po: Path) -> None:
    assert compile_messages.main() == 0
    with po.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("site") == "albergue"


def test_what_did_not_change_is_left_alone(po: Path) -> None:
    assert compile_messages.compile_file(po)
    assert not compile_messages.compile_file(po)
    newer = po.with_suffix(".mo").stat().st_mtime + 5
    os.utime(po, (newer, newer))
    assert compile_messages.compile_file(po)


def test_a_file_that_cannot_be_read_stops_the_setup(po: Path, capsys: pytest.CaptureFixture[str]) -> None:
    po.write_text(HEAD + 'msgid "site"\nmsgstr albergue\n', encoding="utf-8")
    assert compile_messages.main() == 1
    assert "django.po" in capsys.readouterr().err


def test_a_guess_is_not_shown_to_anybody(po: Path) -> None:
    po.write_text(HEAD + '#, fuzzy\nmsgid "site"\nmsgstr "sitio web"\n', encoding="utf-8")
    compile_messages.main()
    with po.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("site") == "site"
