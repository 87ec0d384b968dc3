"""``cobijo demo``: build, reset, and who signs in."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from cobijo.accounts.types import ROLES, Role
from cobijo.core import clock
from cobijo.demo import building, story
from cobijo.demo.places import CAST
from cobijo.demo.replay import ZONE

ONLY_IN_DEBUG = (
    "The demonstration stands on sign-ins that everybody knows. It is built and opened only where COBIJO_DEBUG=1 and "
    "COBIJO_DEMO=1 are set: “make demo” and “make run” do so."
)
FOREIGN = (
    "This database holds something that is no demonstration; nothing was touched. "
    "Name another with DATABASE_URL or COBIJO_DATA."
)


class Command(BaseCommand):
    help = "The demonstration: build it or reset it (--night YYYY-MM-DD), list its sign-ins, or tell its time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["build", "signins", "clock", "reset"])
        parser.add_argument("--night", type=_night, default=story.NIGHT, metavar="YYYY-MM-DD")

    def handle(self, *, act: str, night: date, **_options: Any) -> None:
        if act == "clock":
            return self.stdout.write(f"{clock.now().astimezone(ZONE):%Y-%m-%d %H:%M} in Guatemala")
        if not (settings.DEBUG and settings.DEMO):
            raise CommandError(ONLY_IN_DEBUG)
        return self._signins() if act == "signins" else self._build(night)

    def _build(self, night: date) -> None:
        try:
            replay = building.build(night, self._say)
        except building.NotADemonstrationError as error:
            raise CommandError(FOREIGN) from error
        self.stdout.write(
            f"The demonstration stands: {replay.told} acts told, "
            f"{sum(len(one) for one in replay.sheltered)} fictitious people sheltered on {night}."
        )

    def _say(self, done: int, of: int) -> None:
        if sys.stderr.isatty() and (done % 20 == 0 or done == of):
            self.stderr.write(f"\r{done} of {of} acts", ending="\n" if done == of else "")

    def _signins(self) -> None:
        self.stdout.write(f"Open http://localhost:{settings.PORT}/ – everybody in it is fictitious. Sign in as:\n")
        with override("en"):
            for username, name, role, at in CAST:
                self.stdout.write(self._line(username, name, role, at))
        self.stdout.write(f"\nPassword of all: {building.PASSWORD}   Second factor of all: {building.CODE}\n")

    def _line(self, username: str, name: str, role: Role, at: str) -> str:
        where = {"salon": "Salón Municipal", "experimental": "Instituto Experimental"}.get(at, "the whole response")
        second = "" if ROLES[role].second_factor else "  (no second factor)"
        return f"  {username:<7} {name}, {role.label} at {where}{second}"


def _night(text: str) -> date:
    """A night of the response, as argparse wants it: a sentence where it is none."""
    try:
        night = date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is no day. Write it as 2018-10-29.") from error
    if not story.FIRST_NIGHT <= night <= story.LAST_NIGHT:
        raise ArgumentTypeError(
            f"The response is told from {story.FIRST_NIGHT} to {story.LAST_NIGHT}. Choose a night between."
        )
    return night
