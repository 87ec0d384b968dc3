"""A small world, built by calling verbs, with one of everything that a verb or an address can be about.

At A: the Xicay (Juana; Mateo, who is out on an errand; Lucía, a child), Pedro, who is protected (Elena and Beto may see
him), Elvira, who is registered and not in, Julio, who was erased, the Choc, who are to move to B, and Ramón, who has
moved there and was then recorded late at A, so that this stay is disputed; three Tuyuc, each registered twice. At B:
the López. Elena has opened Rosa López by break-glass.
"""

import io
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from PIL import Image

from cobijo.accounts import services as accounts
from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.devices.models import Badge
from cobijo.accounts.devices.types import VolunteerIn
from cobijo.accounts.models import Account, Grant, Unit
from cobijo.accounts.types import Permission, Role
from cobijo.algorithms import codes
from cobijo.assistance import services as assistance
from cobijo.assistance.types import FormulaKind, LineIn, Party, SlipIn
from cobijo.core import blobs, clock, operations
from cobijo.core.ids import uuid7
from cobijo.core.imports import accepting, batches
from cobijo.core.models import Area
from cobijo.core.personal import Purpose
from cobijo.core.verbs import Door
from cobijo.movements import services as movements
from cobijo.movements.types import Direction, MovementIn, MovementKind, ReturnIn, TravellerIn
from cobijo.people import services as people
from cobijo.people.cards.types import CardKind
from cobijo.people.identity.types import EvidenceIn, PairIn
from cobijo.people.models import Person, PersonScope
from cobijo.people.retention.types import RuleFor
from cobijo.people.rights.types import Answered, RequestIn, RightKind
from cobijo.people.types import (
    Basis,
    BirthIn,
    ConsentIn,
    ConsentState,
    DocumentIn,
    EraseGround,
    HouseholdFactsIn,
    Kinship,
    MemberIn,
    NeedCode,
    PhoneIn,
    Sex,
)
from cobijo.reporting import services as reporting
from cobijo.reporting.evening.types import SheetIn, SheetKind
from cobijo.reporting.people.types import ExportPurpose, ListKind
from cobijo.reporting.types import PublishedIn
from cobijo.sites import services as sites
from cobijo.sites.committees.types import CommitteeIn, CommitteeKind, DayPart, TurnIn
from cobijo.sites.complaints.kinds import draw_number
from cobijo.sites.complaints.types import AnswerComplaintIn, Channel, ComplaintIn
from cobijo.sites.gate.types import Meal, Way
from cobijo.sites.incidents.types import IncidentIn, IncidentKind, Seriousness
from cobijo.sites.models import Site, Stay
from cobijo.sites.premises.types import GroundIn, GroundKind, InventoryIn, MeterIn, OpeningIn
from cobijo.sites.rollcalls.models import Difference
from cobijo.sites.rollcalls.types import MarkIn
from cobijo.sites.standards.types import Phase, Regime, RoundIn
from cobijo.sites.types import (
    ArrivingIn,
    CellIn,
    FacilityIn,
    FacilityKind,
    HeadcountIn,
    Method,
    SiteIn,
    SiteKind,
    SiteStatus,
    SpaceIn,
    SpaceKind,
    TransferArrivalIn,
)
from cobijo.sites.unnamed.types import UnnamedIn
from cobijo.sites.upkeep.types import TaskIn
from tests.cast import LONG_AGO, ZONE, Cast, Place, act, grant

HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Family:
    """A household, its people and their stays by given name."""

    household: UUID
    people: dict[str, UUID] = field(default_factory=dict)
    stays: dict[str, UUID] = field(default_factory=dict)

    def all_stays(self) -> list[tuple[UUID, UUID]]:
        """Each person with their stay."""
        return [(self.people[name], stay) for name, stay in self.stays.items()]


@dataclass(slots=True)
class World:
    """The cast, and the ids of everything that was made."""

    cast: Cast
    today: date
    xicay: Family
    pedro: Family
    choc: Family
    ramon: Family
    lopez: Family
    ids: dict[str, UUID] = field(default_factory=dict)
    cards: list[str] = field(default_factory=list)
    photo: str = ""
    form: str = ""

    @property
    def yesterday(self) -> date:
        """The last night that is over."""
        return self.today - timedelta(days=1)

    def new(self, name: str) -> UUID:
        """An id for something about to be made, kept under its name."""
        self.ids[name] = uuid7()
        return self.ids[name]

    def named(self, name: str) -> UUID | date | str:
        """What a name in the tables stands for: ``juana``, ``stay_juana``, ``today``, an id by its name, or itself."""
        if name in ("today", "yesterday"):
            return self.today if name == "today" else self.yesterday
        for one in self.families():
            for given in one.people:
                if name in (given.lower(), f"stay_{given.lower()}"):
                    return one.people[given] if name == given.lower() else one.stays[given]
        return self.ids.get(name, name)

    def families(self) -> tuple[Family, ...]:
        return self.xicay, self.pedro, self.choc, self.ramon, self.lopez

    def known(self) -> set[UUID]:
        """The id of every record that a stranger may have learned."""
        each = self.families()
        found = {one for any_ in each for one in (any_.household, *any_.people.values(), *any_.stays.values())}
        return found | set(self.ids.values())


def build(cast: Cast) -> World:
    """The world as it stands before anybody tries anything."""
    world = World(
        cast=cast,
        today=clock.today(ZoneInfo(ZONE)),
        xicay=family(cast.ana, cast.a, "Xicay", "Juana", "Mateo", "Lucía"),
        pedro=family(cast.ana, cast.a, "Tzoc", "Pedro"),
        choc=family(cast.ana, cast.a, "Choc", "Marta", "Tomás"),
        ramon=family(cast.ana, cast.a, "Saquic", "Ramón"),
        lopez=family(cast.carla, cast.b, "López", "Rosa", "Nina"),
    )
    _papers(world)
    _cards_and_photos(world)
    _forms(world)
    _case_work(world)
    _comings_and_goings(world)
    _of_sites(world)
    _at_the_gate(world)
    _lists(world)
    _of_accounts(world)
    _team(world)
    _figures(world)
    _store(world)
    _exports(world)
    _rights(world)
    _retention(world)
    _twice(world)
    _arrivals(world)
    _looked(world)
    return world


def family(who: Account, place: Place, surname: str, *names: str) -> Family:
    """A household received at a site: the first is its head, the third a child."""
    made = Family(uuid7(), {name: uuid7() for name in names}, {name: uuid7() for name in names})
    kin = (Kinship.HEAD, Kinship.SPOUSE, Kinship.CHILD)
    members = [
        ArrivingIn(
            person_id=made.people[name],
            stay_id=made.stays[name],
            space_id=place.spaces["Salón"].id,
            given_names=name,
            first_surname=surname,
            sex=Sex.FEMALE if name.endswith("a") else Sex.MALE,
            birth=BirthIn(age_years=8 if kin[at] is Kinship.CHILD else 34),
            kinship=kin[at],
        )
        for at, name in enumerate(names)
    ]
    sites.receive_household(act(who), household_id=made.household, site_id=place.id, members=members)
    return made


def _papers(world: World) -> None:
    cast, juana = world.cast, world.xicay.people["Juana"]
    waiting = MemberIn(person_id=world.new("registered_only"), given_names="Elvira", kinship=Kinship.HEAD)
    household = world.new("household_registered_only")
    people.register_household(act(cast.ana), household_id=household, unit_id=cast.a.id, members=[waiting])
    area = Area.objects.create(name="Alotenango", kind="municipality", country="GT", source="INE")
    world.ids["area"] = area.id
    document = DocumentIn(document_id=world.new("document"), country="GT", kind="dpi", number="2412 55781 0501")
    people.add_document(act(cast.ana), person_id=juana, document=document)
    phone = PhoneIn(phone_id=world.new("phone"), number="+502 5550 1234", answered_by="Juana")
    people.add_phone(act(cast.ana), person_id=juana, phone=phone)
    people.set_basis(
        act(cast.administrator),
        basis_id=world.new("basis"),
        unit_id=cast.response.pk,
        purpose=Purpose.TRACING,
        basis=Basis.CONSENT,
        said_aloud={"es": "¿Podemos decirle a su familia dónde está?"},
    )
    answer = ConsentIn(
        consent_id=world.new("consent"),
        person_id=juana,
        purpose=Purpose.TRACING,
        state=ConsentState.GIVEN,
        language="es",
    )
    people.record_consent(act(cast.ana), answer=answer)


def _cards_and_photos(world: World) -> None:
    """A batch of four cards, of which Juana has one, and her photo."""
    cast, juana = world.cast, world.xicay.people["Juana"]
    batch = people.print_cards(
        act(cast.beto), batch_id=world.new("card_batch"), unit_id=cast.a.id, kind=CardKind.CARD, count=4
    )
    world.cards = [one.text for one in batch.fresh]
    world.ids["card"] = people.link_card(act(cast.ana), card=world.cards[0], person_id=juana).id
    world.photo = blobs.put(juana, Purpose.SHELTER, drawing())
    people.set_photo(act(cast.ana), photo_id=world.new("photo"), person_id=juana, digest=world.photo)


def _forms(world: World) -> None:
    """A batch of three forms still out there, what the Xicay said, and a neighbour who may receive for them."""
    cast, juana = world.cast, world.xicay.people["Juana"]
    batch = people.print_forms(act(cast.beto), batch_id=world.new("paper_batch"), unit_id=cast.a.id, count=3)
    forms = batch.forms.order_by("number")
    world.ids["form"] = forms[0].pk
    world.form = forms[0].spoken
    facts = HouseholdFactsIn(said_id=world.new("said"), person_id=juana, size_said=5)
    people.describe_household(act(cast.ana), household_id=world.xicay.household, facts=facts)
    people.name_collector(
        act(cast.ana),
        collector_id=world.new("collector"),
        household_id=world.xicay.household,
        person_id=juana,
        name="Berta Coy",
    )


def drawing() -> bytes:
    """A small picture, as a camera gives it."""
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "teal").save(out, "JPEG")
    return out.getvalue()


def _case_work(world: World) -> None:
    cast, juana, pedro = world.cast, world.xicay.people["Juana"], world.pedro.people["Pedro"]
    elena = act(cast.case_worker)
    people.write_note(elena, note_id=world.new("note"), person_id=juana, words="Pide hablar mañana.")
    people.protect_person(
        act(cast.case_worker),
        protection_id=world.new("protection"),
        person_id=pedro,
        why="Lo buscan.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id, cast.beto.id],
    )
    julio = family(cast.ana, cast.a, "Coj", "Julio")
    operator = operations.act_of(COMMAND_LINE, Door.COMMAND)
    people.erase_person(operator, person_id=julio.people["Julio"], ground=EraseGround.REQUEST)
    world.ids |= {"erased_person": julio.people["Julio"], "erased_stay": _anonymous_stay(cast.a)}
    rosa = Person.objects.get(pk=world.lopez.people["Rosa"])
    people.break_glass(
        act(cast.case_worker),
        break_glass_id=world.new("break_glass"),
        unit_id=cast.a.id,
        code=codes.encode(rosa.number or 0),
        why="Llegó su hija al portón.",
    )


def _anonymous_stay(place: Place) -> UUID:
    """What stays of somebody who was erased: a number at a site."""
    return Stay.objects.get(person__anonymous=True, site=place.site).pk


def _comings_and_goings(world: World) -> None:
    cast = world.cast
    back = clock.now() + 3 * HOUR
    mateo = world.xicay.stays["Mateo"]
    sites.step_out(act(cast.ana), absence_id=world.new("absence"), stay_id=mateo, expected_back=back)
    counted = UnnamedIn(unnamed_id=world.new("unnamed"), persons=2)
    sites.count_unnamed(act(cast.ana), household_id=world.xicay.household, site_id=cast.a.id, unnamed=[counted])
    _propose(world, "transfer", world.choc)
    _propose(world, "past_transfer", world.ramon)
    transfer, stay = world.ids["past_transfer"], world.ramon.stays["Ramón"]
    taken = TransferArrivalIn(from_stay_id=stay, new_stay_id=world.new("stay_at_b"))
    sites.accept_transfer(act(cast.carla), transfer_id=transfer, arrivals=[taken])
    late = act(cast.ana, happened_at=clock.now() - HOUR)
    ramon, disputed = world.ramon.people["Ramón"], world.new("disputed_stay")
    sites.check_in(late, stay_id=disputed, site_id=cast.a.id, person_id=ramon, space_id=None)


def _propose(world: World, name: str, whose: Family) -> None:
    sites.propose_transfer(
        act(world.cast.beto),
        transfer_id=world.new(name),
        to_site_id=world.cast.b.id,
        stay_ids=list(whose.stays.values()),
        travels_on=world.today,
    )


def _of_sites(world: World) -> None:
    cast = world.cast
    facility = FacilityIn(kind=FacilityKind.TOILET, count=4, counted_on=world.today)
    sites.count_facility(act(cast.beto), facility_id=world.new("facility"), site_id=cast.a.id, facility=facility)
    counted = HeadcountIn(night=world.today, observed_at=clock.now(), persons=8, method=Method.HEAD_COUNT)
    sites.report_headcount(act(cast.beto), report_id=world.new("report"), site_id=cast.a.id, headcount=counted)
    yesterday = HeadcountIn(
        night=world.yesterday, observed_at=clock.now() - 24 * HOUR, persons=60, method=Method.HEAD_COUNT
    )
    sites.report_headcount(act(cast.beto), report_id=world.new("old_report"), site_id=cast.a.id, headcount=yesterday)
    sites.group_sites(
        act(cast.administrator),
        group_id=world.new("group"),
        response_id=cast.response.pk,
        name="Escuelas",
        site_ids=[cast.b.id],
        complete=False,
    )
    world.ids["tent"] = cast.a.spaces["Carpa 1"].id
    for place in (cast.a, cast.b):
        world.ids |= {f"space_{place.site.number}_{name}": space.id for name, space in place.spaces.items()}
    church = SiteIn(name="Iglesia El Calvario", kind=SiteKind.CHURCH)
    sites.add_site(act(cast.administrator), site_id=world.new("church"), response_id=cast.response.pk, site=church)
    _night_shelter(world)


def _night_shelter(world: World) -> None:
    """A school where Beto keeps a night shelter: measured, opened with an act, planned again; last night's guests."""
    cast, place = world.cast, world.new("night_shelter")
    school = SiteIn(name="Escuela Nocturna", kind=SiteKind.SCHOOL, opens_at="18:00", closes_at="06:00")
    sites.add_site(
        act(cast.administrator), site_id=place, response_id=cast.response.pk, site=school, parent_id=cast.area.id
    )
    grant(cast.beto, Role.SITE_MANAGER, Unit.objects.get(pk=place))
    room = GroundIn(kind=GroundKind.ROOFED, name="Aula 1", length_cm=600, width_cm=300)
    toilets = FacilityIn(kind=FacilityKind.TOILET, count=2, counted_on=world.yesterday)
    inventory = InventoryIn(inventoried_on=world.yesterday, grounds=[room], facilities=[toilets])
    sites.take_inventory(act(cast.beto), site_id=place, inventory=inventory)
    said = OpeningIn(owner="Municipalidad", meters=[MeterIn(meter="Luz", reading="771")])
    sites.open_site(act(cast.beto), act_id=world.new("opening"), site_id=place, opening=said)
    sites.count_guests(
        act(cast.beto),
        tally_id=world.new("tally"),
        site_id=place,
        night=world.yesterday,
        cells=[CellIn(sex="male", band="18-59", persons=7)],
        observed_at=clock.now(),
    )
    sites.set_status(act(cast.beto), status_id=uuid7(), site_id=place, status=SiteStatus.PLANNED)


def _at_the_gate(world: World) -> None:
    """Juana took her lunch, somebody asks for her; a roll-call under way, and one that ended with a difference."""
    cast, juana = world.cast, world.xicay.stays["Juana"]
    sites.pass_gate(
        act(cast.ana), passage_id=world.new("passage"), site_id=cast.a.id, stay_id=juana, way=Way.MEAL, meal=Meal.LUNCH
    )
    visit = world.new("visit")
    sites.announce_visit(
        act(cast.ana), visit_id=visit, site_id=cast.a.id, visitor_name="Rigoberto Paz", asked_for="Juana Xicay"
    )
    for name in ("old_roll_call", "roll_call"):
        roll = world.new(name)
        sites.begin_roll_call(act(cast.ana), roll_call_id=roll, site_id=cast.a.id)
        mark = MarkIn(mark_id=uuid7(), stay_id=juana, here=name == "roll_call")
        sites.mark_present(act(cast.ana), roll_call_id=roll, marks=[mark])
        if name == "old_roll_call":
            sites.end_roll_call(act(cast.ana), roll_call_id=roll)
    world.ids["difference"] = Difference.objects.get(roll_call=world.ids["old_roll_call"]).pk


def _lists(world: World) -> None:
    """A list of which one row is entered (somebody who comes later) and one waits; and one not confirmed yet."""
    cast = world.cast
    heading = "Nombre completo;Sexo;Edad;Presencia"
    entered = f"{heading}\nIgnacia Sic Ajú;F;44;viene después\nRutilio Sic;M;144;aquí".encode()
    batch = batches.hand_in(cast.beto.id, "households", cast.a.id, "albergados.csv", entered)
    columns = {0: "name", 1: "sex", 2: "age", 3: "presence"}
    batches.choose(batch, columns, {"grouping": "alone", "m_means": "male"})
    accepting.accept(batch, cast.beto.id)
    accepting.carry_on()
    new = batches.hand_in(cast.beto.id, "households", cast.a.id, "nuevos.csv", f"{heading}\nEva Sic;F;4;aquí".encode())
    world.ids |= {"list": batch.pk, "new_list": new.pk}


def _of_accounts(world: World) -> None:
    """A token, a role that can end, and an entry of Beto's that is held: the same move proposed late once more."""
    cast = world.cast
    accounts.make_token(
        act(cast.ana),
        token_id=world.new("token"),
        label="Tablero",
        permissions=[Permission.SEE_FIGURES],
        ends_at=clock.now() + 24 * HOUR,
    )
    world.ids["grant"] = Grant.objects.get(account=cast.ana, role=Role.REGISTRAR, unit=cast.a.unit, giving=False).id
    late = operations.act_of(cast.beto.id, Door.DESK, op_id=world.new("held"), happened_at=clock.now() - HOUR)
    again = {
        "transfer_id": str(uuid7()),
        "to_site_id": str(cast.b.id),
        "stay_ids": [str(one) for one in world.choc.stays.values()],
        "travels_on": world.today.isoformat(),
    }
    held = operations.submit("sites.propose_transfer", late, again)
    assert held.status is operations.Status.HELD, held
    world.ids |= {f"unit_{place.site.number}": place.id for place in (cast.a, cast.b)}
    world.ids |= {
        "household": world.xicay.household,
        "response": cast.response.pk,
        "area_unit": cast.area.id,
        "controller": cast.controller.id,
    }
    mine = (cast.ana, cast.beto, cast.carla, cast.diego, cast.case_worker, cast.administrator, cast.auditor)
    world.ids |= {f"account_{one.username}": one.id for one in mine}


def _team(world: World) -> None:
    """A shared device and an invitation for another; a badge of Ana's, one of nobody, her PIN; a volunteer at A."""
    cast, felix, beto = world.cast, world.cast.administrator, world.cast.beto
    for name in ("used_enrolment", "enrolment"):
        accounts.invite_device(act(felix), enrolment_id=world.new(name), unit_id=cast.a.id, name="Tableta azul")
    accounts.enrol_device(act(felix), enrolment_id=world.ids["used_enrolment"], device_id=world.new("device"))
    numbers = [one.number for one in accounts.print_badges(act(beto), unit_id=cast.a.id, count=2)]
    world.ids["badge"], world.ids["free_badge"] = Badge.objects.filter(number__in=numbers).values_list("pk", flat=True)
    accounts.link_badge(act(beto), badge_id=world.ids["badge"], account_id=cast.ana.id)
    accounts.choose_pin(act(cast.ana), account_id=cast.ana.id, pin="407126")
    volunteer = VolunteerIn(account_id=world.new("volunteer"), name="Lucía Pop", role=Role.GATEKEEPER)
    operator = operations.act_of(COMMAND_LINE, Door.COMMAND)
    accounts.add_volunteer(operator, volunteer=volunteer, unit_id=cast.a.id)


def _figures(world: World) -> None:
    cast = world.cast
    figure = PublishedIn(about="Salón Municipal", day=world.yesterday, value=61, source="CONRED")
    reporting.record_published(
        act(cast.diego),
        figure_id=world.new("published"),
        response_id=cast.response.pk,
        site_id=cast.a.id,
        group_id=None,
        figure=figure,
    )
    night = world.yesterday - timedelta(days=1)
    before = HeadcountIn(night=night, observed_at=clock.now() - 48 * HOUR, persons=58, method=Method.LIST)
    sites.report_headcount(act(cast.beto), report_id=world.new("older_report"), site_id=cast.a.id, headcount=before)
    reporting.close_night(act(cast.beto), closed_id=world.new("closed"), site_id=cast.a.id, night=night)
    reporting.release_figures(act(cast.diego), release_id=world.new("release"), unit_id=cast.a.id, night=night)


def _store(world: World) -> None:
    """A slip, an infant whom Elena (who is a health worker too) has assessed, a committee with a turn, a sheet."""
    cast = world.cast
    if not Grant.objects.filter(account=cast.case_worker, role=Role.HEALTH_WORKER, giving=False).exists():
        grant(cast.case_worker, Role.HEALTH_WORKER, cast.a.unit)
    goods = SlipIn(lines=[LineIn(item="water", quantity=600)], party=Party.ORGANISATION, whom="CONRED")
    assistance.receive_goods(act(cast.beto), slip_id=world.new("slip"), site_id=cast.a.id, slip=goods)
    infant = MemberIn(person_id=world.new("infant"), given_names="Inés", birth=BirthIn(age_months=4))
    household = world.new("household_of_infant")
    people.register_household(act(cast.ana), household_id=household, unit_id=cast.a.id, members=[infant])
    assistance.assess_infant(
        act(cast.case_worker),
        assessment_id=world.new("assessment"),
        person_id=world.ids["infant"],
        kind=FormulaKind.POWDER,
    )
    kitchen = world.new("committee")
    committee = CommitteeIn(kind=CommitteeKind.KITCHEN, women=5)
    sites.form_committee(act(cast.beto), committee_id=kitchen, site_id=cast.a.id, committee=committee)
    turn = TurnIn(day=world.today, part=DayPart.NIGHT, persons=3)
    sites.set_turn(act(cast.beto), turn_id=world.new("turn"), committee_id=kitchen, turn=turn)
    sheet = SheetIn(kind=SheetKind.INITIAL, gaps=["Falta agua"], signed_post="coordinador")
    reporting.sign_sheet(act(cast.beto), sheet_id=world.new("sheet"), site_id=cast.a.id, sheet=sheet)


def _exports(world: World) -> None:
    """A list of people that waits for a second person, and one of which Beto has a copy."""
    cast, felix = world.cast, world.cast.administrator
    basis = {"unit_id": cast.response.pk, "basis": Basis.VITAL, "said_aloud": {}}
    people.set_basis(act(felix), basis_id=uuid7(), purpose=Purpose.ASSISTANCE, **basis)
    for name, alone in (("export_waits", 1), ("export", 50)):
        sites.set_export_alone(act(felix), response_id=cast.response.pk, people=alone)
        reporting.ask_export(
            act(cast.beto),
            export_id=world.new(name),
            site_id=cast.a.id,
            what=ListKind.RESIDENTS,
            purpose=ExportPurpose.ASSISTANCE,
            reason="Entrega de frazadas.",
        )
    reporting.take_copy(act(cast.beto), export_id=world.ids["export"], copy_id=world.new("export_copy"))


def _rights(world: World) -> None:
    """Juana's request for a copy waits; Elvira's to be erased is granted, and her letter is not handed over yet."""
    cast, granted = world.cast, world.new("request_granted")
    asked = RequestIn(person_id=world.xicay.people["Juana"], kind=RightKind.COPY, asked_on=world.yesterday)
    people.ask_right(act(cast.ana), request_id=world.new("request"), asked=asked)
    asked = RequestIn(person_id=world.ids["registered_only"], kind=RightKind.ERASURE, asked_on=world.yesterday)
    people.ask_right(act(cast.ana), request_id=granted, asked=asked)
    people.answer_right(act(_somebody_else(cast)), request_id=granted, outcome=Answered.GRANTED)


def _somebody_else(cast: Cast) -> Account:
    """Elena; where one account does everything, a colleague."""
    if cast.case_worker != cast.ana:
        return cast.case_worker
    colleague = Account.objects.create(username="sara", name="Sara Ortiz", made_at=LONG_AGO)
    grant(colleague, Role.CASE_WORKER, cast.a.unit)
    return colleague


def _retention(world: World) -> None:
    """The rule of health is on; Genaro, whom no site has known for two months, is due by it."""
    cast, felix = world.cast, world.cast.administrator
    gone = MemberIn(person_id=world.new("gone"), given_names="Genaro", needs=[NeedCode.WALKS], kinship=Kinship.HEAD)
    household = world.new("household_gone")
    people.register_household(act(cast.ana), household_id=household, unit_id=cast.a.id, members=[gone])
    months_ago = clock.now() - timedelta(days=60)
    PersonScope.objects.filter(person=gone.person_id).update(starts_at=months_ago - HOUR, ends_at=months_ago)
    for name in ("seen_before", "retention_run"):
        people.preview_retention(act(felix), run_id=world.new(name), unit_id=cast.response.pk)
        rule = {"unit_id": cast.response.pk, "category": RuleFor.HEALTH, "days": 30, "on": True}
        people.set_retention(act(felix), rule_id=uuid7(), **rule)


def _twice(world: World) -> None:
    """Three people registered twice at A: a pair in the queue, two records made one, two that Beto asks to make one."""
    cast = world.cast
    numbers = {"asked": "2412557810501", "asked_for": "1934566780101"}
    for name in ("twin", "other_twin", "kept", "merged", "asked", "asked_for"):
        papers = [numbers[name]] if name in numbers else []
        person = MemberIn(
            person_id=world.new(name),
            given_names={"t": "Inés", "o": "Ines", "k": "Odilia", "m": "Odilia", "a": "Fermín"}[name[0]],
            first_surname="Tuyuc",
            kinship=Kinship.HEAD,
            documents=[DocumentIn(document_id=uuid7(), country="GT", kind="dpi", number=one) for one in papers],
        )
        people.register_household(act(cast.ana), household_id=uuid7(), unit_id=cast.a.id, members=[person])
    pair = PairIn(
        pair_id=world.new("pair"),
        first_id=world.ids["twin"],
        second_id=world.ids["other_twin"],
        probability=870,
        evidence=[EvidenceIn(field="given", level="one sound", decibits=61)],
    )
    people.queue_pairs(operations.act_of(COMMAND_LINE, Door.COMMAND), pairs=[pair])
    for name, kept, gone in (("merge", "kept", "merged"), ("merge_waits", "asked", "asked_for")):
        people.merge_people(act(cast.beto), merge_id=world.new(name), kept_id=world.ids[kept], gone_id=world.ids[gone])


# --- arrivals --------------------------------------------------------------------------------------------------------


def _arrivals(world: World) -> None:
    """A is a reception centre: a flight has arrived with Dora (who has a seat onward, and agreed to a call), Alma (who
    is aboard), Celso (who wants to speak in private) and Nelson, a child alone; of another one Berta is expected."""
    cast = world.cast
    Site.objects.filter(pk=cast.a.id).update(kind=SiteKind.RECEPTION)
    for name, direction in (
        ("arrival", Direction.ARRIVAL),
        ("coming", Direction.ARRIVAL),
        ("onward", Direction.DEPARTURE),
    ):
        said = MovementIn(kind=MovementKind.BUS, direction=direction, expected_at=clock.now(), seats=9, place="Palín")
        movements.announce(act(cast.ana), movement_id=world.new(name), site_id=cast.a.id, movement=said)
    movements.arrive(act(cast.ana), movement_id=world.ids["arrival"])
    for name, age in (("Dora", 30), ("Alma", 40), ("Celso", 50), ("Nelson", 12), ("Berta", 30)):
        one = TravellerIn(
            traveller_id=world.new(f"traveller_{name.lower()}"),
            person_id=world.new(f"person_{name.lower()}"),
            given_names=name,
            first_surname="Ixcoy",
            birth=BirthIn(age_years=age),
            wants_private=name == "Celso",
        )
        if name == "Berta":
            movements.list_travellers(act(cast.ana), movement_id=world.ids["coming"], travellers=[one])
        else:
            movements.receive_travellers(
                act(cast.ana), movement_id=world.ids["arrival"], household_id=uuid7(), members=[one]
            )
    record = ReturnIn(
        record_id=world.new("return"),
        person_id=world.ids["person_dora"],
        call_id=world.new("call"),
        call_phone="5550 1299",
    )
    movements.record_return(act(cast.ana), traveller_id=world.ids["traveller_dora"], record=record)
    movements.begin_station(
        act(cast.ana), visit_id=world.new("station_visit"), traveller_id=world.ids["traveller_celso"], station="food"
    )
    movements.end_station(act(cast.ana), visit_id=world.ids["station_visit"])
    movements.call_to_station(
        act(cast.ana), visit_id=world.new("call_to_food"), traveller_id=world.ids["traveller_celso"], station="call"
    )
    for name in ("dora", "alma"):
        movements.assign_seat(
            act(cast.ana),
            passenger_id=world.new(f"seat_{name}"),
            movement_id=world.ids["onward"],
            traveller_id=world.ids[f"traveller_{name}"],
        )
    movements.board(act(cast.ana), passenger_id=world.ids["seat_alma"])


def _looked(world: World) -> None:
    """A round under way at A and one that ended, a task, incidents (one confidential), complaints (one about staff)."""
    cast, beto = world.cast, world.cast.beto
    there: dict[str, Any] = {"site_id": cast.a.id}
    opening = RoundIn(phase=Phase.LATER, regime=Regime.NIGHTS)
    for name in ("round_ended", "round"):
        sites.begin_round(act(beto), round_id=world.new(name), opening=opening, **there)
        if name == "round_ended":
            sites.end_round(act(beto), round_id=world.ids[name])
    happened = IncidentIn(kind=IncidentKind.UTILITIES, seriousness=Seriousness.SERIOUS, facts="Sin agua.")
    for name in ("incident", "incident_secret"):
        said = replace(happened, confidential=name != "incident")
        sites.record_incident(act(beto), incident_id=world.new(name), incident=said, **there)
    task = TaskIn(what="Cambiar la tubería", incident_id=world.ids["incident"])
    sites.set_task(act(beto), task_id=world.new("task"), task=task, **there)
    kinds = {"complaint": "services", "complaint_answered": "services", "complaint_aside": "favours"}
    for name, kind in kinds.items():
        told = ComplaintIn(number=draw_number(), channel=Channel.BOX, kind=kind, text="Piden dinero.")
        sites.file_complaint(act(cast.ana), complaint_id=world.new(name), complaint=told, **there)
    answer = AnswerComplaintIn(answer="Ya hay agua.")
    sites.answer_complaint(act(beto), complaint_id=world.ids["complaint_answered"], answer=answer)
    outside = cast.diego if cast.diego != cast.ana else _outside(world, "nora")
    world.ids["could_be_focal"] = _outside(world, "otto").id
    focal = {"unit_id": cast.response.pk, "account_id": outside.id}
    sites.name_focal_point(act(cast.administrator), focal_point_id=world.new("focal"), **focal)


def _outside(world: World, name: str) -> Account:
    """Somebody of the response who works at no site."""
    username = f"{name}{world.cast.a.site.number}"
    return Account.objects.create(username=username, name="Otto", unit=world.cast.response.unit, made_at=LONG_AGO)


# --- elsewhere -------------------------------------------------------------------------------------------------------


def build_elsewhere(cast: Cast) -> World:
    """The same once more at two other sites, where one account does everything: Irma, a stranger to A and B."""
    irma = Account.objects.create(username="irma", name="Irma Sosa", made_at=LONG_AGO)
    church, chapel = (_place(cast, name) for name in ("Iglesia San Juan", "Capilla San José"))
    for place in (church, chapel):
        for role in Role:
            grant(irma, role, place.unit)
    alone = replace(cast, ana=irma, beto=irma, carla=irma, diego=irma, case_worker=irma, outsider=irma)
    return build(replace(alone, a=church, b=chapel))


def _place(cast: Cast, name: str) -> Place:
    """A site with the spaces that calls name."""
    site_id, felix = uuid7(), cast.administrator
    setting = SiteIn(name=name, kind=SiteKind.CHURCH)
    sites.add_site(act(felix), site_id=site_id, response_id=cast.response.pk, site=setting)
    spaces = [SpaceIn(space_id=uuid7(), name=one, kind=SpaceKind.ROOM) for one in ("Salón", "Aula 2", "Carpa 1")]
    sites.add_spaces(act(felix), site_id=site_id, spaces=spaces)
    sites.set_status(act(felix), status_id=uuid7(), site_id=site_id, status=SiteStatus.OPEN)
    site = Site.objects.select_related("unit").get(pk=site_id)
    return Place(site.unit, site, {space.name: space for space in site.spaces.all()})
