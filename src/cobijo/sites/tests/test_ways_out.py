"""Each household's way out of a shelter: recorded, kept as it changed, and missing where there is none."""

from datetime import timedelta
from typing import Any

import pytest

from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.people import services
from cobijo.sites import access, queries
from cobijo.sites.tests.shelter import FATHER, MOTHER, Family, ago, check_out, receive, submit
from cobijo.sites.wayout.models import WayOut
from cobijo.sites.wayout.types import House, Intention, Papers, Solution, Tenure, WayOutIn
from tests.cast import Cast, act, sign_in

pytestmark = pytest.mark.django_db

HOUSED = {"solution": Solution.TRANSITIONAL, "accepted": True}


def record(cast: Cast, family: Family, who: Any = None, at: Any = None, **said: Any) -> None:
    submit(
        "record_way_out",
        who or cast.ana,
        way_out_id=uuid7(),
        household_id=family.household,
        site_id=(at or cast.a).id,
        way_out=WayOutIn(**said),
    )


def test_what_became_of_the_house_and_what_they_want_is_kept(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    record(
        cast,
        family,
        house=House.DESTROYED,
        judged_by="CONRED",
        judged_on=ago(48).date(),
        tenure=Tenure.OWNED_WITHOUT_PAPER,
        intention=Intention.RELOCATE,
        papers=[Papers.DEED, Papers.IDENTITY, Papers.DEED],
    )
    known = queries.way_out_of(cast.ana.id, family.household)
    assert known is not None
    assert (known.house, known.judged_by, known.tenure, known.intention) == (
        "destroyed", "CONRED", "no_paper", "relocate",
    )  # fmt: skip
    assert (known.papers, known.settled) == (["deed", "identity"], False)


def test_the_newest_answer_counts_and_the_earlier_ones_stay(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    record(cast, family, solution=Solution.RENT_AID, accepted=False)
    record(cast, family, who=cast.case_worker, **HOUSED)
    known = queries.way_out_of(cast.ana.id, family.household)
    assert known is not None
    assert known.settled
    assert WayOut.objects.count() == 2


def test_a_site_says_how_many_households_have_no_way_out(cast: Cast) -> None:
    housed, offered, gone = (
        receive(cast.ana, cast.a),
        receive(cast.ana, cast.a, (MOTHER,)),
        receive(cast.ana, cast.a, (FATHER,)),
    )
    receive(cast.carla, cast.b)
    record(cast, housed, **HOUSED)
    record(cast, offered, solution=Solution.HOUSE)
    check_out(cast.ana, gone)
    found = queries.outlook(cast.a.site)
    assert (found.households, found.settled, found.without) == (2, 1, 1)
    assert [line.household_id for line in queries.homes_at(cast.ana.id, cast.a.site)] == [
        offered.household,
        housed.household,
    ]


def test_the_head_is_named_but_a_protected_one_to_their_workers_alone(cast: Cast) -> None:
    def head(who: Any) -> str:
        [line] = queries.homes_at(who.id, cast.a.site)
        return line.head

    family = receive(cast.ana, cast.a)
    assert "Marta" in head(cast.ana)
    services.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=family.people["Marta"],
        why="Pidió que nadie sepa que está aquí.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    assert head(cast.ana) == ""
    assert "Marta" in head(cast.case_worker)


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"judged_on": clock.now().date() + timedelta(days=2)}, "sites.judged_later", "judged_on"),
        ({"accepted": True}, "sites.accepted_nothing", "solution"),
        ({"accepted": False}, "sites.accepted_nothing", "solution"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_question(cast: Cast, said: dict[str, Any], code: str, field: str) -> None:
    family = receive(cast.ana, cast.a)
    with pytest.raises(DomainError) as refused:
        record(cast, family, **said)
    assert refused.value.code == code
    assert list(refused.value.fields) == [f"way_out.{field}"]
    assert not WayOut.objects.exists()


def test_a_stranger_learns_and_writes_nothing(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    record(cast, family, **HOUSED)
    assert not access.visible_to(cast.carla.id, WayOut.objects.all()).exists()
    for at in (cast.a, cast.b):
        with pytest.raises(DomainError) as refused:
            record(cast, family, who=cast.carla, at=at, **HOUSED)
        assert refused.value.code == "core.not_found"
    assert WayOut.objects.count() == 1


def test_it_is_recorded_on_a_page_and_shown_on_the_household_s_and_the_site_s(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    browser = sign_in(cast.ana)
    address = f"/sites/{cast.a.id}/households/{family.household}/way-out/"
    form = {
        "op_id": uuid7(), "new_id": uuid7(), "house": "destroyed", "tenure": "deed", "intention": "relocate",
        "solution": "none", "accepted": "yes", "papers": ["deed"],
    }  # fmt: skip
    again = browser.post(address, form)
    assert again.status_code == 200
    assert "Nothing was offered" in again.content.decode() or "No se ofreció nada" in again.content.decode()
    assert browser.post(address, form | {"solution": "house"}).status_code == 302
    shown = browser.get(f"/households/{family.household}/").content.decode()
    assert "vivienda definitiva" in shown
    assert "escritura o prueba de tenencia" in shown
    assert "vivienda definitiva" in browser.get(f"/sites/{cast.a.id}/ways-out/").content.decode()
    assert "0 grupos familiares todavía no tienen salida" in browser.get(f"/sites/{cast.a.id}/").content.decode()
