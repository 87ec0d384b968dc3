"""The pages of pairs and merges: a queue that is worked through, what making one does, and taking it back."""

from collections.abc import Callable
from html import unescape
from uuid import UUID

import pytest
from django.test import Client

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.models import Account
from cobijo.core import operations
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from cobijo.people import services as people
from cobijo.people.identity.models import Merge, Pair
from cobijo.people.identity.types import EvidenceIn, MergeState, PairIn, PairState
from cobijo.people.models import Person
from cobijo.people.tests.conftest import member, register
from cobijo.people.types import DocumentIn
from tests.cast import Cast, act

SignIn = Callable[[Account], Client]


def put_forward(cast: Cast, *names: str) -> list[Pair]:
    """Somebody registered twice at A for each name, as the job finds them; the pairs in that order."""
    pairs = []
    for at, name in enumerate(names):
        one, other = member(name, "Sicay"), member(name, "Xicay")
        for each in (one, other):
            register(cast.ana, cast.a.id, [each])
        pairs.append(
            PairIn(
                pair_id=uuid7(),
                first_id=one.person_id,
                second_id=other.person_id,
                probability=990 - at,
                evidence=[EvidenceIn(field="surname", level="one sound", decibits=84)],
            )
        )
    people.queue_pairs(operations.act_of(COMMAND_LINE, Door.COMMAND), pairs=pairs)
    return [Pair.objects.get(pk=one.pair_id) for one in pairs]


@pytest.fixture
def beto(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.beto)


def text(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def judge(browser: Client, **said: str) -> str:
    """Post verdicts by pair; gives the page that follows."""
    form = {"op_id": str(uuid7()), "new_id": str(uuid7())} | said
    answer = browser.post("/people/pairs/", form, follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def confirmed(pairs: list[Pair]) -> dict[str, object]:
    """What the page that shows what making one does sends."""
    found: dict[str, object] = {"pairs": [one.pk.hex for one in pairs]}
    for one in pairs:
        ids = {"op_id": uuid7(), "new_id": uuid7(), "kept": one.first_id, "gone": one.second_id}
        found |= {f"{one.pk.hex}-{name}": str(value) for name, value in ids.items()}
    return found


def test_the_queue_shows_both_side_by_side_with_the_evidence(cast: Cast, beto: Client) -> None:
    put_forward(cast, "José María")
    said = text(beto, "/people/pairs/")
    assert "José María Sicay · José María Xicay" in said
    assert "suenan igual" in said
    assert "+8,4" in said or "+8.4" in said
    assert "difiere" in said


def test_verdicts_of_a_page_are_kept_at_once(cast: Cast, beto: Client) -> None:
    one, two, three = put_forward(cast, "Rosa", "Ixchel", "Tomás")
    judge(beto, **{f"pair_{one.pk.hex}": "different", f"pair_{two.pk.hex}": "unsure"})
    states = [Pair.objects.get(pk=pair.pk).state for pair in (one, two, three)]
    assert states == [PairState.DIFFERENT, PairState.UNSURE, PairState.OPEN]
    assert "Ixchel" in text(beto, "/people/pairs/?state=unsure")
    assert "Ixchel" not in text(beto, "/people/pairs/")


def test_who_is_one_person_is_shown_once_more_and_then_made_one(cast: Cast, beto: Client) -> None:
    one, two = put_forward(cast, "Rosa", "Ixchel")
    said = judge(beto, **{f"pair_{one.pk.hex}": "same", f"pair_{two.pk.hex}": "same"})
    assert not Merge.objects.exists()
    assert "lleva aquí" not in said
    assert said.count("Conservar la otra ficha") == 2
    beto.post("/people/pairs/one/", confirmed([one, two]))
    assert set(Merge.objects.values_list("state", flat=True)) == {MergeState.DONE}
    assert Person.objects.filter(merged_into__isnull=False).count() == 2


def test_the_same_form_sent_twice_makes_one_once(cast: Cast, beto: Client) -> None:
    (pair,) = put_forward(cast, "Rosa")
    form = confirmed([pair])
    first, again = (beto.post("/people/pairs/one/", form) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    assert Merge.objects.count() == 1


def test_a_merge_is_taken_back_from_its_page(cast: Cast, beto: Client) -> None:
    (pair,) = put_forward(cast, "Rosa")
    page = beto.post("/people/pairs/one/", confirmed([pair])).headers["Location"]
    gone = Person.objects.get(pk=pair.second_id)
    assert gone.code in text(beto, page)
    person = text(beto, f"/people/{pair.first_id}/")
    assert gone.code in person
    assert page in person
    answer = beto.get(f"/people/{pair.second_id}/")
    assert answer.headers["Location"] == f"/people/{pair.first_id}/"
    beto.post(f"{page}undo/")
    assert text(beto, f"/people/{pair.second_id}/")
    assert "otra vez dos" in text(beto, page) or Merge.objects.get().state == MergeState.UNDONE


def test_from_two_records_it_is_said_that_they_are_two_people(cast: Cast, beto: Client, signed_in: SignIn) -> None:
    (pair,) = put_forward(cast, "Rosa")
    page = f"/people/{pair.first_id}/same-as/{pair.second_id}/"
    assert signed_in(cast.carla).post(page, {"verdict": "different"}).status_code == 404
    assert Pair.objects.get().state == PairState.OPEN
    beto.post(page, {"verdict": "different"})
    assert Pair.objects.get().state == PairState.DIFFERENT
    assert "Rosa" in text(beto, "/people/pairs/?state=different")
    judge(beto, **{f"pair_{pair.pk.hex}": "unsure"})
    assert Pair.objects.get().state == PairState.UNSURE


def _papers(cast: Cast, *people_of: UUID) -> None:
    for person, number in zip(people_of, ("2412557810501", "1934566780101"), strict=True):
        paper = DocumentIn(document_id=uuid7(), country="GT", kind="dpi", number=number)
        people.add_document(act(cast.ana), person_id=person, document=paper)


def test_contradicting_documents_ask_a_second_person(cast: Cast, beto: Client, signed_in: SignIn) -> None:
    (pair,) = put_forward(cast, "Rosa")
    _papers(cast, pair.first_id, pair.second_id)
    address = f"/people/{pair.first_id}/same-as/{pair.second_id}/"
    assert "Preguntar a otra persona" in text(beto, address)
    both = {"kept": str(pair.first_id), "gone": str(pair.second_id)}
    page = beto.post(address, {"op_id": str(uuid7()), "new_id": str(uuid7()), **both}).headers["Location"]
    assert "approve/" not in text(beto, page)
    elena = signed_in(cast.case_worker)
    assert page in text(elena, "/people/pairs/")
    assert page in text(elena, f"/people/{pair.second_id}/")
    elena.post(f"{page}approve/")
    assert Merge.objects.get().state == MergeState.DONE


def test_which_record_is_kept_can_be_turned_round(cast: Cast, beto: Client) -> None:
    (pair,) = put_forward(cast, "Rosa")
    said = text(beto, f"/people/{pair.second_id}/same-as/{pair.first_id}/")
    assert f"/people/{pair.first_id}/same-as/{pair.second_id}/" in said


def test_an_empty_queue_says_so(beto: Client) -> None:
    assert "que esperen respuesta" in text(beto, "/people/pairs/")
    assert "no es seguro" in text(beto, "/people/pairs/?state=unsure")
    assert "son dos personas" in text(beto, "/people/pairs/?state=different")


def test_words_somebody_wrote_are_words_and_no_markup(cast: Cast, beto: Client) -> None:
    put_forward(cast, "<script>alert(1)</script>")
    assert b"<script>alert" not in beto.get("/people/pairs/").content


def test_answers_for_pairs_that_are_not_ones_own_are_no_answers(cast: Cast, signed_in: SignIn) -> None:
    (pair,) = put_forward(cast, "Rosa")
    judge(signed_in(cast.carla), **{f"pair_{pair.pk.hex}": "different", "pair_zz": "same"})
    assert Pair.objects.get().state == PairState.OPEN
