"""Collects the sentences of the interface below FOLDER into each app's Spanish .po.

Usage: collect_messages.py FOLDER. Needs gettext, as Django's makemessages does. Sentences of tests and migrations
are nobody's.
"""

import contextlib
import os
import re
import sys
from pathlib import Path

import django
from django.core.management import call_command

TITLE = "# Spanish of Central America, with usted; the words of docs/glossary.\n"
LANGUAGE = '"Language: es\\n"\n'
# Dates and names that change with every run or were never filled in.
NOISE = re.compile(
    r'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team'
    r'|Language|X-Generator):.*\\n"\n',
    re.MULTILINE,
)


def collect(folder: Path) -> None:
    """Every app gets a locale folder so that its sentences go to itself; one that stays empty is removed."""
    for app in (package.parent for package in folder.glob("*/__init__.py")):
        (app / "locale").mkdir(exist_ok=True)
    with contextlib.chdir(folder):
        call_command(
            "makemessages",
            locale=["es"],
            ignore_patterns=["*/tests/*", "*/migrations/*", "*/vendor/*"],
            add_location="file",
            no_obsolete=True,
            no_wrap=True,
            verbosity=0,
        )
    for locale in folder.glob("*/locale"):
        with contextlib.suppress(OSError):
            locale.rmdir()


def tidy(po: Path) -> None:
    """Leave in the head only what is read, so that a difference shows sentences and nothing else."""
    head, _, sentences = po.read_text(encoding="utf-8").partition("\n\n")
    start = head.index('msgid ""')
    fields = NOISE.sub("", head[start:] + "\n").rstrip("\n")
    opening = fields.replace('msgstr ""\n', 'msgstr ""\n' + LANGUAGE, 1)
    po.write_text(f"{TITLE}{opening}\n\n{sentences}", encoding="utf-8")


def main(folder: Path) -> None:
    """Collect, then tidy."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.config.settings")
    django.setup()
    collect(folder)
    for po in folder.glob("*/locale/*/LC_MESSAGES/django.po"):
        tidy(po)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve())
