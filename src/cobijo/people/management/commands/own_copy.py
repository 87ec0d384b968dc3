"""``cobijo own-copy PERSON FILE``: a person's own copy, for somebody who stays at no site any more."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.services import log_reading
from cobijo.accounts.types import ReadingKind
from cobijo.core import operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from cobijo.people import services
from cobijo.people.queries.erasing import persons_named
from cobijo.people.rights import prints, queries


class Command(BaseCommand):
    help = "Write a person's own copy, named by code, id or document, into a file that only you can read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="a code, an id or the number of a document")
        parser.add_argument("file", type=Path, help="where to write it: a name that ends with .pdf or .json")
        parser.add_argument("--language", choices=["es", "en"], default="es")

    def handle(self, *, person: str, file: Path, language: str, **_options: Any) -> None:
        if file.suffix not in (".pdf", ".json"):
            raise CommandError("Name a file that ends with .pdf or .json. Nothing was written.")
        found = persons_named(person)
        if len(found) != 1:
            said = "Nobody has" if not found else f"{len(found)} people have"
            raise CommandError(f"{said} this code, id or document. Nothing was written.")
        act = operations.act_of(COMMAND_LINE, Door.COMMAND)
        try:
            services.give_copy(act, copy_id=uuid7(), person_id=found[0], language=language)
        except DomainError as refused:
            raise CommandError(refused.sentence) from refused
        log_reading(COMMAND_LINE, ReadingKind.EXPORT, "people.person", found[0], reason="own_copy")
        with translation.override(language):
            made = queries.own_copy(found[0])
            content = prints.own_copy(made) if file.suffix == ".pdf" else json.dumps(made.as_json()).encode()
        self._write(file, content)
        self.stdout.write("Written. Hand it to the person, and delete the file.")

    def _write(self, file: Path, content: bytes) -> None:
        try:
            number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as trouble:
            raise CommandError(f"The file cannot be written ({trouble.strerror}). Choose another name.") from trouble
        with os.fdopen(number, "wb") as opened:
            opened.write(content)
