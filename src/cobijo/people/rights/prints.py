"""What is printed for the person: their own copy, and the letter that answers a request."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from cobijo.accounts.queries import answerable_for, names_of
from cobijo.core import clock, nodes, wording
from cobijo.core.printing import compile_pdf
from cobijo.people.models import Person
from cobijo.people.queries.erasing import to_erase
from cobijo.people.queries.records import line_of
from cobijo.people.rights.models import RightsRequest
from cobijo.people.rights.queries import OwnCopy, opened
from cobijo.people.rights.types import DAYS_OF_BACKUPS, Answered, RefusalGround, RightKind
from cobijo.people.wording import label

Data = dict[str, Any]


def own_copy(copy: OwnCopy) -> bytes:
    """The copy on paper, in the language in force."""
    data: Data = {
        "sheet": {
            "title": _("What is kept about you"),
            "subtitle": f"{copy.line.label} · {copy.line.code}",
            "organisation": copy.controller or "Cobijo",
            "date": _("made on {moment}").format(moment=wording.moment(copy.made_at)),
            "demo": copy.fictitious,
        },
        "intro": _about(copy.controller, copy.contact),
        "sections": [
            {
                "heading": section.heading,
                "records": [
                    {
                        "facts": [[one.word, one.value] for one in record.said],
                        "picture": list(record.picture) if record.picture else None,
                    }
                    for record in section.records
                ],
            }
            for section in copy.sections
        ],
        "done": _("What was done with your data"),
        "done_heads": [_("What"), _("When"), _("Where")],
        "acts": [[one.words, wording.moment(one.at), one.unit] for one in copy.acts],
        "photo": _("Your photo"),
        "rights": _("Your rights"),
        "rights_lines": _rights(),
    }
    return compile_pdf("own-copy", data)


def _about(controller: str, contact: str) -> list[str]:
    lines = [
        _("This is everything this installation keeps about you. It is yours: keep it where nobody else reads it.")
    ]
    if controller:
        said = _("{name} answers for these data.").format(name=controller)
        lines.append(f"{said} {contact}".strip())
    return lines


def _rights() -> list[str]:
    return [
        _("You may ask for what is wrong to be corrected, for your data to be erased, and take back a consent."),
        _("Asking costs nothing, and never costs a bed, food or your place."),
        _("Ask at the desk. Somebody other than who receives it answers within thirty days."),
    ]


# --- letters ---------------------------------------------------------------------------------------------------------


def letter(request: RightsRequest) -> bytes:
    """The answer to a request, in the language the person chose; of an erasure before it is carried out."""
    assert request.person_id is not None
    with override(request.language):
        return compile_pdf("rights-letter", _letter(request, Person.objects.get(pk=request.person_id)))


def _letter(request: RightsRequest, person: Person) -> Data:
    controller, contact = answerable_for(request.unit_id)
    kind, outcome = RightKind(request.kind), Answered(request.outcome)
    answered = request.answered_at or clock.now()
    return {
        "sheet": {
            "title": _("Answer to request {number}").format(number=request.number),
            "subtitle": f"{label(person)} · {line_of(person).code}",
            "organisation": controller or "Cobijo",
            "date": wording.day(wording.at_site(answered).date()),
            "demo": nodes.is_fictitious(),
        },
        "asked": _("On {day} you asked: {what}.").format(day=wording.day(request.asked_on), what=kind.label),
        "answer": _("The answer: {answer}.").format(answer=outcome.label),
        "ground": _ground(request),
        "reply": opened(request, "sealed_reply").split("\n"),
        "parts": _erasure(request, person) if kind is RightKind.ERASURE and outcome is Answered.GRANTED else [],
        "complain": _("If you do not agree"),
        "complaints": _complaints(controller, contact),
        "signed": _("For {name}").format(name=controller) if controller else _("Signature"),
        "received": _("I received this letter"),
        "who": ", ".join(names_of([request.answered_by_id]).values()) if request.answered_by_id else "",
    }


def _ground(request: RightsRequest) -> str:
    if not request.ground:
        return ""
    return _("The reason: {reason}.").format(reason=RefusalGround(request.ground).label)


def _complaints(controller: str, contact: str) -> list[str]:
    lines = [_("Tell us so, and somebody else looks at it. It costs nothing and has no bad effect for you.")]
    if controller:
        lines.append(f"{controller} {contact}".strip())
    return lines


def _erasure(request: RightsRequest, person: Person) -> list[Data]:
    """What goes, what stays, and until when copies of the database hold it."""
    operations = to_erase(person.pk).operations
    return [
        _part(
            _("What is erased"),
            [
                _("Your names, birth, documents, telephones, needs, answers, notes, cards and photo."),
                _("What was written about you in {count} entries of the journal.").format(count=operations),
                _("Whoever scans a card you had learns nothing from it."),
            ],
        ),
        _part(
            _("What stays"),
            [
                _("Numbers without a name: that somebody of your sex and about your age slept here on those nights."),
                _("That request {number} was made and answered, without your name.").format(number=request.number),
                _("What is on paper already: lists and cards that were printed before."),
            ],
        ),
        _part(
            _("When it is done"),
            [
                _("Once this letter is in your hands. It cannot be taken back."),
                _("Backup copies hold it for at most {days} days more.").format(days=DAYS_OF_BACKUPS),
            ],
        ),
    ]


def _part(heading: str, lines: Sequence[str]) -> Data:
    return {"heading": heading, "lines": list(lines)}
