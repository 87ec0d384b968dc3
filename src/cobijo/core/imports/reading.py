"""Opens a list somebody handed in: in a process of its own, which a bad file may exhaust without harm to us."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import DomainError, Ground, Refusal
from cobijo.core.imports.types import Sheet

MOST_BYTES: Final = 30_000_000
WALL_SECONDS: Final = 120
_OPENER: Final = Path(__file__).with_name("opening.py")

EMPTY = Refusal(
    "core.import_empty",
    _("The file is empty. Choose the one that holds the list."),
    Ground.INPUT,
)
BROKEN = Refusal(
    "core.import_broken",
    _("The file is damaged and cannot be opened. Open it in a spreadsheet program, save it again, and send that."),
    Ground.INPUT,
)
PASSWORD = Refusal(
    "core.import_password",
    _("The file is protected by a password. Save it again without one, and send that."),
    Ground.INPUT,
)
TOO_LARGE = Refusal(
    "core.import_too_large",
    _("The file is too large for a list, or unpacks to too much. Copy the list alone into a new file, and send that."),
    Ground.INPUT,
)
NOT_A_LIST = Refusal(
    "core.import_not_a_list",
    _("This is not a spreadsheet. Send the list as XLSX, XLS, ODS or CSV; one on paper is typed in."),
    Ground.INPUT,
)
TOO_MANY_ROWS = Refusal(
    "core.import_too_many_rows",
    _("The sheet “{sheet}” has more than {most} rows. Part the list and send one part after the other."),
    Ground.INPUT,
)
TOO_MANY_COLUMNS = Refusal(
    "core.import_too_many_columns",
    _("The sheet “{sheet}” has more than {most} columns. Keep those with people's details and delete the others."),
    Ground.INPUT,
)
TOO_MANY_SHEETS = Refusal(
    "core.import_too_many_sheets",
    _("The file has more than {most} sheets. Copy those that matter into a new file, and send that."),
    Ground.INPUT,
)

_REFUSALS: Final = {
    "empty": EMPTY,
    "broken": BROKEN,
    "password": PASSWORD,
    "too_large": TOO_LARGE,
    "not_a_list": NOT_A_LIST,
    "too_many_rows": TOO_MANY_ROWS,
    "too_many_columns": TOO_MANY_COLUMNS,
    "too_many_sheets": TOO_MANY_SHEETS,
}


def read(content: bytes) -> list[Sheet]:
    """The sheets of a file that hold anything. Raises a refusal that says why it cannot be taken, and what to do."""
    if len(content) > MOST_BYTES:
        raise TOO_LARGE()
    said = _opened(content)
    if "refused" in said:
        raise _refusal(said)
    sheets = [Sheet(**one) for one in said["sheets"]]
    filled = [sheet for sheet in sheets if any(sheet.rows)]
    if not filled:
        raise EMPTY()
    return filled


def _opened(content: bytes) -> dict[str, Any]:
    """What the opener says. One that ends without an answer met a file made to exhaust it, or a damaged one."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, by our own interpreter
            [sys.executable, "-I", str(_OPENER)], input=content, capture_output=True, timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise TOO_LARGE() from None
    if done.returncode < 0:
        raise TOO_LARGE()
    if done.returncode:
        raise BROKEN()
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _refusal(said: dict[str, Any]) -> DomainError:
    more = {name: value for name, value in said.items() if name != "refused"}
    return _REFUSALS[said["refused"]](**more)
