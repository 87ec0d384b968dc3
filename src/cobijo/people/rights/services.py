"""Receiving a request, answering it, handing a copy over, and erasing who asked for it."""

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.accounts.queries import accounts_holding
from cobijo.accounts.services import declare_notice, tell
from cobijo.accounts.types import Permission
from cobijo.algorithms.text import clean
from cobijo.core import clock, codes, erasure, nodes, rows, wording
from cobijo.core.context import concerns, current
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALONE, DECISION, FACT, FREE, HERE, PLAIN, SECOND, SUBJECT, Act, verb
from cobijo.people import hooks, sealing
from cobijo.people.rights.models import GivenCopy, RightsRequest
from cobijo.people.rights.refusals import (
    ANSWERED,
    ASKED_ALREADY,
    GROUND_TOO_MANY,
    NO_GROUND,
    NO_REPLY,
    NO_WORDS,
    NOT_TO_ERASE,
    NOT_YET,
    WHOLE_OR_NOT,
)
from cobijo.people.rights.types import (
    DAYS_TO_ANSWER,
    Answered,
    CopyLanguage,
    RefusalGround,
    RequestIn,
    RightKind,
    Words,
)

RECEIVED = declare_notice(
    "people.request_received",
    _("{by}, at {unit}, received request {number} about somebody's data. It is answered by {due}, by somebody else."),
)


def _seal(words: str, request: UUID, person: UUID, field: str) -> bytes:
    if not words:
        return b""
    return sealing.close(words, person, sealing.place(RightsRequest, request, field), Purpose.SECURITY)


@verb(
    "people.ask_right",
    kind=FACT,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={},
    says=_("Request about their data received"),
)
def ask_right(act: Act, *, request_id: UUID, asked: RequestIn) -> RightsRequest:
    """Write down what a person asks about their data. Somebody else answers it, within thirty days."""
    unit = current().unit
    if unit is None:
        raise NOT_ALLOWED()
    if asked.asked_on > wording.at_site(act.happened_at).date():
        raise NOT_YET.about("asked_on")
    said = clean(asked.words)
    if asked.kind is RightKind.CORRECTION and not said:
        raise NO_WORDS.about("words")
    person = asked.person_id
    if RightsRequest.objects.filter(person=person, kind=asked.kind, answered_at=None, unit=unit).exists():
        raise ASKED_ALREADY.about("kind")
    request = rows.add(
        RightsRequest(
            id=request_id,
            number=codes.take("rights_request", nodes.here_id())[0] + 1,
            unit_id=unit,
            person_id=person,
            kind=asked.kind,
            asked_on=asked.asked_on,
            asked_by=asked.asked_by,
            language=asked.language,
            sealed_words=_seal(said, request_id, person, "sealed_words"),
            received_by_id=act.actor,
            due_on=asked.asked_on + timedelta(days=DAYS_TO_ANSWER),
        )
    )
    answering = {*accounts_holding(Permission.CASE_WORK, unit), *accounts_holding(Permission.MANAGE_SITE, unit)}
    told = answering - {act.actor}
    tell(told, RECEIVED, by=act.actor, unit=unit, number=request.number, due=request.due_on.isoformat())
    return request


@verb(
    "people.answer_right",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=SECOND,
    purpose=Purpose.SECURITY,
    personal={"outcome": PLAIN, "ground": PLAIN, "reply": FREE},
    decides_on="request_id",
    says=_("Request about their data answered"),
)
def answer_right(
    act: Act, *, request_id: UUID, outcome: Answered, ground: RefusalGround | None = None, reply: Words = ""
) -> None:
    """Answer a request in words that are printed for the person. Never by the one who received it.

    An erasure that is granted is carried out by ``people.erase_on_request``, once the letter is in the person's hands.
    """
    request = RightsRequest.objects.select_for_update().get(pk=request_id)
    if request.answered_at is not None or request.person_id is None:
        raise ANSWERED()
    said = clean(reply)
    _check_answer(RightKind(request.kind), outcome, ground, said)
    concerns([request.person_id])
    rows.change(
        request,
        answered_by_id=act.actor,
        answered_at=clock.now(),
        outcome=outcome,
        ground=ground or "",
        sealed_reply=_seal(said, request_id, request.person_id, "sealed_reply"),
    )


def _check_answer(kind: RightKind, outcome: Answered, ground: RefusalGround | None, reply: str) -> None:
    if kind is RightKind.ERASURE and outcome is Answered.PARTLY:
        raise WHOLE_OR_NOT.about("outcome")
    if outcome is not Answered.GRANTED and ground is None:
        raise NO_GROUND.about("ground")
    if outcome is Answered.GRANTED and ground is not None:
        raise GROUND_TOO_MANY.about("ground")
    if not reply and (outcome is not Answered.GRANTED or kind is RightKind.CORRECTION):
        raise NO_REPLY.about("reply")


@verb(
    "people.erase_on_request",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=SECOND,
    purpose=Purpose.SECURITY,
    personal={},
    decides_on="request_id",
    says=_("Person erased at their request"),
)
def erase_on_request(act: Act, *, request_id: UUID) -> None:
    """Forget the person whose request to be erased was granted. Never by the one who received it.

    What deleted rows leave in the database's files goes when the ticker next tidies up.
    """
    request = RightsRequest.objects.select_for_update().get(pk=request_id)
    if not request.waits_to_be_erased or request.person_id is None:
        raise NOT_TO_ERASE()
    person = request.person_id
    hooks.forgetting(person)
    rows.change(request, carried_out_at=clock.now())
    erasure.erase(person, act.actor)


@verb(
    "people.give_copy",
    kind=FACT,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"person_id": SUBJECT, "language": PLAIN},
    says=_("Own copy handed over"),
)
def give_copy(act: Act, *, copy_id: UUID, person_id: UUID, language: CopyLanguage) -> GivenCopy:
    """Hand a person the copy of everything kept about them; that it was given is kept, the copy is not."""
    given = GivenCopy(
        id=copy_id, person_id=person_id, language=language, given_by=act.actor, given_at=current().recorded_at
    )
    return rows.add(given)
