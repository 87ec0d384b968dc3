"""``cobijo dedupe IN.csv --out PAIRS.csv``: which records of a list may be one person. Needs no database.

``cobijo dedupe --registry`` looks through everybody registered, and puts the pairs into the queue of the program.
"""

import json as js
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from cobijo.algorithms.linkage import engine
from cobijo.people import listing
from cobijo.people.identity import nightly


class Command(BaseCommand):
    help = "Find the records of a list that may be one person: pairs with probability and evidence. Merges nothing."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="IN.csv", nargs="?")
        parser.add_argument(
            "--registry", action="store_true", help="look through everybody registered, and queue the pairs there"
        )
        listing.add_options(parser, always_out=False)

    def handle(self, *, file: str | None, registry: bool, out: str | None, **options: Any) -> None:
        if registry:
            if file or out or options["clusters"] or options["map"]:
                raise CommandError(
                    "--registry reads the database and puts the pairs into its queue. "
                    "Leave out the list, --map, --out and --clusters, or leave out --registry."
                )
            self._of_registry(**options)
        elif file and out:
            self._of_list(file, out, **options)
        else:
            raise CommandError(
                "Name a list and where its pairs go: cobijo dedupe IN.csv --out PAIRS.csv. "
                "For everybody registered: cobijo dedupe --registry."
            )

    def _of_list(self, file: str, out: str, *, threshold: float, json: bool, **options: Any) -> None:
        listing.writable(out, options["clusters"], file)
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

    def _of_registry(self, *, threshold: float, json: bool, **options: Any) -> None:
        cut, learnt = listing.checked(threshold), listing.learnt(options["weights"])
        say, share = listing.progress(self.stderr), listing.share(options)
        looked = nightly.whole(say, cut=cut, share=share, learnt=learnt)
        listing.warn_of_capped(self.stderr, looked.capped)
        figures = {
            "people": looked.people,
            "compared": looked.compared,
            "pairs": looked.pairs,
            "queued_new": looked.new,
            "judged_already": looked.judged,
        }
        self.stdout.write(
            js.dumps(figures)
            if json
            else f"{looked.people:,} people, {looked.compared:,} pairs compared, {looked.pairs:,} may be one person: "
            f"{looked.new:,} are new in the queue, {looked.judged:,} were judged already. Nothing was merged. Whoever "
            f"works cases or manages a site looks at them under “Registered twice”, {reverse('people:pairs')}"
        )
