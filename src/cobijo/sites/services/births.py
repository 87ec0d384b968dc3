"""A child is born at a site."""

from dataclasses import fields, replace
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import NOT_FOUND
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, SUBJECT, Act, verb
from cobijo.people import services as people
from cobijo.people.access import works_with
from cobijo.people.queries.who import named_for, people_by_id
from cobijo.people.types import BirthIn, Kinship, MemberIn, PersonIn, Presence
from cobijo.sites.access import stays_worked_on
from cobijo.sites.models import Stay
from cobijo.sites.refusals import MOTHER_NOT_HERE
from cobijo.sites.rules import coming
from cobijo.sites.types import CheckInOf

_OF_A_PERSON = [part.name for part in fields(PersonIn)]
_OWN_CHILD = {Kinship.HEAD, Kinship.SPOUSE}


@verb(
    "sites.register_birth",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"mother_id": SUBJECT},
    says=_("Birth registered"),
)
def register_birth(act: Act, *, child: PersonIn, mother_id: UUID, stay_id: UUID) -> Stay:
    """Register a newborn into the mother's household and where she sleeps. Gives the newborn's stay.

    Without a date of birth the child was born when the act happened.
    """
    mother = stays_worked_on(act.actor).filter(person=mother_id).first()
    if mother is None:
        raise MOTHER_NOT_HERE.about("mother_id")
    site = coming.lock_site(mother.site_id)
    home = people_by_id([mother_id])[mother_id]
    if home.household is None:
        raise NOT_FOUND()
    kinship = Kinship.CHILD if home.kinship in _OWN_CHILD else Kinship.RELATIVE
    given = {name: getattr(child, name) for name in _OF_A_PERSON}
    newborn = MemberIn(**given, kinship=kinship, presence=Presence.HERE)
    if newborn.birth == BirthIn():
        born = act.happened_at.astimezone(ZoneInfo(site.zone))
        newborn = replace(newborn, birth=BirthIn(day=born.day, month=born.month, year=born.year))
    people.add_member(act, household_id=home.household, unit_id=site.pk, member=newborn, country=site.response.country)
    arrival = CheckInOf(person_id=child.person_id, stay_id=stay_id, space_id=mother.space_id)
    stay = coming.admit(act, site, [arrival], people_by_id([child.person_id]))[0]
    _protect_with(act, child.person_id, mother_id)
    return stay


def _protect_with(act: Act, child: UUID, mother: UUID) -> None:
    """The newborn of a protected mother is as hidden as she is: it would be the trace that leads to her."""
    workers = [worker for worker in named_for(mother) if works_with(worker, child)]
    if workers:
        people.protect_person(
            act, protection_id=uuid7(), person_id=child, why="", asked_by_person=True, worker_ids=workers
        )
