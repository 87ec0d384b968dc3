"""``cobijo bench``: how long the acts of a shelter's day take on a database of a given size."""

import json as js
import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from cobijo.demo.bench import evening, fill, importing, names, people, scratch
from cobijo.demo.bench.acts import Day
from cobijo.demo.bench.report import Report
from cobijo.demo.bench.timing import DatabaseTime, Figures, measure
from cobijo.demo.bench.world import World

LEAST_PERSONS, LEAST_REQUESTS, LEAST_ROWS = 100, 50, 100
_SECONDS_BETWEEN_WORDS: Final = 0.5


class Command(BaseCommand):
    help = (
        "Measure on a scratch database: registering, finding, counting among people (registration); a list (import); "
        "the sheet of the evening and cards (evening). Without one: comparing names (names); people who never lived, "
        "with who is who, as a file (people)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["registration", "import", "evening", "names", "people"])
        parser.add_argument("--persons", type=int, default=0, metavar="N", help="how many people are filled in")
        parser.add_argument(
            "--rows", type=int, default=20_000, metavar="N", help="how many rows the list has (import, people)"
        )
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed, the same people")
        parser.add_argument("--requests", type=int, default=100, metavar="N", help="how often each act is timed")
        parser.add_argument("--out", metavar="PEOPLE.csv", help="the file to write (people)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *, what: str, rows: int, seed: int, json: bool, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the scratch database goes then too
        if what == "import":
            self._import(rows, seed, json=json)
        elif what == "evening":
            self._evening(seed, options["requests"], json=json)
        elif what == "names":
            self._names(json=json)
        elif what == "people":
            self._people(rows, seed, options["out"])
        else:
            self._registration(options["persons"], seed, options["requests"], json=json)

    def _import(self, rows: int, seed: int, *, json: bool) -> None:
        if rows < LEAST_ROWS:
            raise CommandError(f"Give at least {LEAST_ROWS} rows.")
        with scratch.scratch():
            found = importing.run(rows, seed, self.say)
        self.stdout.write(js.dumps(found, ensure_ascii=False) if json else importing.as_text(found))

    def _evening(self, seed: int, requests: int, *, json: bool) -> None:
        with scratch.scratch():
            found = evening.run(seed, requests, self.say)
        self.say("", 1, 1)
        self.stdout.write(js.dumps(found, ensure_ascii=False) if json else evening.as_text(found))

    def _names(self, *, json: bool) -> None:
        found = names.run()
        self.stdout.write(js.dumps(found, ensure_ascii=False) if json else names.as_text(found))

    def _people(self, rows: int, seed: int, out: str | None) -> None:
        if not out:
            raise CommandError("Say with --out which file to write.")
        try:
            with Path(out).open("w", encoding="utf-8", newline="") as file:
                people.write(file, rows, seed)
        except OSError as trouble:
            raise CommandError(f"{out} cannot be written: {trouble.strerror}.") from trouble
        self.stdout.write(f"{rows:,} records of people who never lived stand in {out} (seed {seed}).")

    def _registration(self, persons: int, seed: int, requests: int, *, json: bool) -> None:
        if persons < LEAST_PERSONS or requests < LEAST_REQUESTS:
            raise CommandError(f"Give at least {LEAST_PERSONS} persons and {LEAST_REQUESTS} requests.")
        with scratch.scratch():
            began = time.monotonic()
            world = fill.fill(persons, seed, self.say)
            filled = time.monotonic() - began
            self.say("", 1, 1)
            report = Report(
                engine=scratch.engine(),
                persons=persons,
                sites=len(world.sites),
                seed=seed,
                fill_seconds=filled,
                database_bytes=scratch.size_in_bytes(),
                counts_database=DatabaseTime().counts,
                figures=list(self.measured(world, seed, requests)),
            )
        self.stdout.write(js.dumps(report.as_json(), ensure_ascii=False) if json else report.as_text())

    def measured(self, world: World, seed: int, requests: int) -> Iterator[Figures]:
        """Each act's figures, one after the other."""
        for figures, ready in Day(world, seed).acts():
            self.say(f"measuring: {figures.what}", 0, 0)
            yield measure(figures, ready, requests)
        self.say("", 1, 1)

    def say(self, what: str, done: int, total: int) -> None:
        """How far it is, on one line of the terminal; a line for each part where it goes into a file."""
        words = f"{what} {done:,} of {total:,}" if total else what
        if sys.stderr.isatty():
            self.stderr.write(f"\r\033[K{words}", ending="")
            self.stderr.flush()
        elif what and done == total:
            self.stderr.write(words)
