"""Registering: a household at once, one more member, a household formed of people already registered."""

from collections.abc import Iterator, Sequence
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core import codes, nodes, rows
from cobijo.core.context import current, flag
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, PLAIN, Act, verb
from cobijo.people import births, drafting, places
from cobijo.people.drafting import Drafted, Problem
from cobijo.people.models import Household, Membership
from cobijo.people.refusals import ANSWER_OF_NOBODY, TWICE, TWO_HEADS
from cobijo.people.said import services as said
from cobijo.people.services import answering, belonging, scopes
from cobijo.people.types import ConsentIn, Country, Flag, HouseholdFactsIn, Kinship, MemberIn, ScopeReason

Members = Annotated[list[MemberIn], Field(min_length=1, max_length=40)]
Answers = Annotated[list[ConsentIn], Field(max_length=200)]


@verb(
    "people.register_household",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"country": PLAIN},
    says=_("Household registered"),
)
def register_household(
    act: Act,
    *,
    household_id: UUID,
    unit_id: UUID,
    members: Members,
    answers: Answers | None = None,
    facts: HouseholdFactsIn | None = None,
    country: Country | None = None,
) -> Household:
    """Register people as a household, with what it says of itself.

    Whether somebody is registered already is not asked here, and nothing of a person is unique (TRUST.md). A household
    has one head at most; without one it is taken and flagged. ``country`` says where telephones written without one
    belong; without it the unit's area does.
    """
    drafting.refuse(_problems(act, members, answers or []))
    country = country or _country_of(act, unit_id, members)
    numbers = codes.take("person", nodes.here_id(), len(members))
    household = Household(
        id=household_id,
        number=codes.take("household", nodes.here_id())[0],
        registered_at=act.happened_at,
        registered_unit_id=unit_id,
    )
    drafted = [
        drafting.draft(act, member, number, unit_id, country) for member, number in zip(members, numbers, strict=True)
    ]
    rows.add(household)
    _write(act, household, unit_id, members, drafted)
    if facts is not None:
        said.begin(act, household_id, facts, [member.person_id for member in members])
    answering.write(act, answers or [], {one.person.id: one.person.birth for one in drafted})
    if all(member.kinship is not Kinship.HEAD for member in members):
        flag(Flag.NO_HEAD, household=household_id)
    return household


@verb(
    "people.add_member",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"country": PLAIN},
    says=_("Person registered"),
)
def add_member(
    act: Act, *, household_id: UUID, unit_id: UUID, member: MemberIn, country: Country | None = None
) -> Membership:
    """Register one more person into a household."""
    household = Household.objects.select_for_update().get(pk=household_id)
    problems = drafting.problems_of("member", member, act)
    areas = drafting.problems_of_areas(act, {"member.origin_area_id": member.origin_area_id})
    drafting.refuse([*problems, *areas])
    kinship = belonging.kinship_with_one_head(household, member.kinship, member.person_id, "member.kinship")
    country = country or _country_of(act, unit_id, [member])
    [number] = codes.take("person", nodes.here_id())
    drafted = drafting.draft(act, member, number, unit_id, country)
    [membership] = _write(act, household, unit_id, [member], [drafted], kinship)
    return membership


def _write(
    act: Act,
    household: Household,
    unit_id: UUID,
    members: Sequence[MemberIn],
    drafted: Sequence[Drafted],
    kinship: Kinship | None = None,
) -> list[Membership]:
    drafting.write(drafted)
    memberships = [
        Membership(
            id=uuid7(),
            household=household,
            person_id=member.person_id,
            kinship=kinship or member.kinship,
            presence=member.presence,
            starts_at=act.happened_at,
        )
        for member in members
    ]
    rows.add(*memberships)
    people = [member.person_id for member in members]
    until = current().recorded_at + scopes.AFTER_REGISTERING
    scopes.know(people, unit_id, ScopeReason.REGISTERED, act.happened_at, until)
    return memberships


def _problems(act: Act, members: Sequence[MemberIn], answers: Sequence[ConsentIn]) -> Iterator[Problem]:
    for at, member in enumerate(members):
        yield from drafting.problems_of(f"members.{at}", member, act)
    areas = {f"members.{at}.origin_area_id": member.origin_area_id for at, member in enumerate(members)}
    yield from drafting.problems_of_areas(act, areas)
    heads = [at for at, member in enumerate(members) if member.kinship is Kinship.HEAD]
    yield from ((f"members.{at}.kinship", TWO_HEADS) for at in heads[1:])
    ids = [member.person_id for member in members]
    yield from ((f"members.{at}", TWICE) for at, one in enumerate(ids) if one in ids[:at])
    given = dict(zip(ids, (member.birth for member in members), strict=True))
    for at, answer in enumerate(answers):
        birth = given.get(answer.person_id)
        if birth is None:
            yield f"answers.{at}", ANSWER_OF_NOBODY
        elif not births.problem(birth, act.happened_at):
            yield from answering.problems(f"answers.{at}.", answer, births.read(birth, act.happened_at), act)


def _country_of(act: Act, unit_id: UUID, members: Sequence[MemberIn]) -> str | None:
    """The unit's country, asked only where a telephone needs it."""
    if not any(phone for member in members for phone in member.phones if not phone.number.startswith("+")):
        return None
    return places.country_at(act.actor, unit_id)
