"""``cobijo census``: who slept where on a night, by sex and age, and where the numbers come from."""

import json as js
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cobijo.core.errors import DomainError
from cobijo.reporting import nights, queries
from cobijo.reporting.exports.as_text import census_text
from cobijo.reporting.types import Scope

REFUSED = 2


class Command(BaseCommand):
    help = "Say who slept where on a night: --site, --group or the whole response, --date YYYY-MM-DD, --json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        scope = parser.add_mutually_exclusive_group()
        scope.add_argument("--site", metavar="TEXT", help="code, name, other name, or a part that fits one site only")
        scope.add_argument("--group", metavar="TEXT", help="name of a group of sites, or a part of it")
        parser.add_argument("--response", metavar="TEXT", help="which response, where there is more than one")
        parser.add_argument("--date", metavar="YYYY-MM-DD", help="the night; tonight if left out")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *, json: bool, **options: Any) -> None:
        try:
            scope = self._scope(options)
            night = nights.tonight(scope) if options["date"] is None else nights.read(options["date"])
        except DomainError as refusal:
            raise CommandError(refusal.sentence, returncode=REFUSED) from refusal
        found = queries.census(scope, night)
        self.stdout.write(js.dumps(queries.census_json(found), ensure_ascii=False) if json else census_text(found))

    def _scope(self, options: dict[str, Any]) -> Scope:
        if options["site"] is not None:
            return self._site_or_group(options["site"])
        if options["group"] is not None:
            return queries.group_called(options["group"])
        return queries.response_called(options["response"])

    def _site_or_group(self, text: str) -> Scope:
        """The site of that name; where no site has it, the group of sites that a figure is published of."""
        try:
            return queries.site_called(text)
        except DomainError as no_site:
            try:
                return queries.group_called(text)
            except DomainError:
                raise no_site from None
