"""The print of a batch: numbered family forms on one sheet each, with their rights on the back.

Made anew whenever it is asked for: a number is no secret, and a form that got wet is printed again.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cobijo.core.personal import Purpose
from cobijo.core.printing import compile_pdf
from cobijo.people import wording
from cobijo.people.cards.prints import bars
from cobijo.people.paper import keys, numbers
from cobijo.people.paper.keys import NEWBORN, PRIVATE
from cobijo.people.paper.models import PaperBatch, PaperForm
from cobijo.people.paper.types import FormLanguage
from cobijo.people.queries.consent import BasisRow, bases_at
from cobijo.people.types import Feeding, Kinship, NeedCode, Presence

LINES: Final = 8
"""Members on one form; for more, a second form is filled in and its family is one household all the same."""


def pdf(batch: PaperBatch, forms: Iterable[PaperForm] | None = None) -> bytes:
    """The forms of a batch, each a front and a back, in the batch's language; only ``forms`` of it where given."""
    language = FormLanguage(batch.language)
    rows = batch.forms.select_related("card").order_by("number") if forms is None else forms
    with translation.override(language):
        data: dict[str, Any] = {
            "sheet": {"title": _("Family form"), "organisation": _organisation(batch)},
            "say": _says(),
            "site": batch.unit.name,
            "lines": LINES,
            "keys": _keys(language),
            "back": _back(batch, language),
            "forms": [_form(one) for one in rows],
        }
        return compile_pdf("family-form", data)


def _form(form: PaperForm) -> dict[str, str]:
    return {
        "number": form.spoken,
        "bars": bars(numbers.barcode(form.number)),
        "card": form.card.spoken if form.card else "",
    }


def _organisation(batch: PaperBatch) -> str:
    """Who answers for the unit: its own organisation, or the nearest one above."""
    at = batch.unit
    while at.organisation is None and at.parent is not None:
        at = at.parent
    return at.organisation.name if at.organisation else ""


def _says() -> dict[str, str]:
    """The words of the front, in the order in which they are asked."""
    return {
        "form": _("Family form"),
        "card": _("Card"),
        "site": _("Site"),
        "date": _("Date of arrival"),
        "hour": _("Hour"),
        "filled": _("Filled in by"),
        "informs": _("Who informs"),
        "head": _("head"),
        "spouse": _("spouse"),
        "other": _("another who knows"),
        "explained": _("It was explained what the data are for. Language:"),
        "from": _("Where they come from: department"),
        "municipality": _("municipality"),
        "place": _("village, hamlet or quarter, as they name it"),
        "phone": _("Telephone"),
        "answers": _("who answers"),
        "safe": _("safe to call?"),
        "yes": _("yes"),
        "no": _("no"),
        "size": _("How many people in all"),
        "here": _("How many sleep here tonight"),
        "names": _("First name … surnames (a newborn may have no name)"),
        "kin": _("Kin- ship"),
        "sex": _("Sex"),
        "age": _("Age (m: months)"),
        "presence": pgettext("form", "Is"),
        "needs": _("Needs"),
        "feeding": _("Under 1"),
        "totals": _("Total"),
        "female": pgettext("sex, one letter", "F"),
        "male": pgettext("sex, one letter", "M"),
        "animals": _("Animals: how many"),
        "which": _("which and where"),
        "space": _("Place: room or classroom"),
        "collector": _("Who else may receive for the family"),
        "mark": _("Signature or fingerprint (an X will do)"),
    }


# --- the foot --------------------------------------------------------------------------------------------------------


def _keys(language: FormLanguage) -> list[dict[str, Any]]:
    """What the letters mean: a heading, and letter with meaning."""
    newborn = {NEWBORN: _("newborn without a name"), PRIVATE: _("wants to speak in private")}
    return [
        _key(_("Kinship to the head"), keys.KINSHIP[language], {one.value: str(one.label) for one in Kinship}),
        _key(_("Sex"), keys.SEX[language], {"female": _("woman"), "male": _("man"), "unknown": _("no answer")}),
        _key(pgettext("form", "Is"), keys.PRESENCE[language], {one.value: str(one.label) for one in Presence}),
        _key(_("Needs seen or said"), keys.NEEDS[language], {one.value: str(one.label) for one in NeedCode} | newborn),
        _key(_("The baby takes"), keys.FEEDING[language], {one.value: str(one.label) for one in Feeding}),
    ]


def _key(heading: str, letters: Mapping[str, str], words: Mapping[str, str]) -> dict[str, Any]:
    pairs = [[letter, words[str(value)]] for letter, value in letters.items() if str(value) in words]
    return {"heading": heading, "pairs": pairs}


# --- the back --------------------------------------------------------------------------------------------------------


def _back(batch: PaperBatch, language: FormLanguage) -> dict[str, Any]:
    """Why this is written down, in the words of the response where it has any, and the rights of those it is about."""
    bases = {row.purpose: row for row in bases_at(batch.unit_id)}
    shelter = bases.pop(Purpose.SHELTER, None)
    return {
        "why": _("Why we write this down"),
        "said": _aloud(shelter, language) or _("To give you a place to sleep, food and what you need here."),
        "basis": _("Legal basis: {basis}.").format(basis=shelter.basis.label) if shelter else "",
        "others": [_("{purpose}: {basis}.").format(purpose=wording.purpose(one), basis=row.basis.label)
                   for one, row in bases.items()],
        "rights": _("Your rights"),
        "list": _rights(),
        "who": _("Who answers for your data"),
        "controller": _organisation(batch) or batch.unit.name,
    }  # fmt: skip


def _aloud(basis: BasisRow | None, language: FormLanguage) -> str:
    """The words said aloud in a language, else in any the response has."""
    if basis is None:
        return ""
    return basis.said_aloud.get(str(language)) or next(iter(basis.said_aloud.values()), "")


def _rights() -> list[str]:
    return [
        _("Nothing here is required. Without papers, without a telephone or without a name you have a place and food."),
        _("To say no to a question, a photo or a document never costs you a bed, food or registration."),
        _("You may ask what is written about you, get a copy, have it corrected, and ask that it be erased."),
        _("You may ask to speak in private, and need not say why."),
        _("For a child the person who cares for them answers, and the child is asked too."),
        _("Your data are given to no consulate without your yes, and to nobody else without a recorded decision."),
        _("All help is free. Nobody may ask you for money or favours for it. If somebody does, you may say so."),
    ]
