"""Opening a response, setting up sites, opening and closing them."""

from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.models import Reach, Unit
from cobijo.core import clock, operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act, Door
from cobijo.sites import services
from cobijo.sites.access import visible_to
from cobijo.sites.models import Response, Site, SiteAlias, SiteGroup
from cobijo.sites.rules.coming import status_at
from cobijo.sites.tests.shelter import ago, check_out, receive
from cobijo.sites.tests.test_pages import browser_of, page, post
from cobijo.sites.types import ResponseIn, SiteIn, SiteKind, SiteStatus
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db

SCHOOL = SiteIn(
    name="Escuela Tipo Federación",
    kind=SiteKind.SCHOOL,
    official=True,
    place="zona 1, Escuintla",
    latitude=Decimal("14.30500"),
    longitude=Decimal("-90.78500"),
    aliases=["José Martí", "Tipo Federación"],
    give_back_on=date(2019, 1, 14),
    hours="De 6 a 20 horas",
    rules="No se permite fumar.",
    complaints="Teléfono 1555",
)


def operator() -> Act:
    return operations.act_of(COMMAND_LINE, Door.COMMAND)


def test_a_response_has_a_unit_a_zone_and_who_answers_for_the_data(cast: Cast) -> None:
    given = ResponseIn(
        name="Caravana 2018",
        country="HN",
        zone="America/Tegucigalpa",
        started_on=date(2018, 10, 13),
        controller_id=cast.controller.id,
        at_closing="Se borran los nombres después de noventa días.",
    )
    opened = services.open_response(operator(), response_id=uuid7(), response=given)
    assert (opened.unit.name, opened.unit.kind, opened.controller_id) == (
        "Caravana 2018",
        "response",
        cast.controller.id,
    )
    assert Reach.objects.filter(above=opened.pk, below=opened.pk).exists()


def test_only_the_operator_opens_a_response_at_the_top(cast: Cast) -> None:
    given = ResponseIn(
        name="X",
        country="HN",
        zone="America/Tegucigalpa",
        started_on=date(2018, 10, 13),
        controller_id=cast.controller.id,
    )
    with pytest.raises(DomainError) as refused:
        services.open_response(act(cast.administrator), response_id=uuid7(), response=given)
    assert refused.value.code == "core.not_allowed"
    assert Response.objects.count() == 1


def test_a_response_closes_once_when_none_of_its_sites_is_open(cast: Cast) -> None:
    felix = cast.administrator
    with pytest.raises(DomainError) as refused:
        services.close_response(act(felix), response_id=cast.response.pk)
    assert (refused.value.code, refused.value.params) == ("sites.sites_still_open", {"sites": 2})
    for site, manager in ((cast.a, cast.beto), (cast.b, cast.carla)):
        services.set_status(
            act(manager), status_id=uuid7(), site_id=site.id, status=SiteStatus.CLOSED, why="Volvieron las clases."
        )
    closed = services.close_response(act(felix), response_id=cast.response.pk)
    assert closed.closed_on == clock.today(ZoneInfo(closed.zone))
    with pytest.raises(DomainError) as refused:
        services.close_response(act(felix), response_id=cast.response.pk)
    assert refused.value.code == "sites.response_closed"


def test_who_runs_a_response_closes_it_on_its_page(cast: Cast) -> None:
    felix, response = cast.administrator, cast.response.pk
    assert "2 sites are still open" in page(felix, "close-response", response)
    post(felix, "close-response", response, status=200)
    for site, manager in ((cast.a, cast.beto), (cast.b, cast.carla)):
        services.set_status(act(manager), status_id=uuid7(), site_id=site.id, status=SiteStatus.CLOSED)
    assert "time limits run" in page(felix, "close-response", response)
    post(felix, "close-response", response)
    assert Response.objects.get(pk=response).closed_on is not None
    assert browser_of(cast.beto).get(f"/sites/responses/{response}/close/").status_code in (403, 404)


def test_a_zone_that_does_not_exist_is_refused(cast: Cast) -> None:
    given = ResponseIn(
        name="X", country="GT", zone="America/Escuintla", started_on=date(2018, 6, 3), controller_id=cast.controller.id
    )
    with pytest.raises(DomainError) as refused:
        services.open_response(operator(), response_id=uuid7(), response=given)
    assert refused.value.code == "sites.unknown_zone"
    assert "America/Guatemala" in refused.value.sentence


def add(cast: Cast, site: SiteIn = SCHOOL, parent: Unit | None = None) -> Site:
    return services.add_site(
        act(cast.administrator),
        site_id=uuid7(),
        response_id=cast.response.pk,
        site=site,
        parent_id=parent.id if parent else None,
    )


def test_a_site_begins_as_planned_in_the_response_s_zone_under_all_its_names(cast: Cast) -> None:
    school = add(cast, parent=cast.area)
    assert (school.zone, school.unit.parent_id) == ("America/Guatemala", cast.area.id)
    assert status_at(school.pk, ago(0)) is SiteStatus.PLANNED
    assert school.door_words["complaints"] == "Teléfono 1555"
    folded = set(SiteAlias.objects.filter(site=school).values_list("folded", flat=True))
    assert folded == {"escuela tipo federacion", "jose marti", "tipo federacion"}
    assert Reach.objects.filter(above=cast.response.pk, below=school.pk).exists()


def test_each_site_has_its_own_code(cast: Cast) -> None:
    codes = {add(cast).code, add(cast).code}
    assert len(codes) == 2


def test_a_site_is_corrected_name_and_aliases_too(cast: Cast) -> None:
    school = add(cast)
    services.change_site(
        act(cast.administrator), site_id=school.pk, site=SiteIn(name="Escuela José Martí", kind=SiteKind.SCHOOL)
    )
    school = Site.objects.get(pk=school.pk)
    assert (school.unit.name, school.give_back_on) == ("Escuela José Martí", None)
    assert SiteAlias.objects.get(site=school).folded == "escuela jose marti"


def test_half_a_point_and_a_strange_place_in_the_tree_are_refused(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        add(cast, SiteIn(name="X", kind=SiteKind.HALL, latitude=Decimal("14.3")))
    assert refused.value.code == "sites.half_a_point"
    other = Unit.objects.create(kind="response", name="Otra")
    Reach.objects.create(above=other, below=other)
    with pytest.raises(DomainError) as refused:
        services.add_site(operator(), site_id=uuid7(), response_id=cast.response.pk, site=SCHOOL, parent_id=other.id)
    assert refused.value.code == "sites.other_response"


def test_a_site_with_people_in_is_not_closed_and_says_how_many(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    with pytest.raises(DomainError) as refused:
        services.set_status(act(cast.beto), status_id=uuid7(), site_id=cast.a.id, status=SiteStatus.CLOSED)
    assert refused.value.code == "sites.still_people_in"
    assert refused.value.params["people"] == 4
    check_out(cast.ana, family)
    services.set_status(act(cast.beto), status_id=uuid7(), site_id=cast.a.id, status=SiteStatus.CLOSED)
    assert status_at(cast.a.id, ago(-0.01)) is SiteStatus.CLOSED


def test_a_status_it_has_already_is_refused(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        services.set_status(act(cast.beto), status_id=uuid7(), site_id=cast.a.id, status=SiteStatus.OPEN)
    assert refused.value.code == "sites.same_status"


def test_who_manages_another_site_does_not_set_this_one_up(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        services.change_site(act(cast.carla), site_id=cast.a.id, site=SCHOOL)
    assert refused.value.code == "core.not_found"
    with pytest.raises(DomainError) as refused:
        services.set_status(act(cast.carla), status_id=uuid7(), site_id=cast.a.id, status=SiteStatus.CLOSED)
    assert refused.value.code == "core.not_found"


def test_a_group_of_sites_is_named_and_changed(cast: Cast) -> None:
    group_id = uuid7()
    given: dict[str, Any] = {"group_id": group_id, "response_id": cast.response.pk, "complete": False}
    services.group_sites(act(cast.administrator), name="Albergues", site_ids=[cast.a.id, cast.b.id], **given)
    services.group_sites(act(cast.administrator), name="Albergues de Escuintla", site_ids=[cast.b.id], **given)
    group = SiteGroup.objects.get(pk=group_id)
    assert (group.name, [site.pk for site in group.sites.all()]) == ("Albergues de Escuintla", [cast.b.id])


def test_who_groups_sites_sees_the_group_and_none_of_their_figures(cast: Cast) -> None:
    services.group_sites(
        act(cast.administrator),
        group_id=uuid7(),
        response_id=cast.response.pk,
        name="Todos",
        site_ids=[cast.a.id, cast.b.id],
        complete=True,
    )
    assert visible_to(cast.administrator.id, SiteGroup.objects.all()).count() == 1
    assert visible_to(cast.diego.id, SiteGroup.objects.all()).count() == 1
    assert not visible_to(cast.auditor.id, SiteGroup.objects.all()).exists()
