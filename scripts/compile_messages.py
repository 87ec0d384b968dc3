"""Compiles every .po of the project to the .mo that Django reads; needs no gettext on the machine.

Writes only what is older than its source. A .po that cannot be read stops it with file and line.
"""

import os
import re
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

# Babel reads over what is not a keyword with its string in quotes; a sentence would be cut without a word.
LINE = re.compile(r'(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) )?"(?:[^"\\]|\\.)*"')
SOURCES = Path(__file__).resolve().parent.parent / "src"


def expect_sound(po: Path) -> None:
    """Raise ValueError with the number of the first line that is no line of a .po."""
    for number, line in enumerate(po.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#") and not LINE.fullmatch(line.strip()):
            raise ValueError(f"line {number} is no keyword with its text in quotes")


def compile_file(po: Path) -> bool:
    """Whether ``po`` was newer than its .mo and has been compiled."""
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
        return False
    expect_sound(po)
    with po.open("rb") as source:
        catalog = read_po(source, locale=po.parent.parent.name, abort_invalid=True)
    draft = mo.with_suffix(f".{os.getpid()}")
    with draft.open("wb") as target:
        write_mo(target, catalog)
    draft.replace(mo)
    return True


def main() -> int:
    """Compile all; 1 where one could not be read."""
    failed = 0
    for po in sorted(SOURCES.rglob("*.po")):
        try:
            compile_file(po)
        except (PoFileError, ValueError) as error:
            failed = 1
            print(f"{po}: {error}", file=sys.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main())
