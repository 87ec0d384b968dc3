"""Answers many questions about a built world in one process: a start of Django for each would take minutes.

A list of questions as JSON comes in, a list of answers goes out. A question is the words after ``cobijo census``, or
``overview`` and the name of a site.
"""

import json
import os
import sys
from io import StringIO
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "cobijo.config.settings"
django.setup()

from django.core.management import CommandError, call_command  # noqa: E402 - Django has to be set up first

from cobijo.accounts.access import COMMAND_LINE  # noqa: E402 - the same
from cobijo.sites.queries import resolve_site, site_overview  # noqa: E402 - the same


def census(*words: str) -> dict[str, Any]:
    """What the command says and the code it ends with."""
    said = StringIO()
    try:
        call_command("census", *words, stdout=said)
    except CommandError as refusal:
        return {"code": refusal.returncode, "said": str(refusal)}
    return {"code": 0, "said": said.getvalue()}


def overview(name: str) -> dict[str, int]:
    """What the page of a site shows of its life."""
    shown = site_overview(resolve_site(COMMAND_LINE, name))
    return {
        "registered": shown.registered,
        "came": sum(day.arrivals or 0 for day in shown.days),
        "left": sum(day.departures or 0 for day in shown.days),
        "away": shown.away,
        "overdue": shown.overdue,
        "disputed": shown.disputed,
        "planned": shown.planned,
        "asked": shown.due.asked,
    }


def answer(question: list[str]) -> dict[str, Any]:
    """One answer."""
    return overview(question[1]) if question[:1] == ["overview"] else census(*question)


if __name__ == "__main__":
    json.dump([answer(question) for question in json.load(sys.stdin)], sys.stdout)
