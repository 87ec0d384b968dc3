# ruff: noqa: N999 - a command is called as its file is
"""``cobijo import FILE``: take a list in from the command line: checked, what is good entered, the rest said."""

import json as js
import sys
import time
import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from cobijo.accounts.access import COMMAND_LINE
from cobijo.core.errors import DomainError
from cobijo.core.imports import accepting, batches, checking, kinds, marking, sealing
from cobijo.core.imports.models import ImportBatch
from cobijo.core.imports.types import BatchState, RowState
from cobijo.sites import queries as sites
from cobijo.sites.queries import scopes

REFUSED: Final = 2
LEFT: Final = 3
"""The code where some rows were not entered."""
SAID: Final = 50
_SECONDS_BETWEEN_WORDS: Final = 0.5


class Command(BaseCommand):
    help = "Check a list (XLSX, XLS, ODS, CSV) of people or head-counts and enter what is good; --dry-run only checks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--site", metavar="TEXT", help="code, name, or a part that fits one site only")
        parser.add_argument("--kind", default="households", choices=[kind.name for kind in kinds.kinds()])
        parser.add_argument("--map", type=Path, metavar="MAP.toml", help="sheet, head_row, [columns] and [answers]")
        parser.add_argument("--dates", choices=["dmy", "mdy", "ymd"], help="what stands first in dates")
        parser.add_argument("--dry-run", action="store_true", help="check every row and enter nothing")
        parser.add_argument(
            "--marked", type=Path, metavar="FILE.xlsx", help="write the same workbook with cells marked"
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *, json: bool, dry_run: bool, **options: Any) -> None:
        try:
            batch = self._checked(options)
            if options["marked"]:
                options["marked"].write_bytes(marking.marked(batch))
            if not dry_run and checking.counts(batch)["ready"]:
                self._enter(batch, quiet=json)
        except DomainError as refusal:
            raise CommandError(refusal.sentence, returncode=REFUSED) from refusal
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.", returncode=REFUSED) from error
        self._tell(batch, json=json)
        left = checking.counts(batch)
        if dry_run:
            batches.drop(batch)
        if left["wrong"] + left["refused"]:
            raise CommandError("Some rows were not taken; see above.", returncode=LEFT)

    def _checked(self, options: dict[str, Any]) -> ImportBatch:
        """The file read, its columns as guessed or as the map says, and every row checked."""
        file: Path = options["file"]
        given = _map(options["map"])
        unit = _unit(options["site"], options["kind"])
        batch = batches.hand_in(COMMAND_LINE, options["kind"], unit, file.name, file.read_bytes())
        if "sheet" in given or "head_row" in given:
            batches.look_at(batch, _sheet(batch, given.get("sheet")), given.get("head_row"))
        columns = {int(at): field for at, field in batch.columns.items()} | _columns(batch, given.get("columns", {}))
        dates = {"date_order": options["dates"]} if options["dates"] else {}
        batches.choose(batch, columns, batch.answers | given.get("answers", {}) | dates)
        return batch

    # --- entering and telling ----------------------------------------------------------------------------------------

    def _enter(self, batch: ImportBatch, *, quiet: bool) -> None:
        accepting.accept(batch, COMMAND_LINE)
        said = 0.0
        every, done = batch.counts["entries"], 0
        words = kinds.kind(batch.kind).words
        while batch.state == BatchState.ACCEPTING:
            done += accepting.enter_next(batch)
            if not quiet and time.monotonic() - said > _SECONDS_BETWEEN_WORDS:
                said = time.monotonic()
                self._say(words.entered(done, every))
        if not quiet:
            self._say("")

    def _say(self, words: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r\033[K{words}", ending="")
            self.stderr.flush()

    def _tell(self, batch: ImportBatch, *, json: bool) -> None:
        counts = checking.counts(batch)
        found = list(_problems(batch))
        if json:
            said = {"batch": str(batch.pk), "counts": counts, "columns": _named(batch), "problems": found}
            self.stdout.write(js.dumps(said, ensure_ascii=False))
            return
        for one in found[:SAID]:
            where = f"row {one['row']}" + (f", column {one['column']}" if one["column"] else "")
            self.stdout.write(f"{where}: {one['sentence']}")
        if len(found) > SAID:
            self.stdout.write(f"… and {len(found) - SAID} more; --marked FILE.xlsx has them all.")
        waiting = f"{counts['ready']} rows ready, " if counts["ready"] else ""
        self.stdout.write(
            f"{counts['accepted']} rows entered, {waiting}{counts['known']} there already, "
            f"{counts['wrong'] + counts['refused']} to correct, {counts['held']} held for review."
        )


def _unit(site: str | None, kind: str) -> UUID:
    """The site that is named; head-counts may be of all sites of a response, if there is only one."""
    if site is not None:
        found: UUID = sites.resolve_site(COMMAND_LINE, site).pk
        return found
    responses = list(scopes.responses().values_list("pk", flat=True)[:2])
    if kinds.kind(kind).of_people or len(responses) != 1:
        raise CommandError("Say the site: --site with its code or name.", returncode=REFUSED)
    response: UUID = responses[0]
    return response


def _map(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read as a map: {error}", returncode=REFUSED) from error


def _sheet(batch: ImportBatch, named: str | int | None) -> int:
    """A sheet by its name, or by its number counted from 1."""
    if named is None:
        return batch.sheet
    names = [sheet.name for sheet in sealing.sheets_of(batch)]
    if named in names:
        return names.index(str(named))
    if isinstance(named, int) and 1 <= named <= len(names):
        return named - 1
    raise CommandError(f"There is no sheet {named}. There are: {', '.join(names)}.", returncode=REFUSED)


def _columns(batch: ImportBatch, given: dict[str, str]) -> dict[int, str]:
    """Columns of a map, by heading: what field each holds, an empty text for none."""
    headings = sealing.head_of(batch)
    fields = {field.name for field in kinds.kind(batch.kind).fields} | {""}
    for heading, name in given.items():
        if heading not in headings:
            raise CommandError(f"There is no column “{heading}”. There are: {', '.join(headings)}.", returncode=REFUSED)
        if name not in fields:
            raise CommandError(f"There is no field {name}. There are: {', '.join(sorted(fields))}.", returncode=REFUSED)
    return {headings.index(heading): name for heading, name in given.items()}


def _named(batch: ImportBatch) -> dict[str, str]:
    headings = sealing.head_of(batch)
    return {headings[int(at)]: field for at, field in batch.columns.items() if int(at) < len(headings)}


def _problems(batch: ImportBatch) -> Any:
    headings = sealing.head_of(batch)
    for row in batch.rows.exclude(problems=[]).order_by("number"):
        cells = sealing.cells_of(batch, row)
        for one in row.problems:
            column = headings[one[1]] if one[1] is not None and one[1] < len(headings) else ""
            yield {
                "row": row.number,
                "column": column,
                "code": one[0],
                "taken": row.state in (RowState.ACCEPTED, RowState.READY),
                "sentence": marking.sentence(cells, one),
            }
