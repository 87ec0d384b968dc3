"""The pages of sites, opened by whoever they are for and by whoever they are not."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cobijo.accounts.models import Account, Reading
from cobijo.accounts.types import Role
from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.people.types import NeedCode, Sex
from cobijo.sites import services
from cobijo.sites.models import Facility, Site, SiteReport, Space, Stay, Transfer
from cobijo.sites.tests.shelter import MOTHER, Family, Guest, ago, open_stays, receive, stay
from cobijo.sites.tests.test_transfers import propose, today
from cobijo.sites.types import SiteKind, TransferState
from tests.cast import Cast, act, grant, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast: Cast) -> Family:
    return receive(cast.ana, cast.a, space="Salón", happened_at=ago(9))


def browser_of(who: Account) -> Client:
    """A browser set to English, so that a test reads what the source says."""
    browser = sign_in(who)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return browser


def page(who: Account, name: str, /, *args: UUID, **asked: str) -> str:
    answer = browser_of(who).get(reverse(f"sites:{name}", args=args), asked)
    assert answer.status_code == 200, answer.content[:400]
    return answer.content.decode()


def post(who: Account, name: str, /, *args: UUID, status: int = 302, **given: Any) -> str:
    values = {"op_id": uuid7(), "new_id": uuid7()} | given
    answer = browser_of(who).post(reverse(f"sites:{name}", args=args), values)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def day(moment: Any, name: str) -> dict[str, Any]:
    return {f"{name}_day": moment.day, f"{name}_month": moment.month, f"{name}_year": moment.year}


# --- reading ---------------------------------------------------------------------------------------------------------


def test_the_list_of_sites_shows_one_s_own(cast: Cast, family: Family) -> None:
    shown = page(cast.beto, "list")
    assert "Salón Municipal" in shown
    assert "Instituto Experimental" not in shown
    assert "Instituto Experimental" in page(cast.diego, "list", q="instituto", status="open")


def test_the_site_at_a_glance(cast: Cast, family: Family) -> None:
    shown = page(cast.beto, "site", cast.a.id)
    for part in ("Salón Municipal", "S014", "no roll-call", "2 children among 4 people", "women and children only"):
        assert part.lower() in shown.lower(), part
    assert "Marta" not in shown


def test_a_site_without_anybody_says_what_to_do_next(cast: Cast) -> None:
    shown = page(cast.beto, "site", cast.a.id)
    assert "Nobody is registered here." in shown
    assert "Nothing waits for you." in shown


def test_the_roster_names_people_and_is_logged(cast: Cast, family: Family) -> None:
    shown = page(cast.ana, "people", cast.a.id)
    assert "Marta Xicará" in shown
    reading = Reading.objects.get(what="list")
    assert (reading.actor, reading.people, reading.unit) == (cast.ana.id, 4, cast.a.id)


def test_the_roster_is_narrowed_by_post_so_that_nothing_stands_in_the_address(cast: Cast) -> None:
    receive(cast.ana, cast.a, (Guest("Irma", 24, Sex.FEMALE, MOTHER.kinship, (NeedCode.PREGNANT,)), Guest("Nery", 40)))
    shown = post(cast.ana, "people", cast.a.id, status=200, need="pregnant")
    assert "Irma Xicará" in shown
    assert "Nery Xicará" not in shown
    assert "Irma" in page(cast.ana, "people", cast.a.id, need="walks")


def test_figures_without_people_for_whoever_may_see_only_those(cast: Cast, family: Family) -> None:
    assert "2 children among 4 people" in page(cast.diego, "site", cast.a.id)
    assert sign_in(cast.diego).get(reverse("sites:people", args=[cast.a.id])).status_code == 403


def test_who_sets_sites_up_sees_no_figures(cast: Cast, family: Family) -> None:
    shown = page(cast.administrator, "site", cast.a.id)
    assert "do not see its figures" in shown
    assert "children among" not in shown
    assert ">4<" not in page(cast.administrator, "spaces", cast.a.id)


@pytest.mark.parametrize(
    "name", ["site", "people", "overdue", "spaces", "new-space", "facilities", "headcount", "setup"]
)
def test_a_stranger_s_site_is_the_same_as_none(cast: Cast, name: str) -> None:
    browser = sign_in(cast.carla)
    strange = browser.get(reverse(f"sites:{name}", args=[cast.a.id]))
    none = browser.get(reverse(f"sites:{name}", args=[uuid7()]))
    assert (strange.status_code, none.status_code) == (404, 404)
    assert strange.content == none.content


@pytest.mark.parametrize("name", ["leave", "propose"])
def test_a_stranger_s_stay_is_the_same_as_none(cast: Cast, family: Family, name: str) -> None:
    browser = sign_in(cast.carla)
    for site in (cast.a.id, cast.b.id):
        strange = browser.get(reverse(f"sites:{name}", args=[site, family.stays["Marta"]]))
        none = browser.get(reverse(f"sites:{name}", args=[site, uuid7()]))
        assert (strange.status_code, none.status_code) == (404, 404)


def test_nobody_sees_anything_without_signing_in(cast: Cast) -> None:
    answer = Client().get(reverse("sites:site", args=[cast.a.id]))
    assert answer.status_code == 302


# --- doing -----------------------------------------------------------------------------------------------------------


def test_a_family_is_checked_out_with_what_will_happen_said_before(cast: Cast, family: Family) -> None:
    shown = page(cast.ana, "leave", cast.a.id, family.stays["Marta"])
    assert "ends 4 stays and frees 4 places" in shown
    given: dict[str, Any] = {"who": family.all_stays(), "reason": "rented", "destination": "Masagua"}
    post(cast.ana, "leave", cast.a.id, family.stays["Marta"], **given)
    assert open_stays(cast.a) == 0
    assert stay(family.stays["Marta"]).destination == "Masagua"


def test_a_child_alone_is_refused_beside_the_question_and_what_was_typed_stands(cast: Cast, family: Family) -> None:
    given: dict[str, Any] = {"who": [family.stays["Lucía"]], "reason": "family", "destination": "con su tía Elvira"}
    shown = post(cast.ana, "leave", cast.a.id, family.stays["Marta"], status=200, **given)
    assert "A child leaves only with an adult of their own household" in shown
    assert "con su tía Elvira" in shown


def test_the_act_of_an_authority_is_asked_for_whole(cast: Cast, family: Family) -> None:
    given: dict[str, Any] = {
        "who": [family.stays["Lucía"]],
        "reason": "family",
        "child": family.people["Lucía"],
        "authority": "PGN",
    }
    shown = post(cast.ana, "leave", cast.a.id, family.stays["Marta"], status=200, **given)
    assert shown.count("The act of the authority needs this answer.") >= 5
    more: dict[str, Any] = dict.fromkeys(
        ("number", "official", "receiving_adult", "receiving_kinship", "receiving_document"), "x"
    )
    post(cast.ana, "leave", cast.a.id, family.stays["Marta"], **given, **more)
    assert stay(family.stays["Lucía"]).state == "out"


def test_a_form_sent_twice_is_one_entry(cast: Cast, family: Family) -> None:
    given: dict[str, Any] = {"who": family.all_stays(), "reason": "home", "op_id": uuid7(), "new_id": uuid7()}
    for _ in range(2):
        post(cast.ana, "leave", cast.a.id, family.stays["Marta"], **given)
    assert open_stays(cast.a) == 0


def test_a_transfer_is_proposed_by_one_site_and_accepted_by_the_other(cast: Cast, family: Family) -> None:
    shown = page(cast.beto, "propose", cast.a.id, family.stays["Marta"])
    assert "Moves 4 people, frees 4 places" in shown
    given: dict[str, Any] = {"who": family.all_stays(), "to_site": cast.b.id} | day(today(), "travels_on")
    post(cast.beto, "propose", cast.a.id, family.stays["Marta"], **given)
    transfer = Transfer.objects.get()
    assert "Salón Municipal → Instituto Experimental" in page(cast.carla, "transfers")
    shown = page(cast.carla, "transfer", transfer.id)
    assert "Marta Xicará" in shown
    assert "Takes 4 people in at Instituto Experimental and uses 4 places." in shown
    rows: dict[str, Any] = {f"stay_{at}": uuid7() for at in range(4)} | {
        f"space_{at}": cast.b.spaces["Salón"].id for at in range(4)
    }
    post(cast.carla, "transfer", transfer.id, **rows)
    assert open_stays(cast.b) == 4


def test_a_transfer_is_refused_or_withdrawn_by_its_button(cast: Cast, family: Family) -> None:
    transfer = propose(cast, family)
    post(cast.beto, "refuse-transfer", transfer.id)
    transfer.refresh_from_db()
    assert transfer.state == TransferState.PROPOSED
    post(cast.carla, "refuse-transfer", transfer.id)
    transfer.refresh_from_db()
    assert transfer.state == TransferState.REFUSED
    post(cast.beto, "withdraw-transfer", propose(cast, family).id)
    assert Transfer.objects.filter(state=TransferState.WITHDRAWN).count() == 1


def test_who_is_not_back_is_listed_and_recorded_as_back(cast: Cast, family: Family) -> None:
    services.step_out(
        act(cast.ana, happened_at=ago(5)),
        absence_id=uuid7(),
        stay_id=family.stays["Julio"],
        expected_back=clock.now() - timedelta(hours=2),
    )
    assert "Julio Xicará" in page(cast.ana, "overdue", cast.a.id)
    post(cast.ana, "come-back", cast.a.id, family.stays["Julio"])
    assert stay(family.stays["Julio"]).state == "in"
    assert "Everybody who went out" in page(cast.ana, "overdue", cast.a.id)


def test_a_space_is_added_changed_and_closed(cast: Cast) -> None:
    given: dict[str, Any] = {
        "name": "Carpa 2",
        "kind": "tent",
        "capacity": 8,
        "area_m2": "16.5",
        "use_rule": "anyone",
        "accessible": "true",
    }
    post(cast.beto, "new-space", cast.a.id, **given)
    space = Space.objects.get(name="Carpa 2")
    assert (space.capacity, space.area_dm2, space.accessible) == (8, 1650, True)
    post(cast.beto, "space", cast.a.id, space.id, **given | {"name": "Carpa 3", "capacity": ""})
    space.refresh_from_db()
    assert (space.name, space.capacity) == ("Carpa 3", None)
    post(cast.beto, "close-space", cast.a.id, space.id)
    assert "Carpa 3" not in page(cast.beto, "spaces", cast.a.id)


def test_facilities_are_counted_and_a_mistake_taken_out(cast: Cast) -> None:
    given: dict[str, Any] = {"kind": "toilet", "for_whom": "women", "count": 6, "working": 5} | day(
        today(), "counted_on"
    )
    post(cast.beto, "facilities", cast.a.id, **given)
    shown = post(cast.beto, "facilities", cast.a.id, status=200, **given | {"working": 7})
    assert "More are said to work than there are." in shown
    post(cast.beto, "void-facility", cast.a.id, Facility.objects.get().id)
    assert "Nobody has counted toilets" in page(cast.beto, "facilities", cast.a.id)


def test_a_site_is_set_up_and_closed_when_nobody_is_in(cast: Cast, family: Family) -> None:
    given: dict[str, Any] = {
        "name": "Salón Municipal",
        "kind": "hall",
        "official": "true",
        "aliases": "El Salón\nMuni",
        "hours": "6 a 20",
    }
    post(cast.beto, "setup", cast.a.id, **given | day(today(40), "give_back_on"))
    site = Site.objects.get(pk=cast.a.id)
    assert (site.give_back_on, site.door_words["hours"], site.aliases.count()) == (today(40), "6 a 20", 3)
    browser = browser_of(cast.beto)
    url = reverse("sites:status", args=[cast.a.id])
    values = {"op_id": uuid7(), "new_id": uuid7(), "status": "closed", "why": "regresan las clases"}
    shown = browser.post(url, values).content.decode()
    assert "4 people are still registered at Salón Municipal" in shown


def test_a_site_is_added_by_whoever_runs_the_response(cast: Cast) -> None:
    given: dict[str, Any] = {
        "response": cast.response.pk,
        "name": "Escuela José Martí",
        "kind": "school",
        "official": "unknown",
    }
    post(cast.administrator, "new", **given)
    site = Site.objects.get(unit__name="Escuela José Martí")
    assert (site.kind, site.official, site.response_id) == (SiteKind.SCHOOL, None, cast.response.pk)
    assert sign_in(cast.beto).get(reverse("sites:new")).status_code == 403


def test_a_head_count_is_reported_in_a_form_by_sex_and_age(cast: Cast) -> None:
    assert "has reported no head-count yet" in page(cast.beto, "headcount", cast.a.id)
    given: dict[str, Any] = {
        "hour": "00:00",
        "persons": 140,
        "households": 31,
        "method": "list",
        "female_1": 20,
        "unknown_6": 4,
    }
    post(cast.beto, "headcount", cast.a.id, **given | day(today(-1), "day"))
    report = SiteReport.objects.get()
    assert (report.night, (report.observed_at - timedelta(hours=6)).date()) == (today(-1), today())
    assert set(report.cells.values_list("sex", "band", "persons")) == {
        ("female", "5-11", 20),
        ("unknown", "unknown", 4),
    }
    post(cast.beto, "void-report", cast.a.id, report.id)
    assert "has reported no head-count yet" in page(cast.beto, "headcount", cast.a.id)


def test_a_head_count_in_one_line_is_shown_back_and_then_kept(cast: Cast) -> None:
    line = "S014 ayer 18:00 familias 31 personas 140 niños 62"
    shown = post(cast.diego, "headcount-line", status=200, line=line)
    assert "This was understood" in shown
    assert "Children under 18, girls and boys" in shown
    assert not SiteReport.objects.exists()
    given: dict[str, Any] = {"line": line, "read_at": clock.now().timestamp(), "method": "hearsay", "confirmed": "1"}
    post(cast.diego, "headcount-line", **given)
    report = SiteReport.objects.get()
    assert (report.persons, report.method, report.as_said, report.night) == (140, "hearsay", line, today(-1))


def test_a_line_that_cannot_be_read_is_answered_with_what_to_write(cast: Cast) -> None:
    assert "The day is missing." in post(cast.diego, "headcount-line", status=200, line="S014 personas 140")
    assert "No site of yours is called so." in post(
        cast.beto, "headcount-line", status=200, line="S027 ayer personas 9"
    )


def test_what_is_to_be_confirmed_is_settled_from_the_roster(cast: Cast, family: Family) -> None:
    late = services.check_in(
        act(cast.ana, happened_at=ago(3)), stay_id=uuid7(), site_id=cast.a.id, person_id=family.people["Marta"]
    )
    assert "Is not here" in post(cast.beto, "people", cast.a.id, status=200, disputed="on")
    post(cast.beto, "settle", cast.a.id, late.id, stands="no")
    assert Stay.objects.get(pk=late.id).voided_at is not None


def test_a_coordinator_of_many_sites_answers_for_both_ends(cast: Cast, family: Family) -> None:
    grant(cast.diego, Role.SITE_MANAGER, cast.area)
    transfer = propose(cast, family)
    assert "Accept" in page(cast.diego, "transfer", transfer.id)
