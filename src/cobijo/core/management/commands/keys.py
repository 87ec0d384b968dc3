"""``cobijo keys``: make the node key, rotate the ring, change the passphrase."""

import getpass
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cobijo.core import keyfile, rotation


class Command(BaseCommand):
    help = "Make this node's key (make), renew the keys of the ring (rotate), or change its passphrase (passphrase)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["make", "rotate", "passphrase", "show"])
        parser.add_argument("--without-passphrase", action="store_true", help="only for a demonstration or a test")

    def handle(self, *, act: str, without_passphrase: bool, **_options: Any) -> None:
        file: Path = settings.NODE_KEY_FILE
        try:
            getattr(self, f"_{act}")(file, without_passphrase)
        except keyfile.KeyFileError as error:
            raise CommandError(str(error)) from error

    def _make(self, file: Path, without: bool) -> None:
        key = keyfile.make(file, None if without else self._new_passphrase())
        self.stdout.write(f"The node key is at {file}. Its public part: {key.public.hex()}.")
        self.stdout.write(
            "Keep a copy of the file and of its passphrase in two safe places: nothing opens without them."
        )

    def _rotate(self, file: Path, _without: bool) -> None:
        count = rotation.rotate()
        self.stdout.write(f"New keys are in use; {count} people's keys were wrapped anew.")

    def _passphrase(self, file: Path, without: bool) -> None:
        key = keyfile.here()
        keyfile.write(file, key, None if without else self._new_passphrase(), replace=True)
        self.stdout.write("The passphrase is changed. Restart the server.")

    def _show(self, file: Path, _without: bool) -> None:
        self.stdout.write(keyfile.here().public.hex())

    def _new_passphrase(self) -> str:
        if settings.PASSPHRASE_FILE is not None:
            return keyfile.passphrase() or ""
        if not sys.stdin.isatty():
            raise CommandError("Run this at a terminal, or name a file with the passphrase in COBIJO_PASSPHRASE_FILE.")
        first = getpass.getpass("New passphrase (at least 12 characters): ")
        if len(first) < 12:
            raise CommandError("That is shorter than 12 characters. Nothing was changed.")
        if getpass.getpass("Once more: ") != first:
            raise CommandError("The two differ. Nothing was changed.")
        return first
