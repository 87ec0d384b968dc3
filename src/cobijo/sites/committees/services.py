"""Forming, changing and ending committees, and who has which turn."""

from datetime import timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from cobijo.core import clock, rows
from cobijo.core.context import current
from cobijo.core.errors import Ground, Refusal
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, Act, verb
from cobijo.sites.committees.models import Committee, Turn
from cobijo.sites.committees.types import CommitteeIn, CommitteeKind, TurnIn
from cobijo.sites.refusals import ALREADY_VOID

MOST_DAYS: Final = 60

NAME_IT = Refusal(
    "sites.name_committee",
    _("Of another committee nobody knows later what it was for. Give it a name."),
    Ground.INPUT,
)
SAME_COMMITTEE = Refusal(
    "sites.same_committee", _("There is a committee of this kind and name already. Change that one, or name this one.")
)
COMMITTEE_ENDED = Refusal("sites.committee_ended", _("This committee has ended already. Form a new one if it is back."))
TURN_TOO_FAR = Refusal(
    "sites.turn_too_far",
    _("This day has passed, or lies more than {days} days ahead. Correct the day of the turn."),
    Ground.INPUT,
)
SAME_TURN = Refusal(
    "sites.same_turn", _("This committee has that turn already. Take it out first if it was written wrongly.")
)


@verb(
    "sites.form_committee",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Committee formed"),
)
def form_committee(act: Act, *, committee_id: UUID, site_id: UUID, committee: CommitteeIn) -> Committee:
    """Write down that residents look after something together."""
    _check(site_id, committee)
    return rows.add(Committee(id=committee_id, site_id=site_id, formed_at=act.happened_at, **_values(committee)))


@verb(
    "sites.change_committee",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Committee changed"),
)
def change_committee(act: Act, *, committee_id: UUID, committee: CommitteeIn) -> Committee:
    """Say anew how a committee stands."""
    found = _standing(committee_id)
    _check(found.site_id, committee, but=committee_id)
    return rows.change(found, **_values(committee))


@verb(
    "sites.end_committee",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Committee ended"),
)
def end_committee(act: Act, *, committee_id: UUID) -> Committee:
    """The committee is no more; its turns to come go with it."""
    found = _standing(committee_id)
    today = clock.today(ZoneInfo(found.site.zone))
    rows.change_all(found.turns.filter(voided_at=None, day__gt=today), voided_at=current().recorded_at)
    return rows.change(found, ended_at=act.happened_at)


@verb(
    "sites.set_turn",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Turn set"),
)
def set_turn(act: Act, *, turn_id: UUID, committee_id: UUID, turn: TurnIn) -> Turn:
    """Put a committee on the rota for a part of a day."""
    found = _standing(committee_id)
    today = clock.today(ZoneInfo(found.site.zone))
    if not today <= turn.day <= today + timedelta(days=MOST_DAYS):
        raise TURN_TOO_FAR.about("turn.day", days=MOST_DAYS)
    if found.turns.filter(day=turn.day, part=turn.part, note=turn.note.strip(), voided_at=None).exists():
        raise SAME_TURN.about("turn.part")
    return rows.add(
        Turn(
            id=turn_id,
            committee=found,
            day=turn.day,
            part=turn.part,
            persons=turn.persons,
            note=turn.note.strip(),
        )
    )


@verb(
    "sites.void_turn",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Turn taken out"),
)
def void_turn(act: Act, *, turn_id: UUID) -> Turn:
    """Take a turn out of the rota."""
    found = Turn.objects.select_for_update(no_key=True).get(pk=turn_id)
    if found.voided_at is not None:
        raise ALREADY_VOID()
    return rows.change(found, voided_at=current().recorded_at)


# --- what holds for them ---------------------------------------------------------------------------------------------


def _values(committee: CommitteeIn) -> dict[str, object]:
    return {
        "kind": committee.kind,
        "name": committee.name.strip(),
        "women": committee.women,
        "men": committee.men,
        "elected": committee.elected,
        "working": committee.working,
        "led_by": committee.led_by.strip(),
    }


def _standing(committee_id: UUID) -> Committee:
    found = Committee.objects.select_for_update(of=("self",), no_key=True).select_related("site").get(pk=committee_id)
    if found.ended_at is not None:
        raise COMMITTEE_ENDED()
    return found


def _check(site_id: UUID, committee: CommitteeIn, but: UUID | None = None) -> None:
    name = committee.name.strip()
    if committee.kind is CommitteeKind.OTHER and not name:
        raise NAME_IT.about("committee.name")
    same = Committee.objects.filter(site=site_id, kind=committee.kind, name__iexact=name, ended_at=None)
    if (same.exclude(pk=but) if but else same).exists():
        raise SAME_COMMITTEE.about("committee.kind")
