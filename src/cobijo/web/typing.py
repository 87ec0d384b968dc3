"""The page on which forms are typed in from a stack: what it holds for this reader, and the words its scripts use.

It keeps to the desk's way: one document, everything typed in its memory alone, every entry one verb by the API.
"""

from typing import Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.core.pages import me
from cobijo.people import queries as people
from cobijo.web import desk, desk_words

NOBODY: Final = UUID(int=0)


@login_required
@require_GET
@gzip_page
def page(request: HttpRequest) -> HttpResponse:
    """The document. It may be compressed: nothing anybody typed stands in it."""
    actor = me(request)
    authority.require_anywhere(actor, Permission.STAY)
    sites = [site for site in desk.sites_worked_at(actor) if site["can_stay"] and site["can_register"]]
    language = translation.get_language() or "en"
    here = {
        "account": str(actor),
        "now": clock.now().isoformat(),
        "time": round(timezone.now().timestamp() * 1000),
        "sites": sites,
        "letters": people.form_letters(),
        "labels": _labels(),
        "words": _sentences() | _counted(),
        "urls": {
            "catalogue": reverse("web:desk-catalogue", args=[language, desk_words.digest(language)]),
            "figures": reverse("web:desk-figures", args=[NOBODY]),
            "household": reverse("web:household", args=[NOBODY]),
        },
    }
    return render(request, "web/typing.html", {"here": here, "states": desk.STATES})


def _labels() -> dict[str, dict[str, str]]:
    """What each value is called, by question: a letter typed is said back in words."""
    said = desk_words.catalogue()
    return {
        "kinship": said["kinships"],
        "sex": said["sexes"],
        "presence": said["presences"],
        "needs": said["needs"],
        "feeding": desk_words.feedings(),
    }


def _sentences() -> dict[str, str]:
    return {
        "form_of": _("{number}: {typed} of {printed} of batch {batch} typed in."),
        "with_card": _("Its card is {card}."),
        "without_card": _("No card lies beside it."),
        "checking": _("Looking the number up."),
        "no_number": _("Write the number of the form first."),
        "no_letter": _("{letter} is no letter of this form. Use {letters}, or leave it empty."),
        "no_whole_number": _("Write a whole number, or leave it empty."),
        "no_moment": _("Write the day and the hour of arrival as on the form, or leave both empty for now."),
        "future": _("This moment has not come yet. Correct the day or the hour."),
        "nobody": _("Write at least one line: a name, or only a sex or an age."),
        "many": _("One form takes 40 people. Register the others at the desk as of the same household."),
        "unsure": pgettext("name in parts", "look:"),
        "part": _("If it is not so, put / between the parts."),
        "first_surname": _("first surname"),
        "second_surname": _("second surname"),
        "married_name": _("married name"),
        "said_back": _("{named} with a line, {here} of them here."),
        "said_differs": _("The form says {size} in all and {said} here tonight. It can be saved so."),
        "repeated": _("Origin as on the form before."),
        "saved": _("Typed in: household {code}."),
        "saved_many": _("{n} typed in here; half of them in {seconds} seconds or less."),
        "held": _("Kept for review: {number}."),
        "names_silent": _("The server did not take the names apart yet. Try to save again in a moment."),
        "silent": _("The server does not answer. What you typed stays here; it is sent by itself as soon as it does."),
        "line": _("Line {n}"),
    }


def _counted() -> dict[str, dict[str, str]]:
    one, many = (
        ngettext("{n} thing is to be put right", "{n} things are to be put right", number) for number in (1, 2)
    )
    return {"to_put_right": {"one": one, "many": many}}
