"""Who people are to the apps above: age, sex and household, asked by their rules and figures, not by a reader.

Nothing here goes through ``access`` but ``seen_by``, which is ``access`` as a subquery. No page shows what rules find.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet

from cobijo.algorithms import ages
from cobijo.people import access
from cobijo.people.models import Membership, NamedWorker, Need, Person
from cobijo.people.types import Kinship, NeedCode, Presence, Sex

_GROWN = frozenset({Kinship.HEAD, Kinship.SPOUSE, Kinship.CAREGIVER})


@dataclass(frozen=True, slots=True)
class Who:
    """A person as a rule needs to know them; household, kinship and presence None: of no household."""

    id: UUID
    birth: ages.Birth
    sex: Sex
    household: UUID | None
    kinship: Kinship | None
    presence: Presence | None

    def is_child(self, day: date) -> bool | None:
        """By age, and where none is known by kinship to the head of the household; None where that says nothing.

        Who leads a household or cares for it is taken for grown, a daughter or son for a child.
        """
        by_age = ages.is_child(self.birth, day)
        if by_age is not None or self.kinship is None:
            return by_age
        return True if self.kinship is Kinship.CHILD else False if self.kinship in _GROWN else None


def people_by_id(ids: Collection[UUID], *, lock: bool = False) -> dict[UUID, Who]:
    """People by id, in two queries. With ``lock``, inside a verb, nobody else acts on them until it is over."""
    rows = Person.objects.filter(pk__in=ids).order_by("pk")
    if lock:
        rows = rows.select_for_update(no_key=True)
    found = list(rows.only("birth_date", "birth_precision", "sex"))
    homes = {home.person_id: home for home in Membership.objects.filter(person__in=ids, ends_at=None)}
    return {person.id: _who(person, homes.get(person.id)) for person in found}


def _who(person: Person, home: Membership | None) -> Who:
    return Who(
        id=person.id,
        birth=person.birth,
        sex=Sex(person.sex),
        household=home.household_id if home else None,
        kinship=Kinship(home.kinship) if home else None,
        presence=Presence(home.presence) if home else None,
    )


def named_for(person: UUID) -> list[UUID]:
    """The accounts that may see a protected person; empty for one who is not protected."""
    workers = NamedWorker.objects.filter(protection__person=person, protection__ends_at=None)
    return list(workers.order_by("account_id").values_list("account_id", flat=True))


def seen_by(actor: UUID) -> QuerySet[Person]:
    """The people an actor may see, for conditions on other tables."""
    return access.visible_to(actor, Person.objects.all())


def with_need(person: OuterRef, code: NeedCode) -> QuerySet[Need]:
    """The open need of that kind of a person, for conditions on other tables: figures count it, no page names it."""
    return Need.objects.filter(person=person, code=code, ends_at=None)
