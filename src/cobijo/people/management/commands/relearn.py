"""``cobijo relearn LIST.csv --out WEIGHTS.json``: weights of linkage from a list of one's own. Needs no database."""

import json as js
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cobijo.algorithms.linkage import engine, weights
from cobijo.algorithms.linkage.comparing import MEANINGS
from cobijo.people import listing


class Command(BaseCommand):
    help = "Learn the weights of linkage from a list of one's own, and show them beside the shipped. Changes nothing."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="LIST.csv")
        parser.add_argument(
            "--out", required=True, metavar="WEIGHTS.json", help="for `dedupe --weights`, once compared"
        )
        listing.add_reading(parser)

    def handle(self, *, file: str, out: str, json: bool, **options: Any) -> None:
        listing.writable(out, None, file)
        say, share = listing.progress(self.stderr), listing.share(options)
        learnt = engine.relearn(self.taken(file, options), say=say, share=share)
        try:
            Path(out).write_text(js.dumps(learnt.as_json(), indent=1) + "\n", encoding="utf-8")
        except OSError as trouble:
            raise CommandError(f"{out} cannot be written: {trouble.strerror}.") from trouble
        shipped, own = (
            {(one, other) for one, other in zip(found.one.tolist(), found.other.tolist(), strict=True)}
            for found in (engine.link(self.taken(file, options), share=share, learnt=each) for each in (None, learnt))
        )
        pairs = {"both": len(shipped & own), "only_shipped": len(shipped - own), "only_relearnt": len(own - shipped)}
        self.stdout.write(js.dumps({"pairs": pairs, **learnt.as_json()}) if json else as_text(learnt, pairs, out))

    def taken(self, file: str, options: dict[str, Any]) -> Any:
        """The list, read anew: comparing uses it up."""
        return listing.taken(file, options["map"], options["dates"])


def as_text(learnt: weights.Weights, pairs: dict[str, int], out: str) -> str:
    """The weights beside the shipped, and what they would change."""
    shipped = weights.shipped()
    lines = ["bits, shipped and relearnt:"]
    for name, meanings in MEANINGS.items():
        for level, meaning in enumerate(meanings):
            if level:
                lines.append(
                    f"  {name:10}{meaning:26}{shipped.bits[name][level]:+7.1f}{learnt.bits[name][level]:+7.1f}"
                )
    lines.append(
        f"Both find {pairs['both']:,} pairs, only the shipped {pairs['only_shipped']:,}, only the relearnt "
        f"{pairs['only_relearnt']:,}. Look at those that differ before you use {out} with `dedupe --weights`."
    )
    return "\n".join(lines)
