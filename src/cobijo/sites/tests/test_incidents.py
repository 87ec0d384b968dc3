"""Incidents: facts that stand sealed, confidential ones for few, seen to by somebody, closed with what came of it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from cobijo.core import keys
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent
from cobijo.sites import services
from cobijo.sites.access import visible_to
from cobijo.sites.incidents.models import Incident, Involved
from cobijo.sites.incidents.queries import incident_for, incidents_of
from cobijo.sites.incidents.types import FollowIn, IncidentIn, IncidentKind, Seriousness, Told
from cobijo.sites.tests.shelter import receive
from cobijo.sites.tests.test_upkeep import put
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db
FACTS = "Se reventó la tubería junto al salón."


def code_of(call: Callable[[], Any]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def happened(cast: Cast, people: list[UUID] | None = None, who: Any = None, **given: Any) -> Incident:
    said: dict[str, Any] = {"kind": IncidentKind.UTILITIES, "seriousness": Seriousness.SERIOUS, "facts": FACTS} | given
    return services.record_incident(
        act(who or cast.ana), incident_id=uuid7(), site_id=cast.a.id, incident=IncidentIn(**said), people=people
    )


def seen_by(cast: Cast, who: Any) -> set[UUID]:
    return set(visible_to(who.id, Incident.objects.all()).values_list("pk", flat=True))


def test_what_happened_is_opened_for_the_team_and_stands_sealed(cast: Cast) -> None:
    made = happened(cast, told=[Told.MUNICIPALITY], place="junto al salón")
    full = incident_for(cast.beto.id, made.pk)
    assert (full.facts, full.place, full.told[0]) == (FACTS, "junto al salón", str(Told.MUNICIPALITY.label))
    assert b"tuber" not in bytes(Incident.objects.get().sealed)
    assert "tuber" not in Intent.objects.get(verb="sites.record_incident").arguments
    other = happened(cast)
    other.sealed = made.sealed
    other.save()
    with pytest.raises(keys.Unopened):
        incident_for(cast.beto.id, other.pk)


def test_a_confidential_one_is_for_who_manages_works_on_cases_wrote_it_or_has_it_in_hand(cast: Cast) -> None:
    open_one, secret = happened(cast, who=cast.beto), happened(cast, who=cast.beto, confidential=True)
    assert seen_by(cast, cast.ana) == {open_one.pk}
    assert seen_by(cast, cast.beto) == seen_by(cast, cast.case_worker) == {open_one.pk, secret.pk}
    assert seen_by(cast, cast.diego) == seen_by(cast, cast.carla) == seen_by(cast, cast.administrator) == set()
    services.follow_incident(act(cast.beto), incident_id=secret.pk, follow=FollowIn(owner_id=cast.ana.id))
    assert seen_by(cast, cast.ana) == {open_one.pk, secret.pk}
    written = happened(cast, confidential=True)
    assert written.pk in seen_by(cast, cast.ana)


def test_a_task_from_a_confidential_incident_is_seen_by_no_more_than_the_incident(cast: Cast) -> None:
    secret = happened(cast, who=cast.beto, confidential=True)
    task = put(cast, incident_id=secret.pk)
    assert visible_to(cast.beto.id, type(task).objects.all()).count() == 1
    assert visible_to(cast.ana.id, type(task).objects.all()).count() == 0


def test_it_is_seen_to_and_closed_with_what_came_of_it(cast: Cast) -> None:
    made = happened(cast)
    follow: dict[str, Any] = {"owner_id": cast.ana.id, "due_on": date(2030, 1, 1)}
    services.follow_incident(act(cast.beto), incident_id=made.pk, follow=FollowIn(**follow))
    closing = FollowIn(closed=True, **follow)
    assert code_of(lambda: services.follow_incident(act(cast.ana), incident_id=made.pk, follow=closing)) == (
        "sites.say_outcome"
    )
    closing = FollowIn(closed=True, outcome="Tubería cambiada.", lesson="Llave de paso a la vista.", **follow)
    services.follow_incident(act(cast.ana), incident_id=made.pk, follow=closing)
    assert incidents_of(cast.beto.id, cast.a.id)[0] == []
    assert incident_for(cast.beto.id, made.pk).outcome == "Tubería cambiada."
    assert code_of(lambda: services.follow_incident(act(cast.ana), incident_id=made.pk, follow=closing)) == (
        "sites.incident_closed"
    )


def test_the_gravest_stands_first(cast: Cast) -> None:
    light, grave = happened(cast, seriousness=Seriousness.LIGHT), happened(cast, seriousness=Seriousness.GRAVE)
    assert incidents_of(cast.beto.id, cast.a.id)[0] == [grave, light]


def test_people_are_named_only_if_one_may_see_them_and_each_once(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    marta = family.people["Marta"]
    made = happened(cast, people=[marta])
    assert [one.id for one in incident_for(cast.beto.id, made.pk).people] == [marta]
    assert code_of(lambda: happened(cast, people=[marta, marta])) == "sites.involved_twice"
    assert code_of(lambda: happened(cast, people=[uuid7()])) == "core.not_found"
    services_of = Involved.objects.get()
    assert services_of.person_id == marta


def test_who_may(cast: Cast) -> None:
    made = happened(cast)
    follow: dict[str, Any] = {"incident_id": made.pk, "follow": FollowIn()}
    assert code_of(lambda: services.follow_incident(act(cast.ana), **follow)) == "core.not_allowed"
    assert code_of(lambda: services.follow_incident(act(cast.carla), **follow)) == "core.not_found"
    assert code_of(lambda: happened(cast, who=cast.diego)) == "core.not_allowed"
    assert code_of(lambda: happened(cast, who=cast.outsider)) == "core.not_found"
