"""The attacker's side: Carla manages B and wants to know of A; a husband's team wants to know where his wife is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cobijo.accounts.models import Account
from cobijo.core import clock, records
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.panels import of_page
from cobijo.people import services as people
from cobijo.people.models import Person, Protection
from cobijo.people.types import Kinship, PersonIn, Sex, VoidReason
from cobijo.sites import queries, services
from cobijo.sites.access import get_for, visible_to
from cobijo.sites.models import Absence, AuthorityAct, Death, Site, SiteReport, Space, Stay, Transfer
from cobijo.sites.tests.shelter import FATHER, Family, Guest, ago, check_out, receive, stay
from cobijo.sites.tests.test_check_in import known_at_b
from cobijo.sites.tests.test_check_out import release
from cobijo.sites.tests.test_headcounts import headcount
from cobijo.sites.tests.test_transfers import accept, propose, today
from cobijo.sites.types import CheckInOf, OutReason, SiteIn, SiteKind, SiteStatus, SpaceIn, SpaceKind, TransferWhy
from tests.cast import Cast, act, sign_in

pytestmark = pytest.mark.django_db

WIFE = Guest("Marta", 34, Sex.FEMALE, Kinship.HEAD)


@pytest.fixture
def family(cast: Cast) -> Family:
    """Ana's family at A, one of them out, one by an act of the authority, one dead; a head-count; a transfer's end."""
    family = receive(cast.ana, cast.a, (WIFE, FATHER, Guest("Lucía", 9), Guest("Nery", 61)), happened_at=ago(9))
    services.step_out(act(cast.ana), absence_id=uuid7(), stay_id=family.stays["Marta"])
    check_out(cast.ana, family, "Lucía", reason="family", authority_act=release(family.people["Lucía"]))
    services.record_death(
        act(cast.case_worker),
        death_id=uuid7(),
        person_id=family.people["Nery"],
        died_on=ago(24).date(),
        authority="RENAP",
        document="1",
    )
    services.report_headcount(act(cast.beto), report_id=uuid7(), site_id=cast.a.id, headcount=headcount())
    return family


def what_is_seen(who: Account) -> dict[str, int]:
    """How many rows of each model somebody sees."""
    return {model.__name__: visible_to(who.id, model._default_manager.all()).count() for model in records.kinds()}


@pytest.mark.parametrize("who", ["carla", "outsider", "administrator"])
def test_a_stranger_sees_no_row_of_a(cast: Cast, family: Family, who: str) -> None:
    seen = what_is_seen(getattr(cast, who))
    for model in (Stay, Absence, AuthorityAct, Death, SiteReport, Transfer, Person):
        assert seen[model.__name__] == 0, model
    assert visible_to(cast.carla.id, Space.objects.filter(site=cast.a.site)).count() == 0


def test_a_stranger_s_questions_are_answered_as_if_a_did_not_exist(cast: Cast, family: Family) -> None:
    carla = cast.carla.id
    assert queries.occupants(carla, cast.a.id).total == 0
    assert queries.overdue(carla, cast.a.id) == []
    assert [line.name for line in queries.sites_for(carla)[0]] == ["Instituto Experimental"]
    assert all(queries.stays_of(carla, person) == [] for person in family.people.values())
    assert queries.transfers_for(carla) == []
    questions: list[Callable[[], object]] = [
        lambda: get_for(carla, Site, cast.a.id),
        lambda: queries.resolve_site(carla, "Salón Municipal"),
    ]
    for asked in questions:
        with pytest.raises(DomainError) as refused:
            asked()
        assert refused.value.ground == "missing"


def acts_on_a(cast: Cast, family: Family) -> dict[str, Callable[[Account], Any]]:
    """Every verb of this app, aimed at A and its people by somebody who knows all their ids."""
    site, stays, person = cast.a.id, family.all_stays(), family.people["Marta"]
    space = SpaceIn(space_id=cast.a.spaces["Salón"].id, name="X", kind=SpaceKind.ROOM)
    come = [CheckInOf(person_id=person, stay_id=uuid7())]
    transfer = propose(cast, family, "Julio", why=TransferWhy.ASKED)
    report = SiteReport.objects.get().id
    given: dict[str, dict[str, Any]] = {
        "add_site": {"site_id": uuid7(), "response_id": cast.response.pk, "site": SiteIn(name="X", kind=SiteKind.HALL)},
        "change_site": {"site_id": site, "site": SiteIn(name="X", kind=SiteKind.HALL)},
        "set_status": {"status_id": uuid7(), "site_id": site, "status": SiteStatus.CLOSED},
        "group_sites": {
            "group_id": uuid7(), "response_id": cast.response.pk, "name": "X", "site_ids": [site], "complete": True,
        },
        "add_spaces": {"site_id": site, "spaces": [SpaceIn(space_id=uuid7(), name="X", kind=SpaceKind.ROOM)]},
        "change_space": {"space": space},
        "close_space": {"space_id": space.space_id},
        "check_in": {"stay_id": uuid7(), "site_id": cast.b.id, "person_id": person},
        "check_in_household": {"household_id": family.household, "site_id": cast.b.id, "arrivals": come},
        "plan_stays": {"site_id": cast.b.id, "arrivals": come, "planned_for": today()},
        "step_out": {"absence_id": uuid7(), "stay_id": stays[1]},
        "come_back": {"stay_id": stays[0]},
        "move_space": {"stay_ids": stays[:1], "space_id": None},
        "check_out": {"stay_ids": stays[:2], "reason": OutReason.HOME},
        "check_out_erased": {"stay_id": stays[0]},
        "settle_dispute": {"stay_id": stays[0], "stands": True},
        "void_stay": {"stay_id": stays[0]},
        "propose_transfer": {
            "transfer_id": uuid7(), "to_site_id": cast.b.id, "stay_ids": stays[:2], "travels_on": today(),
        },
        "withdraw_transfer": {"transfer_id": transfer.id},
        "register_birth": {"child": PersonIn(person_id=uuid7()), "mother_id": person, "stay_id": uuid7()},
        "record_death": {
            "death_id": uuid7(), "person_id": person, "died_on": today(), "authority": "X", "document": "1",
        },
        "report_headcount": {"report_id": uuid7(), "site_id": site, "headcount": headcount()},
        "void_report": {"report_id": report},
    }  # fmt: skip
    return {name: _calling(name, arguments) for name, arguments in given.items()}


def _calling(name: str, arguments: dict[str, Any]) -> Callable[[Account], Any]:
    return lambda who: getattr(services, name)(act(who), **arguments)


def test_no_verb_run_by_an_outsider_with_known_ids_widens_what_they_see_or_does_anything(
    cast: Cast, family: Family
) -> None:
    acts = acts_on_a(cast, family)
    before = {stay.pk: (stay.state, stay.site_id) for stay in Stay.objects.all()}
    seen = what_is_seen(cast.outsider)
    for name, attempt in acts.items():
        with pytest.raises(DomainError) as refused:
            attempt(cast.outsider)
        assert refused.value.code in {"core.not_found", "core.not_allowed"}, name
        assert refused.value.params == {}, name
    assert what_is_seen(cast.outsider) == seen
    assert {stay.pk: (stay.state, stay.site_id) for stay in Stay.objects.all()} == before


def test_known_and_made_up_ids_are_refused_alike(cast: Cast, family: Family) -> None:
    for known, made_up in ((family.stays["Marta"], uuid7()), (family.stays["Lucía"], uuid7())):
        answers = []
        for one in (known, made_up):
            with pytest.raises(DomainError) as refused:
                services.check_out(act(cast.carla), stay_ids=[one], reason=OutReason.HOME)
            answers.append((refused.value.code, refused.value.sentence))
        assert answers[0] == answers[1]


# --- the husband and the wife ----------------------------------------------------------------------------------------


@pytest.fixture
def moved(cast: Cast) -> Family:
    """A couple at A of whom the wife was transferred to B at her wish."""
    couple = receive(cast.ana, cast.a, (FATHER, WIFE))
    accept(cast, propose(cast, couple, "Marta", why=TransferWhy.ASKED), couple, "Marta")
    return couple


@pytest.mark.parametrize("who", ["ana", "beto", "case_worker"])
def test_nothing_on_the_husband_s_page_says_where_the_wife_moved(cast: Cast, moved: Family, who: str) -> None:
    reader = getattr(cast, who)
    husband = Person.objects.get(pk=moved.people["Julio"])
    shown = repr([dict(content) for _panel, content in of_page("person", reader.id, husband)])
    assert "Instituto Experimental" not in shown
    page = sign_in(reader).get(reverse("web:person", args=[husband.pk])).content.decode()
    assert "Instituto Experimental" not in page


def test_nor_does_her_own_page_at_the_site_she_left(cast: Cast, moved: Family) -> None:
    assert [line.site for line in queries.stays_of(cast.ana.id, moved.people["Marta"])] == ["Salón Municipal"]
    page = sign_in(cast.ana).get(reverse("web:person", args=[moved.people["Marta"]])).content.decode()
    assert "Instituto Experimental" not in page


# --- a protected person ----------------------------------------------------------------------------------------------


@pytest.fixture
def hidden(cast: Cast) -> Family:
    """A couple at A of whom the wife is protected; only Elena may see her."""
    couple = receive(cast.ana, cast.a, (FATHER, WIFE), space="Salón")
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=couple.people["Marta"],
        why="Su esposo la busca.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    return couple


def test_a_protected_person_is_in_the_figures_and_in_no_list(cast: Cast, hidden: Family) -> None:
    overview = queries.site_overview(cast.a.site)
    assert overview.registered == 2
    assert sum(band.total or 0 for band in overview.bands) == 2
    for reader in (cast.ana, cast.beto):
        assert [one.line.label for one in queries.occupants(reader.id, cast.a.id).rows] == ["Julio Xicará"]
        together = queries.household_at(reader.id, cast.a.id, hidden.household, hidden.stays["Julio"])
        assert [one.line.label for one in together] == ["Julio Xicará"]


def test_transferring_the_rest_of_her_household_says_nothing_of_her(cast: Cast, hidden: Family) -> None:
    transfer = propose(cast, hidden, "Julio")
    [line] = queries.transfers_for(cast.beto.id)
    assert [member.line.label for member in line.members] == ["Julio Xicará"]
    accept(cast, transfer, hidden, "Julio")
    assert stay(hidden.stays["Marta"]).state == "in"


@pytest.fixture
def moving(cast: Cast) -> Transfer:
    """A woman of A who is to move to B and is protected since; only Elena may see her."""
    alone = receive(cast.ana, cast.a, (WIFE,))
    transfer = propose(cast, alone)
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=alone.people["Marta"],
        why="La buscan.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    return transfer


@pytest.mark.parametrize("who", ["ana", "beto", "carla"])
def test_where_a_protected_person_is_to_move_is_on_no_list_and_in_no_count(
    cast: Cast, moving: Transfer, who: str
) -> None:
    reader = getattr(cast, who)
    assert not visible_to(reader.id, Transfer.objects.all()).exists()
    assert queries.transfers_for(reader.id) == []
    assert queries.transfers_to_answer(reader.id) == 0
    for site in (cast.a.site, cast.b.site):
        due = queries.site_overview(site).due
        assert (due.asked, due.unanswered) == (0, 0)
    with pytest.raises(DomainError) as refused:
        services.accept_transfer(act(cast.carla), transfer_id=moving.id, arrivals=[])
    assert refused.value.code == "core.not_found"


def test_a_named_worker_sees_it_and_so_does_a_manager_who_is_named(cast: Cast, moving: Transfer) -> None:
    assert visible_to(cast.case_worker.id, Transfer.objects.all()).exists()
    people.name_worker(
        act(cast.case_worker),
        named_id=uuid7(),
        protection_id=Protection.objects.get().id,
        account_id=cast.carla.id,
    )
    assert [len(line.members) for line in queries.transfers_for(cast.carla.id)] == [1]
    services.accept_transfer(act(cast.carla), transfer_id=moving.id, arrivals=[])
    assert queries.site_overview(cast.b.site).registered == 1


def test_her_stay_is_refused_as_one_that_does_not_exist(cast: Cast, hidden: Family) -> None:
    for one in (hidden.stays["Marta"], uuid7()):
        with pytest.raises(DomainError) as refused:
            services.step_out(act(cast.beto), absence_id=uuid7(), stay_id=one)
        assert refused.value.code == "core.not_found"


def test_a_child_does_not_leave_after_a_mother_whom_the_desk_may_not_see(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (WIFE, Guest("Lucía", 9)))
    check_out(cast.ana, family, "Marta", destination="Masagua")
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=family.people["Marta"],
        why="La buscan.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    with pytest.raises(DomainError) as refused:
        check_out(cast.ana, family, "Lucía", destination="Masagua")
    assert refused.value.code == "sites.child_leaves_alone"


# --- counts, flags and refusals --------------------------------------------------------------------------------------


def test_a_refusal_for_lack_of_places_counts_nobody_the_actor_may_not_see(cast: Cast, hidden: Family) -> None:
    from_a = services.propose_transfer(
        act(cast.beto), transfer_id=uuid7(), to_site_id=cast.b.id, stay_ids=[hidden.stays["Julio"]], travels_on=today()
    )
    receive(cast.carla, cast.b, tuple(Guest(f"N{n}", 20) for n in range(5)), space="Aula 2")
    with pytest.raises(DomainError) as refused:
        accept(cast, from_a, hidden, "Julio", space="Aula 2")
    assert refused.value.params["people"] == 1


def test_the_flag_of_a_second_stay_names_no_stay_the_actor_may_not_see(cast: Cast, family: Family) -> None:
    known_at_b(cast, family.people["Marta"])
    come = services.check_in(act(cast.carla), stay_id=uuid7(), site_id=cast.b.id, person_id=family.people["Marta"])
    page = sign_in(cast.carla).get(reverse("sites:people", args=[cast.b.id])).content.decode()
    assert come.disputed
    assert "Salón Municipal" not in page
    assert str(family.stays["Marta"]) not in page


def test_a_record_is_not_taken_out_while_the_person_sleeps_somewhere(cast: Cast, family: Family) -> None:
    with pytest.raises(DomainError) as refused:
        people.void_person(act(cast.beto), person_id=family.people["Marta"], reason=VoidReason.MISTAKE)
    assert refused.value.code == "sites.still_registered"
    known_at_b(cast, family.people["Marta"])
    with pytest.raises(DomainError) as refused:
        people.void_person(act(cast.carla), person_id=family.people["Marta"], reason=VoidReason.MISTAKE)
    assert refused.value.code == "core.not_allowed"


# --- after leaving ---------------------------------------------------------------------------------------------------


def test_a_site_knows_who_left_for_as_long_as_its_response_says_and_no_longer(cast: Cast, family: Family) -> None:
    marta = Person.objects.filter(pk=family.people["Marta"])
    check_out(cast.ana, family, "Marta")
    clock.move(timedelta(days=cast.response.days_known_after_leaving, minutes=-5))
    assert visible_to(cast.beto.id, marta).exists()
    clock.move(timedelta(days=cast.response.days_known_after_leaving, minutes=5))
    for who in (cast.ana, cast.beto, cast.case_worker):
        assert not visible_to(who.id, marta).exists()
        assert queries.stays_of(who.id, family.people["Marta"]) == []


def test_protection_ends_even_that_at_once(cast: Cast, family: Family) -> None:
    check_out(cast.ana, family, "Marta")
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=family.people["Marta"],
        why="La buscan.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    for who in (cast.ana, cast.beto):
        with pytest.raises(DomainError) as refused:
            services.check_in(act(who), stay_id=uuid7(), site_id=cast.a.id, person_id=family.people["Marta"])
        assert refused.value.code == "core.not_found"
