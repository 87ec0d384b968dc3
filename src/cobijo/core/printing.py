"""Prints: a template of an app and some data become a tagged PDF, and nothing of the data is read as code.

A template is `<app>/typst/<name>.typ` of an installed app and starts from core/typst/cobijo.typ, which says
what it may use. The data travel as one JSON text, so that a name like "#import" is printed and not obeyed.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from django.apps import apps
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cobijo.core import wording

_PACKAGE = Path(__file__).resolve().parent.parent
_SHIPPED_FONTS = Path(__file__).resolve().parent / "typst" / "fonts"
_TYPESETTER = Path(__file__).resolve().with_name("typesetting.py")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_IN_NO_FONT = re.compile(r"the text `\"(.*?)\"` could not be displayed", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_NOT_PRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_STAND_IN = "\ufffd"
_PATIENCE: Final = 60
"""Seconds a print may take."""


class PrintError(RuntimeError):
    """A template of ours has a fault, or a print took longer than a minute; says what the compiler said."""


class NotDrawnError(PrintError):
    """The fonts at hand lack letters."""

    def __init__(self, letters: tuple[str, ...]) -> None:
        super().__init__(f"no font for {len(letters)} letters")
        self.letters = letters


def compile_pdf(template: str, data: Mapping[str, object]) -> bytes:
    """Print the data with the template of that name, in the language in force, as PDF/UA-1.

    `data["sheet"]` holds what every print says of itself: title, and when known subtitle, organisation, site,
    date, scope, seal (number, hash), copy (number, to), demo, landscape. The same data give the same bytes.
    Letters the shipped fonts lack are taken from the machine's own; where no font has them they are shown as
    missing, and the foot says which.
    Raises LookupError for a template nobody has and KeyError for data without a sheet's title.
    """
    sheet = data["sheet"]
    if not isinstance(sheet, Mapping) or not sheet["title"]:
        raise KeyError("title")
    path = _template(template)
    try:
        return _set(path, data)
    except NotDrawnError:
        pass
    try:
        return _set(path, data, system=True)
    except NotDrawnError as trouble:
        return _set(path, data, system=True, missing=trouble.letters)


def _set(path: Path, data: Mapping[str, object], *, system: bool = False, missing: tuple[str, ...] = ()) -> bytes:
    said = _printable({**data, "words": _words(missing)}, missing)
    text = json.dumps(said, ensure_ascii=False)
    fonts = str(_SHIPPED_FONTS)
    job = {"template": str(path), "root": str(_PACKAGE), "fonts": fonts, "system": system, "data": text}
    try:
        done = subprocess.run(  # noqa: S603 - our own program; what people wrote goes through standard input alone
            [sys.executable, "-I", str(_TYPESETTER)],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise PrintError("the print took too long") from late
    if done.returncode == 0:
        return done.stdout
    trouble = done.stderr.decode(errors="replace")
    if letters := _not_drawn(trouble):
        raise NotDrawnError(letters)
    raise PrintError(trouble)


def _printable(value: object, missing: Sequence[str]) -> object:
    """The data with plain texts: control signs gone, letters without a font replaced by the sign for that."""
    if isinstance(value, Mapping):
        return {str(key): _printable(part, missing) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part, missing) for part in value]
    if not isinstance(value, str | Promise):
        return value
    text = _NOT_PRINTED.sub("", str(value))
    for letter in missing:
        text = text.replace(letter, _STAND_IN)
    return text


def _not_drawn(trouble: str) -> tuple[str, ...]:
    """The letters the compiler found in no font, each once; none when the trouble is another."""
    found = dict.fromkeys(_IN_NO_FONT.findall(trouble))
    return tuple(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), letter) for letter in found)


def _template(name: str) -> Path:
    """The template of that name in the first installed app that has it."""
    if not _NAME.fullmatch(name):
        raise LookupError(f"{name!r} is no name of a print")
    for app in apps.get_app_configs():
        path = Path(app.path) / "typst" / f"{name}.typ"
        if path.is_relative_to(_PACKAGE) and path.exists():
            return path
    raise LookupError(f"no app has a print called {name}")


def _words(missing: Sequence[str]) -> dict[str, object]:
    """What cobijo.typ says by itself, in the language in force."""
    codes = ", ".join(f"U+{ord(sign):04X}" for letter in missing for sign in letter)
    lacks = _("No font of this machine has these letters: {letters}.").format(letters=codes)
    return {
        "language": (translation.get_language() or "en").split("-")[0],
        "thousands": wording.number(1000)[1:-3],
        "page": _("Page {page} of {pages}"),
        "seal": _("Seal {number}"),
        "copy": _("Copy {number}, for {person}"),
        "fictitious": _("Demonstration: everybody in it is fictitious."),
        "missing": lacks if missing else None,
        "registered": pgettext("figure", "Registered"),
        "counted": pgettext("figure", "Counted"),
        "no_count": _("no roll-call"),
        "places": pgettext("figure", "Places"),
        "by_sex_and_age": _("By sex and age"),
        "age": _("Age"),
        "female": pgettext("sex", "Female"),
        "male": pgettext("sex", "Male"),
        "other_sex": pgettext("sex", "Other"),
        "unknown_sex": pgettext("sex", "Unknown"),
        "total": _("Total"),
    }
