"""Writing complaints down and answering them; naming the focal points to which those about staff go."""

from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.accounts import access as authority
from cobijo.algorithms.text import clean
from cobijo.core import keys, rows, wordseals
from cobijo.core.context import current
from cobijo.core.errors import Ground, Refusal
from cobijo.core.personal import FREE, Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FACT, HERE, Act, verb
from cobijo.sites.complaints.access import AT_THE_SITE
from cobijo.sites.complaints.kinds import as_number, kinds
from cobijo.sites.complaints.models import Complaint, FocalPoint
from cobijo.sites.complaints.types import AnswerComplaintIn, ComplaintIn, ComplaintState, HandIn
from cobijo.sites.models import Site
from cobijo.sites.rules import coming, owners

UNKNOWN_KIND = Refusal(
    "sites.unknown_complaint_kind", _("There is no complaint of this kind. Choose one of the list."), Ground.INPUT
)
SLIP_MISREAD = Refusal(
    "sites.slip_misread",
    _("This number has a slip in it: its last character does not fit. Read it off the paper again."),
    Ground.INPUT,
)
COMPLAINT_ANSWERED = Refusal(
    "sites.complaint_answered",
    _("This complaint is answered already. Open it again first, with what is not settled."),
    Ground.INPUT,
)
COMPLAINT_WAITS = Refusal(
    "sites.complaint_waits", _("This complaint waits for its answer still. It need not be opened again."), Ground.INPUT
)
FOCAL_OUTSIDE = Refusal(
    "sites.focal_outside",
    _("This person works at a site of the unit. A focal point is somebody outside of them: choose somebody else."),
    Ground.INPUT,
)
FOCAL_ABOVE = Refusal(
    "sites.focal_above",
    _("A focal point stands outside the sites. Name one for the response or an area, not for one site."),
    Ground.INPUT,
)
FOCAL_ALREADY = Refusal(
    "sites.focal_already", _("This person is focal point here already. Nothing has to be changed."), Ground.INPUT
)
FOCAL_ENDED = Refusal("sites.focal_ended", _("This has ended already. Nothing has to be done."), Ground.INPUT)

FURTHER: Final = timedelta(days=7)
Why = Annotated[str, Field(min_length=1, max_length=1_000)]

# --- a complaint -----------------------------------------------------------------------------------------------------


@verb(
    "sites.file_complaint",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.PROTECTION,
    personal={},
    says=_("Complaint written down"),
)
def file_complaint(act: Act, *, complaint_id: UUID, site_id: UUID, complaint: ComplaintIn) -> None:
    """Write down what somebody complains about. Whatever it is about, the answer to whoever writes it is the same."""
    site = Site.objects.get(pk=site_id)
    kind = kinds().get(complaint.kind)
    if kind is None:
        raise UNKNOWN_KIND.about("complaint.kind")
    if as_number(complaint.number) != complaint.number:
        raise SLIP_MISREAD.about("complaint.number")
    rows.add(
        Complaint(
            id=complaint_id,
            site=site,
            number=complaint.number,
            aside=kind.aside,
            filed_at=act.happened_at,
            due_on=coming.day_at(site, act.happened_at) + timedelta(days=kind.days),
            sealed=wordseals.close(keys.COMPLAINTS, Complaint, complaint_id, "sealed", _words(complaint)),
        )
    )


def _words(said: ComplaintIn) -> dict[str, object]:
    return {
        "channel": said.channel,
        "kind": said.kind,
        "text": clean(said.text),
        "wanted": clean(said.wanted),
        "anonymous": said.anonymous,
        "contact": clean(said.contact),
        "language": said.language,
        "sex": said.sex,
        "grown": said.grown,
        "happened_on": said.happened_on.isoformat() if said.happened_on else "",
    }


@verb(
    "sites.hand_complaint",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.PROTECTION,
    personal={},
    says=_("Complaint handed to somebody"),
)
def hand_complaint(act: Act, *, complaint_id: UUID, hand: HandIn) -> None:
    """Say who sees to a complaint and by when. One about staff stays with the focal point, who moves its day only."""
    found = _locked(complaint_id)
    if found.aside:
        rows.change(found, due_on=hand.due_on)
        return
    owners.check(hand.owner_id, found.site_id, "hand.owner_id")
    rows.change(found, owner_id=hand.owner_id, due_on=hand.due_on)


@verb(
    "sites.answer_complaint",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.PROTECTION,
    personal={},
    says=_("Complaint answered"),
)
def answer_complaint(act: Act, *, complaint_id: UUID, answer: AnswerComplaintIn) -> None:
    """Write down what is answered, to be handed out by the number of the complaint."""
    found = _locked(complaint_id)
    if found.state == ComplaintState.ANSWERED:
        raise COMPLAINT_ANSWERED()
    words = wordseals.open_all(found, "sealed_answer") | {"answer": clean(answer.answer)}
    rows.change(
        found,
        state=ComplaintState.ANSWERED,
        sealed_answer=wordseals.close(keys.COMPLAINTS, Complaint, found.pk, "sealed_answer", words),
        answered_at=current().recorded_at,
        told_on=answer.told_on,
        satisfied=answer.satisfied,
    )


@verb(
    "sites.reopen_complaint",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.PROTECTION,
    personal={"why": FREE},
    says=_("Complaint opened again"),
)
def reopen_complaint(act: Act, *, complaint_id: UUID, why: Why) -> None:
    """Whoever complained is not content: it waits for an answer again, for a week."""
    found = _locked(complaint_id)
    if found.state != ComplaintState.ANSWERED:
        raise COMPLAINT_WAITS()
    words = wordseals.open_all(found, "sealed_answer") | {"again": clean(why)}
    rows.change(
        found,
        state=ComplaintState.REOPENED,
        sealed_answer=wordseals.close(keys.COMPLAINTS, Complaint, found.pk, "sealed_answer", words),
        due_on=coming.day_at(found.site, act.happened_at) + FURTHER,
        told_on=None,
        satisfied=None,
        reopened=found.reopened + 1,
    )


def _locked(complaint_id: UUID) -> Complaint:
    rows_ = Complaint.objects.select_for_update(of=("self",), no_key=True)
    return rows_.select_related("site").get(pk=complaint_id)


# --- focal points ----------------------------------------------------------------------------------------------------


@verb(
    "sites.name_focal_point",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={},
    says=_("Focal point named"),
)
def name_focal_point(act: Act, *, focal_point_id: UUID, unit_id: UUID, account_id: UUID) -> FocalPoint:
    """Name who gets the complaints about staff of every site of a unit: somebody who works at none of them."""
    if Site.objects.filter(pk=unit_id).exists():
        raise FOCAL_ABOVE.about("unit_id")
    if works_below(account_id, unit_id):
        raise FOCAL_OUTSIDE.about("account_id")
    if FocalPoint.objects.filter(unit=unit_id, account=account_id, ends_at=None).exists():
        raise FOCAL_ALREADY.about("account_id")
    at = current().recorded_at
    return rows.add(FocalPoint(id=focal_point_id, unit_id=unit_id, account_id=account_id, starts_at=at))


@verb(
    "sites.end_focal_point",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={},
    says=_("Focal point ended"),
)
def end_focal_point(act: Act, *, focal_point_id: UUID) -> FocalPoint:
    """Somebody is focal point no more. Complaints wait for the one who follows."""
    found = FocalPoint.objects.select_for_update(of=("self",), no_key=True).get(pk=focal_point_id)
    if found.ends_at is not None:
        raise FOCAL_ENDED()
    return rows.change(found, ends_at=current().recorded_at)


def works_below(account: UUID, unit: UUID) -> bool:
    """Whether an account works at any site of a unit."""
    sites = Site.objects.filter(unit__reached_by__above=unit)
    return any(sites.filter(unit__in=authority.unit_ids(account, one)).exists() for one in AT_THE_SITE)
