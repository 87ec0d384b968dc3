"""``cobijo witness FILE``: write the newest seal down, to be kept elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cobijo.core import seals


class Command(BaseCommand):
    help = "Write the newest seal of the journal to FILE; keep it elsewhere and give it to verify-journal later."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **_options: Any) -> None:
        try:
            seen = seals.write_witness(file)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        if seen is None:
            raise CommandError("The journal is empty: there is nothing to witness yet.")
        self.stdout.write(f"Seal {seen.epoch}.{seen.number} ({seen.hash[:16]}) is witnessed in {file}.")
