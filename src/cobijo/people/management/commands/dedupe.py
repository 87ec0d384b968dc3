"""``cobijo dedupe IN.csv --out PAIRS.csv``: which records of a list may be one person. Needs no database."""

import json as js
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cobijo.algorithms.linkage import engine
from cobijo.people import listing


class Command(BaseCommand):
    help = "Find the records of a list that may be one person: pairs with probability and evidence. Merges nothing."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="IN.csv")
        listing.add_options(parser)

    def handle(self, *, file: str, out: str, threshold: float, json: bool, **options: Any) -> None:
        cut, learnt = listing.checked(threshold), listing.learnt(options["weights"])
        people = listing.taken(file, options["map"], options["dates"])
        found = engine.link(
            people, cut=cut, say=listing.progress(self.stderr), share=listing.share(options), learnt=learnt
        )
        listing.written(people, found, out, options["clusters"])
        listing.warn(self.stderr, found)
        figures = listing.figures(people, found)
        self.stdout.write(
            js.dumps(figures)
            if json
            else f"{figures['rows']:,} records, {figures['compared']:,} pairs compared, {figures['pairs']:,} may be "
            f"one person: {out}. They are {figures['clusters']:,} people, if all of it is so. Nothing was merged."
        )
