"""Every word and choice of the desk's scripts, in the language in force. Nothing here is about a person."""

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from babel.core import Locale
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cobijo.algorithms import documents, text
from cobijo.core.personal import Purpose
from cobijo.people.types import Feeding, FoundBy, Kinship, NeedCode, Presence, Sex
from cobijo.sites.types import OutReason, UseRule

REGION: Final = ("GT", "HN", "SV", "NI", "MX", "CR", "PA", "BZ", "HT", "CU", "DO", "VE", "CO", "EC", "US")
SPOKEN: Final = ("es", "en", "ht", "fr", "pt")
# Languages of the region by the names their speakers use; the locale data know only some of them.
OWN_NAMES: Final = {
    "quc": "K’iche’", "kek": "Q’eqchi’", "cak": "Kaqchikel", "mam": "Mam", "poh": "Poqomchi’", "tzj": "Tz’utujil",
    "acr": "Achi", "ixl": "Ixil", "kjb": "Q’anjob’al", "jac": "Popti’", "caa": "Ch’orti’", "poc": "Poqomam",
    "cac": "Chuj", "knj": "Akateko", "agu": "Awakateko", "usp": "Uspanteko", "mop": "Mopan", "cab": "Garífuna",
    "miq": "Miskitu", "xin": "Xinka", "ppl": "Náhuat", "jic": "Tolupan", "pay": "Pech", "yua": "Maya",
}  # fmt: skip
_PLACES: Final = {"es": "es-GT", "en": "en-GB"}
_NO_COUNTRY: Final = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])


# --- choices ---------------------------------------------------------------------------------------------------------


def sexes() -> list[dict[str, str]]:
    """The sexes as keys: the letters that choose each, in either language."""
    return [
        {"value": Sex.FEMALE, "label": pgettext("sex of one person", "Female"), "key": "f"},
        {"value": Sex.MALE, "label": pgettext("sex of one person", "Male"), "key": "m h"},
        {"value": Sex.OTHER, "label": pgettext("sex of one person", "Other"), "key": "o"},
    ]


def kinships() -> dict[str, str]:
    """Kinship to the head, what is not said first: a letter typed there goes to the first that begins so."""
    first = (Kinship.SPOUSE, Kinship.CHILD, Kinship.RELATIVE, Kinship.CAREGIVER, Kinship.HEAD)
    said = {one: str(one.label) for one in (*first, *(rest for rest in Kinship if rest not in first))}
    return {str(kind): label for kind, label in {Kinship.UNRELATED: _("not related, or not said"), **said}.items()}


def feedings() -> dict[str, str]:
    """What an infant takes."""
    return _labels(Feeding)


def presences() -> dict[str, str]:
    """Where a member is now."""
    return _labels(Presence)


def needs() -> list[dict[str, Any]]:
    """What is seen or said at the door, each with its digit; the neutral mark stands apart."""
    chips: list[tuple[str, str]] = [(str(code), str(code.label)) for code in NeedCode]
    chips += [("newborn", _("newborn without a name")), ("private", _("wants to speak in private"))]
    return [
        {"value": value, "label": label, "key": str(at % 10), "apart": value == "private"}
        for at, (value, label) in enumerate(chips, 1)
    ]


def reasons() -> list[tuple[str, str]]:
    """Why people leave, as far as the desk records it: a transfer and a death have their own ways."""
    left_out = (OutReason.TRANSFERRED, OutReason.DECEASED)
    return [
        ("", pgettext("reason", "Choose")),
        *((str(one), str(one.label)) for one in OutReason if one not in left_out),
    ]


def purpose(code: str) -> str:
    """What a purpose is called."""
    return {
        Purpose.SHELTER: pgettext("purpose", "Shelter"),
        Purpose.ASSISTANCE: pgettext("purpose", "Assistance"),
        Purpose.TRACING: pgettext("purpose", "Family tracing"),
        Purpose.PROTECTION: pgettext("purpose", "Protection"),
        Purpose.REPORTING: pgettext("purpose", "Figures and reports"),
        Purpose.SECURITY: pgettext("purpose", "Security of the data"),
    }[Purpose(code)]


def _labels(choices: Iterable[Any]) -> dict[str, str]:
    return {str(one): str(one.label) for one in choices}


# --- the catalogue ---------------------------------------------------------------------------------------------------


def catalogue() -> dict[str, Any]:
    """All that the scripts say and offer. A null in a list of choices draws a line."""
    language = translation.get_language() or "en"
    return {
        "locale": _PLACES.get(language, language),
        "words": _sentences() | _counted(),
        "sexes": _labels(Sex),
        "kinships": _labels(Kinship),
        "presences": presences(),
        "needs": {one["value"]: one["label"] for one in needs()},
        "rules": _labels(UseRule),
        "countries": _countries(Locale.parse(language.replace("-", "_"))),
        "languages": _languages(Locale.parse(language.replace("-", "_"))),
        "documents": _documents(),
    }


@cache
def digest(language: str) -> str:
    """Changes with the catalogue of a language."""
    with translation.override(language):
        return hashlib.sha256(json.dumps(catalogue(), sort_keys=True).encode()).hexdigest()[:12]


def _countries(locale: Locale) -> list[tuple[str, str] | None]:
    names = {
        code: name
        for code, name in locale.territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    }
    return [*((code, names[code]) for code in REGION), None, *_by_name(names, REGION)]


def _languages(locale: Locale) -> list[tuple[str, str] | None]:
    names = {code: name for code, name in locale.languages.items() if len(code) == 2}
    first = [(code, names.get(code) or Locale.parse("fr").languages[code]) for code in SPOKEN]
    return [*first, *OWN_NAMES.items(), None, *_by_name(names, SPOKEN)]


def _by_name(names: dict[str, str], left_out: Iterable[str]) -> list[tuple[str, str]]:
    rest = ((code, name) for code, name in names.items() if code not in left_out)
    return sorted(rest, key=lambda pair: text.fold(pair[1]))


def _documents() -> dict[str, list[tuple[str, str]]]:
    """The kinds of document by country; under no country, what any may give."""
    said = {
        "cui": "CUI / DPI",
        "dni": "DNI",
        "dui": "DUI",
        "curp": "CURP",
        "cedula": _("identity card (cédula)"),
        "nin": "NIN",
        "passport": pgettext("document", "passport"),
        "birth_certificate": pgettext("document", "birth certificate"),
        "return_paper": pgettext("document", "return paper"),
        "alien_number": pgettext("document", "alien number"),
        "other": pgettext("document", "another document"),
    }
    found: dict[str, list[tuple[str, str]]] = {"": [(documents.OTHER.code, said[documents.OTHER.code])]}
    for kind in documents.KINDS:
        if kind.country:
            found.setdefault(kind.country, []).append((kind.code, said[kind.code]))
    return found


# --- sentences -------------------------------------------------------------------------------------------------------


def _sentences() -> dict[str, str]:
    return {
        # births
        "born_on": _("born on {when}, {age}"),
        "born_in": _("born in {when}, {age}"),
        "born_about": _("{age}, born about {when}"),
        "under_a_month": _("less than a month"),
        "about": _("about {age}"),
        "age_unknown": _("age not known"),
        "birth_unread": _(
            "This cannot be read as an age or a date. "
            "Write it like 34, 8 months, 12/3/1990 or March 1990, or leave it empty."
        ),
        "birth_no_day": _("There is no such day. Correct it, or give only the month and year, the year, or an age."),
        "birth_future": _("This day has not come yet. Correct the day, the month or the year."),
        # members
        "person_head": _("{n}. Head of household"),
        "person_n": _("{n}. Person"),
        "folded": _("{n}. {name}"),
        "folded_with_age": _("{n}. {name} · {age}"),
        "no_name_yet": _("without a name yet"),
        "removed": _("Removed: {name}."),
        "nothing_written": _(
            "Nothing is written about anybody yet. Write one thing about one person, even only the sex or an age."
        ),
        "band_unknown": _("not known"),
        "number_wrong": _("Write how many they are, as a number up to 60, or leave it empty."),
        "copied": _("Filled in as for the last household."),
        "no_area": _("No such place in the list. Leave it written, or choose a larger one."),
        # spaces
        "space_at": _("Space at {site}"),
        "free_of": _("{free} free of {places}"),
        "places_unknown": _("places not known"),
        "as_of": _("Registered stays at {site}, {at}."),
        # said aloud
        "answer_to": _("The answer to: {purpose}"),
        "not_in_language": _("There are no words in this language. Say it in your own."),
        # saving
        "entry_household": _("{name}, {people}"),
        "registered_household": _("Registered: {name}"),
        "kept_household": _("Kept on this page: {name}"),
        "held_household": _("Kept for review: {name}"),
        "kept_help": _("It is sent as soon as the server answers. The codes come then. Do not close this page."),
        "sleeps_in": _("Sleeps in {space}, {site}."),
        "sleeps_at": _("Is at {site}, without a space yet."),
        "said_registered": _("Registered: {name}. Code {code}."),
        # cards
        "entry_card": _("Card for {name}"),
        "card_kept": _("The card is kept for this household."),
        "card_given": _("The card is given to the household."),
        "card_held": _("The card is kept for review."),
        "card_is": _("Card {number}: {state}."),
        "card_is_of": _("This card is of {name}, {code}. Open them, or take another card for this household."),
        # entries under way
        "why_no_answer": _("The server does not answer. It is tried again by itself; do not close this page."),
        "why_failed": _("Something failed on our side. It is tried again by itself; do not close this page."),
        "why_signed_out": _("You are signed out. Sign in again in another tab; it is sent then."),
        "why_other_account": _("Somebody else is signed in now. It is sent when you sign in again."),
    } | _sentences_of_finding()


def _sentences_of_finding() -> dict[str, str]:
    return {
        "likely_said": _("May be registered already: {name}. Look beneath."),
        "likely_different": _("Somebody else: it is remembered when you save."),
        "likely_unsure": _("Not sure: a colleague looks at it. You can go on."),
        "known": _("{name}, {code}, comes in by their own record."),
        "entry_judged": _("What you said of {name} and who was registered before"),
        "found_none": _("Nobody of yours fits these words. Try another name of theirs, the code, or register them."),
        "found_most": _("The first {n} are shown. Write more to find fewer."),
        "read_no_answer": _("The server does not answer. Try again in a moment."),
        "read_signed_out": _(
            "You are signed out. Sign in again in another tab, then repeat. What is typed here stays."
        ),
        "found_by": _("found by {why}"),
        **{f"why_{one.value}": str(one.label) for one in FoundBy},
        "household_code": _("Household {code}: who is it about?"),
        "no_household": _("Belongs to no household"),
        "not_in": _("Has no open stay at a site of yours."),
        "expected_at": _("Is expected at {site}."),
        "is_away": _("Is temporarily out."),
        "entry_in": _("Check-in of {names}"),
        "entry_out": _("Check-out of {names}"),
        "entry_away": _("Out for a while: {names}"),
        "entry_back": _("Return of {names}"),
        "entry_move": _("Move of {names}"),
        "act_done": _("Recorded: {what}."),
        "act_held": _("Kept for review: {what}."),
        "act_kept": _("Kept on this page and sent as soon as the server answers: {what}."),
    }


def _counted() -> dict[str, dict[str, str]]:
    """Sentences with a number {n}, for one and for many."""
    one, many = _sentences_for(1), _sentences_for(2)
    return {name: {"one": one[name], "many": many[name]} for name in one}


def _sentences_for(n: int) -> dict[str, str]:
    return {
        "people": ngettext("{n} person", "{n} people", n),
        "found": ngettext("{n} person found", "{n} people found", n),
        "waiting": ngettext("{n} entry waits to be sent.", "{n} entries wait to be sent.", n),
        "to_put_right": ngettext(
            "{n} thing is to be put right",
            "{n} things are to be put right",
            n,
        ),
        "room_free": ngettext("{n} person, {free} free.", "{n} people, {free} free.", n),
        "room_over": ngettext(
            "{n} person, {free} free: it will be over by {over}. It can be saved so.",
            "{n} people, {free} free: it will be over by {over}. It can be saved so.",
            n,
        ),
        "room_unknown": ngettext(
            "{n} person; how many places there are is not known.",
            "{n} people; how many places there are is not known.",
            n,
        ),
        "against_women_children": ngettext(
            "The space is for women and children only; {n} here is a man.",
            "The space is for women and children only; {n} here are men.",
            n,
        ),
        "against_men": ngettext(
            "The space is for men; {n} here is a woman or girl.",
            "The space is for men; {n} here are women or girls.",
            n,
        ),
        "do_in": ngettext("Check in {n} person", "Check in {n} people", n),
        "do_out": ngettext("Check out {n} person", "Check out {n} people", n),
        "do_away": ngettext("{n} person goes out for a while", "{n} people go out for a while", n),
        "do_back": ngettext("{n} person is back", "{n} people are back", n),
        "do_move": ngettext("Move {n} person", "Move {n} people", n),
    }
