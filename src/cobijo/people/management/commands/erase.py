"""``cobijo erase PERSON``: forget a person, and leave nothing of them in the database's files."""

import json as json_
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from cobijo.accounts.access import COMMAND_LINE
from cobijo.core import erasure, operations
from cobijo.core.errors import DomainError
from cobijo.core.verbs import Door
from cobijo.people import services
from cobijo.people.queries.erasing import ToErase, persons_named, to_erase
from cobijo.people.types import EraseGround

COPIES = "Copies of the database made before still hold the person: replace them."
STILL_THERE: Final = {
    "sqlite": COPIES,
    "postgresql": "PostgreSQL gives freed pages back with VACUUM FULL, and keeps its log of writes for a while: "
    f"docs/admin/erasing.md says what to type. {COPIES}",
}


class Command(BaseCommand):
    help = "Forget a person, named by code, id or document: rows, key and journal segments go, figures stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="a code, an id or the number of a document")
        parser.add_argument("--ground", choices=EraseGround.values, default=EraseGround.REQUEST.value, help="why")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument("--json", action="store_true", help="print what was destroyed as JSON")

    def handle(self, *, person: str, ground: str, yes: bool, json: bool, **_options: Any) -> None:
        found = to_erase(self._one_named(person))
        if not json:
            self._say(found)
        if not yes:
            self._ask(found)
        act = operations.act_of(COMMAND_LINE, Door.COMMAND)
        try:
            services.erase_person(act, person_id=found.person_id, ground=EraseGround(ground))
        except DomainError as refused:
            raise CommandError(refused.sentence) from refused
        erasure.scrub_database()
        if json:
            kept = asdict(found) | {"person_id": str(found.person_id), "erased": True}
            self.stdout.write(json_.dumps(kept))
        else:
            self.stdout.write(f"Erased. {STILL_THERE[connection.vendor]}")

    def _one_named(self, words: str) -> UUID:
        found = persons_named(words)
        if not found:
            raise CommandError("Nobody has this code, id or document. Nothing was erased.")
        if len(found) > 1:
            raise CommandError(f"{len(found)} people have this document. Name one by code. Nothing was erased.")
        return found[0]

    def _say(self, found: ToErase) -> None:
        rows = ", ".join(f"{count} {name}" for name, count in found.rows.items())
        self.stdout.write(f"{found.code}: {rows}; named in {found.operations} operations of the journal.")
        self.stdout.write("Sex and an age as coarse as the age bands stay in the figures, without a name.")

    def _ask(self, found: ToErase) -> None:
        if not sys.stdin.isatty():
            raise CommandError("Nobody is there to be asked. Repeat it with --yes. Nothing was erased.", returncode=2)
        if input(f"This cannot be taken back. Type {found.code} to erase: ").strip().upper() != found.code:
            raise CommandError("Nothing was erased.")
