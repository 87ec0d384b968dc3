"""``cobijo ticker``: seals the journal, delivers events, goes on with lists that are being entered, every second."""

import itertools
import signal
import threading
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from cobijo.core import chores, erasure, events, seals
from cobijo.core.imports import accepting

OF_LISTS: Final = 0.8
"""Seconds spent on lists before the journal is sealed again."""
BETWEEN: Final = 0.1
ASKED_EVERY: Final = 30
"""Rounds between two questions whether the apps have something to do."""
TIDIED_EVERY: Final = 600
"""Rounds between two looks for what is kept no longer."""


class Command(BaseCommand):
    help = "Seal the journal, deliver events and enter lists handed in, every second (cobijo serve starts it)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do it once and end")
        parser.add_argument("--every", type=float, default=1.0, metavar="SECONDS")

    def handle(self, *, once: bool, every: float, **_options: Any) -> None:
        stop = threading.Event()
        if not once:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        for at in itertools.count():
            if stop.is_set():
                return
            busy = 0
            try:
                close_old_connections()
                seals.seal_waiting()
                events.deliver()
                busy = accepting.carry_on(OF_LISTS)
                if at % ASKED_EVERY == 0:
                    chores.do_what_is_often_asked()
                if at % TIDIED_EVERY == 0:
                    accepting.tidy()
                    chores.do_what_is_due()
                    erasure.scrub_if_due()
            except OperationalError as error:
                self.stderr.write(f"The database did not answer ({type(error).__name__}); trying again.")
                if once:
                    raise
            if once:
                return
            stop.wait(every if not busy else BETWEEN)
