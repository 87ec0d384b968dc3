"""Every type of page there is, from the table of routes: its address in the small world, and who opens it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tests.access import table
from tests.access.table import NOBODY
from tests.access.world import World
from tests.cast import Cast

# What answers with a file, data or a word for machines.
NO_PAGES: Final = {
    "healthz", "readyz", "web:desk-catalogue", "web:desk-figures", "web:list-marked", "reporting:export",
    "reporting:beside", "reporting:released", "reporting:door", "accounts:readings_csv", "mfa_download_recovery_codes",
    "assistance:slip_print", "assistance:order_file", "assistance:store_file",
    "reporting:evening_draft", "reporting:evening_sheet",
    "people:photo", "people:letter",
    "paper:file", "paper:file_of_one",
    "sites:act-print", "sites:premises-file", "sites:nights-file", "sites:gate-photo", "sites:roll-call-state",
    "sites:roll-call-print", "sites:standards-print", "sites:standards-file", "sites:complaint-forms",
    "movements:passengers_print",
}  # fmt: skip
# Who sees most of a page stands first.
READERS: Final = ("beto", "elena", "ana", "diego", "carla", "felix", "gloria", NOBODY)


@dataclass(frozen=True, slots=True)
class PageType:
    """A page: its route and arguments as the table has them, and who opens it (``anyone``: nobody signed in)."""

    route: str
    given: str
    who: str

    def __str__(self) -> str:
        return f"{self.route}({'' if self.given == '-' else self.given})-{self.who}"

    def address(self, world: World) -> str:
        return table.address_of(self.route, self.given, world)


def page_types() -> list[PageType]:
    """The first row of each route that somebody is shown, and every other that shows another kind of thing."""
    found: dict[tuple[str, str], PageType] = {}
    for row in table.rows_of("routes.txt"):
        method, route, given, *_ = row.cells
        who = next((one for one in READERS if row.expected.get(one) == "200"), None)
        if method == "GET" and who and route not in NO_PAGES and not route.startswith("api:"):
            found.setdefault((route, _kind(given)), PageType(route, given, who))
    return list(found.values())


def _kind(given: str) -> str:
    """What tells two pages of one route apart: the kind of scope in the address, or the fields of its query."""
    path = next((part for part in given.split("&") if part.startswith("path=")), "")
    return path + "?".join(part.partition("=")[0] for part in given.partition("?")[2].split("&"))


def account_of(cast: Cast, who: str) -> UUID:
    """The account of one of the cast by user name."""
    everybody = (
        cast.ana, cast.beto, cast.carla, cast.diego, cast.case_worker, cast.administrator, cast.auditor, cast.outsider,
    )  # fmt: skip
    return next(account.id for account in everybody if account.username == who)
