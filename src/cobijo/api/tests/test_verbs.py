"""The only writing: a verb by its name, done once, refused with its code, held when it comes too late."""

from datetime import timedelta
from uuid import UUID

import pytest

from cobijo.accounts.models import Account, Organisation
from cobijo.api.tests.asking import Asker, organisation, problem, token_of
from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LONG_BEFORE = timedelta(hours=5)


def test_a_verb_is_done_and_says_what_it_made(cast: Cast) -> None:
    op_id, arguments = uuid7(), organisation()
    answer = Asker(cast.administrator).call("accounts.create_organisation", arguments, op_id=op_id)
    assert answer.status_code == 200, answer.content
    assert answer.json() == {
        "op_id": str(op_id),
        "status": "applied",
        "repeated": False,
        "result": {"kind": "accounts.organisation", "id": arguments["organisation_id"], "url": None},
        "flags": [],
    }
    assert Organisation.objects.get(pk=arguments["organisation_id"]).name == "Alcaldía"


def test_the_door_is_the_desk_for_a_cookie_and_the_api_for_a_token(cast: Cast) -> None:
    for asker, door in ((Asker(cast.administrator), "desk"), (Asker(token=token_of(cast.administrator)), "api")):
        op_id = uuid7()
        assert asker.call("accounts.create_organisation", organisation(), op_id=op_id).status_code == 200
        assert Intent.objects.get(op_id=op_id).door == door


def test_the_same_operation_sent_again_is_answered_alike_and_done_once(cast: Cast) -> None:
    felix, op_id, arguments = Asker(cast.administrator), uuid7(), organisation()
    first = felix.call("accounts.create_organisation", arguments, op_id=op_id).json()
    again = felix.call("accounts.create_organisation", arguments, op_id=op_id).json()
    assert again == first | {"repeated": True}
    assert Intent.objects.filter(op_id=op_id).count() == 1


def test_an_op_id_with_other_content_or_of_somebody_else_is_refused(cast: Cast) -> None:
    felix, op_id = Asker(cast.administrator), uuid7()
    felix.call("accounts.create_organisation", organisation(), op_id=op_id)
    other = felix.call("accounts.create_organisation", organisation(), op_id=op_id)
    assert problem(other) == (409, "core.op_reused")
    theirs = Asker(cast.ana).call("accounts.choose_language", {"language": "en"}, op_id=op_id)
    assert problem(theirs) == (409, "core.op_reused")


def test_an_operation_needs_a_fresh_id_of_its_own(cast: Cast) -> None:
    old = UUID("0163c8f0-5a00-7c3e-9b1a-2f6d8e4a1b5c")
    for op_id in (old, UUID("a4f1a9a5-7d0e-4c1e-8c5e-1d2f3a4b5c6d")):
        answer = Asker(cast.administrator).call("accounts.create_organisation", organisation(), op_id=op_id)
        assert problem(answer) == (422, "core.id_refused")
        assert list(answer.json()["fields"]) == ["op_id"]


def test_arguments_that_do_not_fit_are_named_one_by_one(cast: Cast) -> None:
    bad = organisation(country="Guatemala", shoe_size=43)
    bad.pop("contact")
    op_id = uuid7()
    answer = Asker(cast.administrator).call("accounts.create_organisation", bad, op_id=op_id)
    assert problem(answer) == (422, "core.bad_arguments")
    assert set(answer.json()["fields"]) == {"country", "shoe_size", "contact"}
    assert answer.json()["instance"] == f"urn:uuid:{op_id}"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"happened_at": "2018-10-29T18:00:00"}, "happened_at"),
        ({"happened_at": "0001-01-01T00:00:00+14:00"}, "happened_at"),
        ({"happened_at": 12}, "happened_at"),
        ({"amends": "no"}, "amends"),
        ({"arguments": [1]}, "arguments"),
        ({"actor": str(uuid7())}, "actor"),
        ({"op_id": None}, "op_id"),
    ],
)
def test_the_envelope_of_a_call_is_checked(cast: Cast, change: dict[str, object], field: str) -> None:
    answer = Asker(cast.administrator).call("accounts.create_organisation", organisation(), **change)
    assert problem(answer) == (422, "core.bad_arguments")
    assert list(answer.json()["fields"]) == [field]


def test_what_happened_before_is_recorded_as_of_then(cast: Cast) -> None:
    op_id, then = uuid7(), clock.now() - LONG_BEFORE
    answer = Asker(cast.administrator).call(
        "accounts.create_organisation", organisation(), op_id=op_id, happened_at=then.isoformat()
    )
    assert answer.status_code == 200
    assert Intent.objects.get(op_id=op_id).happened_at == then


def test_what_has_not_happened_yet_is_refused(cast: Cast) -> None:
    ahead = (clock.now() + LONG_BEFORE).isoformat()
    answer = Asker(cast.administrator).call("accounts.create_organisation", organisation(), happened_at=ahead)
    assert problem(answer) == (422, "core.future")


def test_a_verb_nobody_knows_is_not_found(cast: Cast) -> None:
    assert problem(Asker(cast.ana).call("sites.evaporate", {})) == (404, "core.unknown_verb")


def test_a_verb_of_the_command_line_is_not_done_from_here(cast: Cast) -> None:
    area = {"area_id": str(uuid7()), "parent_id": None, "name": "Alotenango", "country": "GT"}
    assert problem(Asker(cast.administrator).call("core.put_area", {"area": area})) == (403, "core.not_this_door")


def test_a_role_that_does_not_include_it_is_refused(cast: Cast) -> None:
    assert problem(Asker(cast.ana).call("accounts.create_organisation", organisation())) == (403, "core.not_allowed")


# --- held ------------------------------------------------------------------------------------------------------------


def hold(cast: Cast) -> tuple[Asker, UUID]:
    """Félix closes an account twice, the second time with a call that was long on its way."""
    felix, op_id = Asker(cast.administrator), uuid7()
    closing = {"account_id": str(cast.ana.id)}
    assert felix.call("accounts.close_account", closing).status_code == 200
    late = (clock.now() - LONG_BEFORE).isoformat()
    answer = felix.call("accounts.close_account", closing, op_id=op_id, happened_at=late)
    assert answer.status_code == 202, answer.content
    return felix, op_id


def test_a_late_decision_in_conflict_is_held_with_its_reason(cast: Cast) -> None:
    felix, op_id = hold(cast)
    late = felix.get("/held").json()["items"]
    assert [(entry["op_id"], entry["verb"], entry["mine"]) for entry in late] == [
        (str(op_id), "accounts.close_account", True)
    ]
    assert late[0]["reason"]["code"] == "accounts.already_closed"
    assert late[0]["arguments"] == {"account_id": str(cast.ana.id)}


def test_a_held_operation_is_listed_to_nobody_else(cast: Cast) -> None:
    hold(cast)
    assert Asker(cast.carla).get("/held").json() == {"items": [], "next": None}


def test_a_held_operation_is_amended_by_another(cast: Cast) -> None:
    felix, op_id = hold(cast)
    instead = {"account_id": str(cast.carla.id)}
    assert felix.call("accounts.close_account", instead, amends=op_id).status_code == 200
    assert felix.get("/held").json()["items"] == []
    assert not Account.objects.get(pk=cast.carla.id).is_active


def test_another_act_does_not_take_its_place(cast: Cast) -> None:
    felix, op_id = hold(cast)
    assert problem(felix.call("accounts.choose_language", {"language": "en"}, amends=op_id)) == (409, "core.not_held")
    assert len(felix.get("/held").json()["items"]) == 1
    assert Account.objects.get(pk=cast.administrator.id).language == "es"


def test_nobody_settles_what_somebody_else_holds(cast: Cast) -> None:
    felix, op_id = hold(cast)
    stranger = Asker(cast.carla)
    for other in (op_id, uuid7()):
        answer = stranger.call("accounts.choose_language", {"language": "en"}, amends=other)
        assert problem(answer) == (409, "core.not_held")
    assert len(felix.get("/held").json()["items"]) == 1
