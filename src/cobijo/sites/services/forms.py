"""A family taken from the form it was written on: typed in, received and given its card as one operation."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, Act, verb
from cobijo.people import services as people
from cobijo.people.types import FormIn, HouseholdFactsIn
from cobijo.sites.models import Stay
from cobijo.sites.queries.scopes import site as site_of
from cobijo.sites.services.stays import Arriving, receive_household
from cobijo.sites.unnamed.services import Numbers


@verb(
    "sites.receive_form",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Form typed in"),
)
def receive_form(
    act: Act,
    *,
    form: FormIn,
    household_id: UUID,
    site_id: UUID,
    members: Arriving,
    facts: HouseholdFactsIn,
    unnamed: Numbers | None = None,
) -> Stay | None:
    """Receive a household from the numbered form it was written on; ``happened_at`` is when it was filled in.

    The household gets the card of the form, or the one whose number was written on it. Gives the first stay.
    """
    site = site_of(site_id)
    taken = people.take_form(act, form=form.number, zone=site.zone if site else "UTC")
    stay = receive_household(
        act,
        household_id=household_id,
        site_id=site_id,
        members=members,
        unnamed=unnamed,
        facts=facts,
    )
    people.give_form(act, taken, household_id, form.card)
    return stay
