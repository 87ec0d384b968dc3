"""What is kept at Salón Municipal beside people: store, committees, cards, forms, ways out. All of it is invented."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from cobijo.assistance import services as assistance
from cobijo.assistance.types import LineIn, Party, SlipIn
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act
from cobijo.demo.places import Places
from cobijo.demo.replay import Sheltered
from cobijo.people import queries as known
from cobijo.people import services as people
from cobijo.people.cards.types import CardKind
from cobijo.people.paper.types import FormEnd
from cobijo.people.rights.types import RequestIn, RightKind
from cobijo.sites import services as sites
from cobijo.sites.committees.types import CommitteeIn, CommitteeKind, DayPart, TurnIn, Working
from cobijo.sites.wayout.types import House, Intention, Papers, Solution, Tenure, WayOutIn

SPARE = 20
"""Cards printed beyond those given out; each is for a family whose form is still blank."""

GOODS = (
    ("rice", "", 220), ("beans", "", 180), ("maize_flour", "", 300), ("oil", "", 40), ("sugar", "", 60),
    ("nappy", "medium", 120), ("pad", "", 200), ("soap_bath", "", 4_000), ("mat", "", 180), ("blanket", "", 150),
    ("water", "", 1_900), ("gas", "", 50),
)  # fmt: skip
GIVEN = (("rice", "", 45), ("beans", "", 30), ("water", "", 640), ("soap_bath", "", 700))

COMMITTEES = (
    (CommitteeIn(kind=CommitteeKind.KITCHEN, women=6, men=2, elected=True, working=Working.YES), 4),
    (CommitteeIn(kind=CommitteeKind.CLEANING, women=4, men=4, elected=True, working=Working.PARTLY), 5),
    (CommitteeIn(kind=CommitteeKind.SAFETY, women=1, men=5, elected=False, working=Working.YES), 2),
)

WAYS_OUT = (
    WayOutIn(
        house=House.DESTROYED,
        judged_by="CONRED",
        judged_on=date(2018, 6, 20),
        tenure=Tenure.OWNED_WITHOUT_PAPER,
        intention=Intention.RELOCATE,
        solution=Solution.TRANSITIONAL,
        accepted=True,
        papers=[Papers.DEED, Papers.BIRTH],
    ),
    WayOutIn(house=House.DANGER, tenure=Tenure.RENTED, intention=Intention.RENT, solution=Solution.RENT_AID),
    WayOutIn(house=House.UNTOUCHED, tenure=Tenure.LENT, intention=Intention.UNKNOWN),
)


def keep(places: Places, families: list[Sheltered], today: date, act: Callable[[str], Act]) -> None:
    """The store's book, who cooks tomorrow, whose card is which, where three families go, and what one asks for."""
    _fill_store(places, act)
    _form_committees(places, today, act)
    worker = places.workers["beto"]
    households = [row.id for one in families if (row := known.household_of(worker, one.people[0]))]
    _give_cards(places, households, act)
    _record_ways_out(places, households, act)
    asked = RequestIn(person_id=families[0].people[0], kind=RightKind.COPY, asked_on=today)
    people.ask_right(act("ana"), request_id=uuid7(), asked=asked)


def _fill_store(places: Places, act: Callable[[str], Act]) -> None:
    for verb, goods, party, whom in (
        (assistance.receive_goods, GOODS, Party.OFFICE, "CONRED"),
        (assistance.give_goods, GIVEN, Party.KITCHEN, ""),
    ):
        lines = [LineIn(item=item, variant=size, quantity=much) for item, size, much in goods]
        slip = SlipIn(lines=lines, party=party, whom=whom)
        verb(act("beto"), slip_id=uuid7(), site_id=places.site["salon"], slip=slip)


def _form_committees(places: Places, today: date, act: Callable[[str], Act]) -> None:
    for committee, persons in COMMITTEES:
        made = uuid7()
        sites.form_committee(act("beto"), committee_id=made, site_id=places.site["salon"], committee=committee)
        for day, part in ((today, DayPart.NIGHT), (today + timedelta(days=1), DayPart.MORNING)):
            turn = TurnIn(day=day, part=part, persons=persons)
            sites.set_turn(act("beto"), turn_id=uuid7(), committee_id=made, turn=turn)


def _give_cards(places: Places, households: list[UUID], act: Callable[[str], Act]) -> None:
    count = len(households) + SPARE
    batch = people.print_cards(
        act("beto"), batch_id=uuid7(), unit_id=places.site["salon"], kind=CardKind.CARD, count=count
    )
    people.count_cards(act("beto"), batch_id=batch.pk, at_hand=count)
    for card, household in zip(batch.fresh, households, strict=False):
        people.link_card(act("ana"), card=card.text, household_id=household)
    forms = people.print_forms(
        act("beto"), batch_id=uuid7(), unit_id=places.site["salon"], count=SPARE, card_batch_id=batch.pk
    )
    people.end_form(act("ana"), form_id=forms.forms.order_by("number")[0].pk, reason=FormEnd.SPOILED)


def _record_ways_out(places: Places, households: list[UUID], act: Callable[[str], Act]) -> None:
    for household, way_out in zip(households, WAYS_OUT, strict=False):
        sites.record_way_out(
            act("ana"),
            way_out_id=uuid7(),
            household_id=household,
            site_id=places.site["salon"],
            way_out=way_out,
        )
