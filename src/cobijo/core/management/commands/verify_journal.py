"""``cobijo verify-journal``: is the journal whole and as it was written?"""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from cobijo.core import seals

SAYS: Final = {
    "row_altered": "a row was altered after it was sealed",
    "row_foreign": "this row is not one this node wrote: it was put there or altered before it was sealed",
    "row_unreadable": "something stands there that no row can hold; what comes after it was not checked",
    "key_unreadable": "a key of the ring or of a person does not open; what comes after it was not checked",
    "rows_missing": "rows are missing",
    "rows_added": "rows were added afterwards",
    "seal_altered": "the seal itself was altered",
    "signature_wrong": "the signature is not this node's",
    "chain_broken": "the chain of seals is broken",
    "segment_altered": "a sealed part is not the one that was written",
    "segment_missing": "a sealed part is missing and nobody was erased",
    "segment_added": "there is a sealed part that was not written with it",
    "segment_unreadable": "a sealed part does not open",
    "outcome_missing": "what became of it is missing",
    "index_altered": "the index of whom it names was altered",
    "journal_cut": "the witness saw this seal; the journal ends before it",
    "journal_shorter": "a reader of the journal saw this seal; the journal ends before it",
    "journal_rewritten": "the witness saw another seal under this number",
    "key_changed": "the witness knows another key of this node",
}


class Command(BaseCommand):
    help = "Check that the journal is whole and as it was written (--witness FILE compares with what was seen before)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--witness", type=Path, metavar="FILE", help="a file that “cobijo witness” wrote")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *, witness: Path | None, json: bool, **_options: Any) -> None:
        seen = self._read(witness) if witness else None
        seals.seal_waiting()
        faults, checked = seals.verify(seen)
        if json:
            self._print_json(faults, checked)
        else:
            for fault in faults[:50]:
                self.stdout.write(f"{fault.where}: {SAYS[fault.code]}")
            self.stdout.write(
                f"{checked['seals']} seals, {checked['rows']} rows and {checked['segments']} sealed parts checked."
            )
        if faults:
            raise CommandError(f"The journal is not whole: {len(faults)} faults.", returncode=1)
        if not json:
            self.stdout.write("The journal is whole.")

    def _read(self, file: Path) -> seals.Witness:
        try:
            return seals.read_witness(file)
        except (OSError, ValueError) as error:
            raise CommandError(f"{file} cannot be read as a witness: {error}", returncode=2) from error

    def _print_json(self, faults: list[seals.Fault], checked: dict[str, int]) -> None:
        whole = {"whole": not faults, "checked": checked, "faults": [asdict(fault) for fault in faults]}
        self.stdout.write(json.dumps(whole))
