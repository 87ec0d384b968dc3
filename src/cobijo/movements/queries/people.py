"""Travellers as pages show them: who has a record by their record, who is only listed by the list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from cobijo.movements import sealing
from cobijo.movements.access import visible_to
from cobijo.movements.models import Traveller
from cobijo.movements.types import IN_NOBODYS_CARE, Private, TravellerState, TravelsWith
from cobijo.people.queries import lines, needs_among
from cobijo.people.queries.who import Who, people_by_id
from cobijo.people.types import NeedCode, Sex

GROWN, OLD = 18, 60
MEDICAL: Final = frozenset({NeedCode.PREGNANT, NeedCode.NURSING, NeedCode.INFANT, NeedCode.MEDICINE, NeedCode.WALKS})


@dataclass(slots=True)
class Line:
    """A traveller: what to call them, with whom they come, what the centre looks after first.

    ``home`` is what keeps a family together in a list: the household, or the group of the manifest. ``rank`` says who
    is routed first, 0 before all.
    """

    id: UUID
    movement: UUID
    state: TravellerState
    travels_with: TravelsWith
    private: Private
    line: int | None
    seat: str
    group: int | None
    received_at: datetime | None
    gone_at: datetime | None
    person: UUID | None = None
    code: str = ""
    label: str = ""
    sex: str = ""
    age: str = ""
    years: int | None = None
    home: object = None
    needs: frozenset[NeedCode] = frozenset()
    rank: int = 5
    ends_at: datetime | None = None
    marks: list[str] = field(default_factory=list)

    @property
    def is_child(self) -> bool:
        return self.years is not None and self.years < GROWN

    @property
    def wants_private(self) -> bool:
        """What everybody is shown: whether they have been spoken with, and what about, is the case worker's."""
        return self.private in (Private.ASKED, Private.STAYS)

    @property
    def in_nobodys_care(self) -> bool:
        return self.travels_with in IN_NOBODYS_CARE

    @property
    def needs_words(self) -> str:
        return ", ".join(str(code.label) for code in NeedCode if code in self.needs)


def lines_of(actor: UUID, found: Sequence[Traveller], today: date, child_hours: int) -> list[Line]:
    """These travellers as the actor may see them, families together, whoever is routed first before the others."""
    people = [one.person_id for one in found if one.person_id]
    known = {line.id: line for line in lines(actor, people)}
    who, needs = people_by_id(people), needs_among(actor, people)
    said = sealing.open_listed(found)
    made = [_line(one, known, who, needs, said, today) for one in found]
    _rank(made, child_hours)
    return sorted(made, key=_order)


def _order(one: Line) -> tuple[Any, ...]:
    """By what is looked after first, then by when they came; families together, whoever is expected last."""
    came = one.received_at.timestamp() if one.received_at else float("inf")
    return (one.rank, came, str(one.home), one.line or 0, one.label)


def _line(
    one: Traveller,
    known: Mapping[UUID, Any],
    who: Mapping[UUID, Who],
    needs: Mapping[UUID, frozenset[NeedCode]],
    said: Mapping[UUID, Mapping[str, Any]],
    today: date,
) -> Line:
    line = Line(
        id=one.id,
        movement=one.movement_id,
        state=TravellerState(one.state),
        travels_with=TravelsWith(one.travels_with),
        private=Private(one.private),
        line=one.line,
        seat=one.seat,
        group=one.group,
        received_at=one.received_at,
        gone_at=one.gone_at,
        person=one.person_id,
    )
    if one.person_id and one.person_id in known:
        _from_record(line, known[one.person_id], who[one.person_id], needs.get(one.person_id, frozenset()), today)
    else:
        _from_list(line, said.get(one.id, {}), today)
    return line


def _from_record(line: Line, known: Any, who: Who, needs: frozenset[NeedCode], today: date) -> None:
    line.code, line.label, line.sex, line.age = known.code, known.label, known.sex_word, known.age
    child = who.is_child(today)
    latest = who.birth.latest
    line.years = _years(latest, today) if latest else (GROWN - 1 if child else None)
    line.home, line.needs = who.household, needs


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _from_list(line: Line, said: Mapping[str, Any], today: date) -> None:
    names = [said.get(part, "") for part in ("given_names", "first_surname", "second_surname", "married_name")]
    line.label = " ".join(part for part in names if part) or _("no name on the list")
    line.sex = str(Sex(said.get("sex", Sex.UNKNOWN)).label)
    birth = said.get("birth") or {}
    if birth.get("age_years") is not None:
        line.years = birth["age_years"]
    elif birth.get("age_months") is not None:
        line.years = 0
    elif birth.get("year"):
        line.years = (
            today.year - birth["year"] - ((today.month, today.day) < (birth.get("month") or 1, birth.get("day") or 1))
        )
    line.age = "" if line.years is None else str(line.years)
    line.needs = frozenset(NeedCode(code) for code in said.get("needs", ()))
    line.home = f"{line.movement}-{line.group}" if line.group is not None else line.id


def _rank(made: Sequence[Line], child_hours: int) -> None:
    """Who is looked after first, each family like the one of it who comes first."""
    homes: dict[object, list[Line]] = {}
    for one in made:
        homes.setdefault(one.home or one.id, []).append(one)
    for family in homes.values():
        adults = [one for one in family if one.years is not None and not one.is_child]
        for one in family:
            _mark(one, bool(adults), child_hours)
        if len(family) > 1 and any(one.is_child for one in family):
            for one in family:
                one.rank = min(one.rank, 2)
        first = min(one.rank for one in family)
        for one in family:
            one.rank = first


def _mark(one: Line, has_adult: bool, child_hours: int) -> None:
    if (
        one.is_child
        and one.state == TravellerState.EXPECTED
        and one.travels_with == TravelsWith.UNSAID
        and not has_adult
    ):
        one.travels_with = TravelsWith.ALONE
    if one.is_child and one.in_nobodys_care:
        one.rank = 0
        one.marks.append(_("child alone") if one.travels_with == TravelsWith.ALONE else _("child with another adult"))
        if one.received_at and one.state == TravellerState.HERE:
            one.ends_at = one.received_at + timedelta(hours=child_hours)
    elif one.is_child and one.travels_with == TravelsWith.ONE_WITHOUT:
        one.rank = 1
        one.marks.append(_("child without the other parent's permission"))
    elif one.needs & MEDICAL:
        one.rank = 3
    elif NeedCode.OLD_ALONE in one.needs or (one.years or 0) >= OLD:
        one.rank = 4


def travellers_of(actor: UUID, movements: Collection[UUID]) -> list[Traveller]:
    """The travellers of these movements whom the actor may see."""
    seen = visible_to(actor, Traveller.objects.filter(movement__in=movements))
    return list(seen.select_related("movement__site").order_by("line", "id"))
