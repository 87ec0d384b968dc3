"""``cobijo retention``: what is due to be let go by the rules of each response, and, with ``--run``, letting it go."""

import json as json_
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cobijo.accounts.access import COMMAND_LINE
from cobijo.core import erasure
from cobijo.people.retention import running
from cobijo.people.retention.due import responses_for
from cobijo.people.retention.models import RetentionRun


class Command(BaseCommand):
    help = "Say, in numbers, what is due to be let go by the rules of each response; with --run, let it go."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--response", metavar="NAME", help="this response alone")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--preview", action="store_true", help="only say what is due (what it does anyway)")
        what.add_argument("--run", action="store_true", help="let go what the rules that are on say")
        parser.add_argument("--json", action="store_true", help="print it as JSON")

    def handle(self, *, response: str | None, run: bool, json: bool, **_options: Any) -> None:
        found = [(unit, name) for unit, name in responses_for(COMMAND_LINE) if response in (None, name)]
        if not found:
            raise CommandError("There is no such response. Nothing was done.")
        said: list[dict[str, Any]] = []
        for unit, name in found:
            preview = running.preview(unit)
            done = dict(running.run(preview.pk)) if run else None
            said.append({"response": name, "due": preview.previewed, "done": done})
            if not json:
                self._say(name, preview, done)
        if json:
            self.stdout.write(json_.dumps(said, ensure_ascii=False))
        if any(count for one in said for count in (one["done"] or {}).values()):
            erasure.scrub_database()

    def _say(self, name: str, preview: RetentionRun, done: dict[str, int] | None) -> None:
        self.stdout.write(f"{name}:")
        for category, rule in preview.previewed.items():
            state = "on" if rule["on"] else "off"
            line = f"  {category}, after {rule['days']} days ({state}): {rule['people']} people due"
            self.stdout.write(line + (f", {done[category]} done" if done and category in done else ""))
