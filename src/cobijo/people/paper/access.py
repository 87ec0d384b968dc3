"""Who may know of which form, and who may print, put away and withdraw them."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import records
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.verbs import Act
from cobijo.people import sight
from cobijo.people.cards import access as cards
from cobijo.people.cards.models import CardBatch
from cobijo.people.paper.models import PaperBatch, PaperForm

# --- who may know of which -------------------------------------------------------------------------------------------


def _batches(actor: UUID) -> Q:
    """Those printed for a unit where the actor registers, or for one above it."""
    if authority.authority(actor).command_line:
        return Q()
    return Q(unit__in=authority.units_serving(actor, Permission.REGISTER))


def _forms(actor: UUID) -> Q:
    """Those of such batches that are not typed in yet; typed in, those of households of which one may see anybody."""
    out_there = Q(household=None, batch__in=PaperBatch.objects.filter(_batches(actor)))
    return out_there | Q(household__in=sight.households_seen(actor))


visible_to, get_for = records.doors({PaperBatch: _batches, PaperForm: _forms})


# --- who may call what -----------------------------------------------------------------------------------------------


def may_print_forms(act: Act, *, unit_id: UUID, card_batch_id: UUID | None = None, **_: Any) -> UUID:
    unit = authority.require(act.actor, Permission.MANAGE_SITE, unit_id)
    if card_batch_id is not None:
        cards.get_for(act.actor, CardBatch, card_batch_id)
    return unit


def may_void_forms(act: Act, *, batch_id: UUID) -> UUID:
    batch = get_for(act.actor, PaperBatch, batch_id)
    return authority.require(act.actor, Permission.MANAGE_SITE, batch.unit_id)


def may_end_form(act: Act, *, form_id: UUID, **_: Any) -> UUID | None:
    """Whoever types forms in. One that is typed in names a household, and its number says so to nobody else."""
    form = get_for(act.actor, PaperForm, form_id)
    unit = authority.unit_served(act.actor, Permission.REGISTER, form.batch.unit_id)
    if unit is None and not authority.authority(act.actor).command_line:
        raise NOT_ALLOWED()
    return unit
