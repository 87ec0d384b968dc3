"""The store's book: what came, went, was counted or lost, each with its slip."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from cobijo.accounts.models import Notice
from cobijo.algorithms import codes
from cobijo.assistance import queries, services
from cobijo.assistance.models import StoreMove, StoreSlip
from cobijo.assistance.store import reckon, stock
from cobijo.assistance.tests.bodega import flags, health_worker, slip, storekeeper, write
from cobijo.assistance.types import LineIn, Party, SlipIn
from cobijo.core import clock, operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.operations import Status
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def there(cast: Cast, item: str, variant: str = "") -> int:
    return stock(cast.a.id)[item, variant].there


def test_a_store_keeper_receives_and_gives_and_the_book_says_what_is_left(cast: Cast) -> None:
    oscar = storekeeper(cast)
    received = write("receive_goods", oscar, cast.a, slip(("water", 600), ("blanket", 80), whom="CONRED")).result
    write("give_goods", oscar, cast.a, SlipIn(lines=[LineIn(item="blanket", quantity=30)], party=Party.KITCHEN))
    write("lose_goods", oscar, cast.a, slip(("blanket", 2), note="mojadas"))
    assert (there(cast, "water"), there(cast, "blanket")) == (600, 48)
    assert stock(cast.a.id)["blanket", ""].given == 30
    assert codes.decode(received.code) == received.number
    assert received.whom == "CONRED"


def test_each_slip_has_a_number_of_its_own(cast: Cast) -> None:
    first, second = (write("receive_goods", cast.beto, cast.a, slip(("water", 1))).result for _ in range(2))
    assert first.code != second.code


def test_sizes_are_kept_apart(cast: Cast) -> None:
    write("receive_goods", cast.beto, cast.a, slip(("nappy", 100, "small"), ("nappy", 50, "large"), ("nappy", 7)))
    assert (there(cast, "nappy", "small"), there(cast, "nappy", "large"), there(cast, "nappy")) == (100, 50, 7)


def test_a_count_sets_what_is_there_and_keeps_by_how_much_the_book_was_off(cast: Cast) -> None:
    write("receive_goods", cast.beto, cast.a, slip(("rice", 200)))
    receipt = write("count_store", cast.beto, cast.a, slip(("rice", 180), ("beans", 0)))
    assert there(cast, "rice") == 180
    assert there(cast, "beans") == 0
    rice = StoreMove.objects.get(slip=receipt.result, item="rice")
    assert (rice.book, rice.difference) == (200, -20)
    assert flags(receipt) == ["assistance.count_differs"]


def test_more_than_the_book_has_is_given_all_the_same_and_said(cast: Cast) -> None:
    write("receive_goods", cast.beto, cast.a, slip(("mat", 10)))
    receipt = write("give_goods", cast.beto, cast.a, slip(("mat", 14)))
    assert (receipt.status, flags(receipt)) == (Status.APPLIED, ["assistance.below_nothing"])
    assert there(cast, "mat") == -4


def test_a_slip_that_arrives_after_a_count_changes_nothing_of_it(cast: Cast) -> None:
    write("receive_goods", cast.beto, cast.a, slip(("water", 100)))
    write("count_store", cast.beto, cast.a, slip(("water", 70)))
    late = write("give_goods", cast.beto, cast.a, slip(("water", 30)), happened_at=clock.now() - HOUR)
    assert late.status is Status.APPLIED
    assert "assistance.counted_since" in flags(late)
    assert there(cast, "water") == 70


def test_a_slip_taken_out_leaves_the_book_as_if_it_had_never_been(cast: Cast) -> None:
    kept = write("receive_goods", cast.beto, cast.a, slip(("water", 100))).result
    wrong = write("receive_goods", cast.beto, cast.a, slip(("water", 1_000))).result
    services.void_slip(act(cast.beto), slip_id=wrong.id)
    assert there(cast, "water") == 100
    with pytest.raises(DomainError) as refused:
        services.void_slip(act(cast.beto), slip_id=wrong.id)
    assert refused.value.code == "assistance.slip_void"
    assert StoreSlip.objects.filter(voided_at=None).get() == kept


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (slip(("gold", 1)), "assistance.unknown_item"),
        (slip(("nappy", 1, "girl")), "assistance.unknown_variant"),
        (slip(("water", 1, "small")), "assistance.unknown_variant"),
        (slip(("water", 1), ("water", 2)), "assistance.item_twice"),
        (slip(("water", 0)), "assistance.nothing_of_it"),
        (slip(("other", 3)), "assistance.say_what"),
        (slip(("other", 3), note="   "), "assistance.say_what"),
    ],
)
def test_what_cannot_stand_on_a_slip_is_refused_and_nothing_of_it_kept(cast: Cast, bad: SlipIn, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        write("receive_goods", cast.beto, cast.a, bad)
    assert refused.value.code == code
    assert refused.value.fields
    assert not StoreSlip.objects.exists()


@pytest.mark.parametrize("quantity", [-1, 3.9, "12", None, 10**7, True])
def test_a_quantity_is_a_whole_number_that_is_not_negative(cast: Cast, quantity: Any) -> None:
    arguments = {
        "slip_id": str(uuid7()), "site_id": str(cast.a.id),
        "slip": {"lines": [{"item": "water", "variant": "", "quantity": quantity}], "whom": "", "note": ""},
    }  # fmt: skip
    with pytest.raises(DomainError) as refused:
        operations.submit("assistance.receive_goods", act(cast.beto), arguments)
    assert refused.value.code == "core.bad_arguments"


def test_who_does_not_keep_this_store_writes_nothing_in_it(cast: Cast) -> None:
    for who, code in (
        (cast.ana, "core.not_allowed"),
        (cast.carla, "core.not_found"),
        (cast.outsider, "core.not_found"),
    ):
        with pytest.raises(DomainError) as refused:
            write("receive_goods", who, cast.a, slip(("water", 1)))
        assert refused.value.code == code


def test_formula_bottles_and_teats_are_told_to_health_and_to_the_manager(cast: Cast) -> None:
    irene = health_worker(cast)
    for verb in ("receive_goods", "give_goods"):
        write(verb, storekeeper(cast) if verb == "receive_goods" else cast.beto, cast.a, slip(("bottle", 12)))
    told = Notice.objects.filter(code__startswith="assistance.").values_list("account_id", "code")
    assert set(told) == {
        (who.id, code)
        for who in (irene, cast.beto)
        for code in ("assistance.formula_received", "assistance.formula_given")
    }


def test_other_goods_and_counts_tell_nobody(cast: Cast) -> None:
    health_worker(cast)
    write("receive_goods", cast.beto, cast.a, slip(("nappy", 100, "small")))
    write("count_store", cast.beto, cast.a, slip(("formula_powder", 3)))
    assert not Notice.objects.filter(code__startswith="assistance.").exists()


def test_the_same_slip_sent_twice_is_written_once(cast: Cast) -> None:
    arguments = {
        "slip_id": str(uuid7()), "site_id": str(cast.a.id),
        "slip": {"lines": [{"item": "water", "variant": "", "quantity": 5}], "whom": "", "note": ""},
    }  # fmt: skip
    sent = act(cast.beto)
    first, again = (operations.submit("assistance.receive_goods", sent, arguments) for _ in range(2))
    assert (again.repeated, again.result) == (True, first.result)
    assert there(cast, "water") == 5


# --- laws of the book ------------------------------------------------------------------------------------------------

moves = st.lists(
    st.tuples(st.sampled_from(["received", "given", "lost", "counted"]), st.integers(0, 1_000)), max_size=30
)


@given(moves)
def test_the_book_is_the_last_count_and_what_came_and_went_since(written: list[tuple[str, int]]) -> None:
    start = clock.now()
    book = reckon(("water", "", quantity, kind, start + at * HOUR) for at, (kind, quantity) in enumerate(written))
    last = max((at for at, (kind, _) in enumerate(written) if kind == "counted"), default=-1)
    expected = written[last][1] if last >= 0 else 0
    for kind, quantity in written[last + 1 :]:
        expected += quantity if kind == "received" else -quantity
    assert (book["water", ""].there if written else 0) == expected


@pytest.mark.parametrize("party", [None, Party.HOUSEHOLDS, Party.KITCHEN, Party.COMMITTEE, Party.COMMUNITY])
def test_a_name_stands_on_a_slip_only_for_what_is_no_person(cast: Cast, party: Party | None) -> None:
    written = SlipIn(lines=[LineIn(item="blanket", quantity=3)], party=party, whom="Marta Xicay")
    with pytest.raises(DomainError) as refused:
        write("give_goods", cast.beto, cast.a, written)
    assert refused.value.code == "assistance.name_of_no_person"
    assert not StoreSlip.objects.exists()


def test_a_slip_says_what_they_are_and_the_name_of_an_office(cast: Cast) -> None:
    office = SlipIn(lines=[LineIn(item="water", quantity=3)], party=Party.OFFICE, whom="Municipalidad de Escuintla")
    kitchen = SlipIn(lines=[LineIn(item="water", quantity=1)], party=Party.KITCHEN)
    received = write("receive_goods", cast.beto, cast.a, office).result
    handed = write("give_goods", cast.beto, cast.a, kitchen).result
    with override("en"):
        said = [queries.slip_line(one).whom for one in (received, handed)]
    assert said == ["municipality or other office: Municipalidad de Escuintla", "kitchen"]
