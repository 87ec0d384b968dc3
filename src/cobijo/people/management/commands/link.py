"""``cobijo link A.csv B.csv --out PAIRS.csv``: which record of one list is which of another. Needs no database."""

import json as js
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cobijo.algorithms.linkage import engine, reading
from cobijo.people import listing


class Command(BaseCommand):
    help = "Find who of one list may be who of another: pairs with probability and evidence. Merges nothing."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="A.csv")
        parser.add_argument("other", metavar="B.csv")
        listing.add_options(parser)

    def handle(self, *, file: str, other: str, out: str, threshold: float, json: bool, **options: Any) -> None:
        listing.writable(out, options["clusters"], file, other)
        cut, learnt = listing.checked(threshold), listing.learnt(options["weights"])
        people = listing.taken(file, options["map"], options["dates"])
        first = len(people)
        reading.append(people, listing.taken(other, options["map"], options["dates"]))
        found = engine.link(
            people,
            apart=first,
            cut=cut,
            say=listing.progress(self.stderr),
            share=listing.share(options),
            learnt=learnt,
        )
        listing.written(people, found, out, options["clusters"])
        listing.warn(self.stderr, found)
        figures = listing.figures(people, found)
        self.stdout.write(
            js.dumps(figures)
            if json
            else f"{first:,} and {figures['rows'] - first:,} records, {figures['compared']:,} pairs compared, "
            f"{figures['pairs']:,} may be one person: {out}. Nothing was merged."
        )
