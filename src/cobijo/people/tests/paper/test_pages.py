"""The pages of forms and of what a household says, as a browser sees them."""

from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries

from cobijo.accounts.models import Reading
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.people.models import Household, Person
from cobijo.people.paper.models import PaperBatch, PaperForm
from cobijo.people.paper.types import FormLanguage
from cobijo.people.said.models import Collector, HouseholdSaid
from cobijo.people.tests.cards.test_cards import printed
from cobijo.people.tests.conftest import member, persons
from cobijo.people.tests.paper.test_forms import forms
from cobijo.people.types import BirthIn, Feeding
from tests.cast import Cast, act, sign_in

pytestmark = pytest.mark.django_db


def ids() -> dict[str, str]:
    """The hidden ids a form carries."""
    return {"op_id": str(uuid7()), "new_id": str(uuid7())}


@pytest.fixture
def ana(cast: Cast) -> Client:
    return sign_in(cast.ana)


@pytest.fixture
def beto(cast: Cast) -> Client:
    return sign_in(cast.beto)


@pytest.fixture
def maria(home: Household) -> UUID:
    return persons(home)["María José"]


# --- forms -----------------------------------------------------------------------------------------------------------


def test_forms_are_printed_with_their_cards_and_their_file_is_given_as_often_as_wanted(
    cast: Cast, beto: Client
) -> None:
    cards, _made = printed(cast.beto, cast.a.id, 3)
    given = ids() | {"unit": str(cast.a.id), "count": "3", "language": "en", "cards": str(cards.id)}
    page = beto.post("/paper/print/", given, follow=True).content.decode()
    batch = PaperBatch.objects.get()
    assert (batch.language, batch.card_batch_id) == (FormLanguage.ENGLISH, cards.id)
    for form in batch.forms.select_related("card"):
        assert form.spoken in page
        assert form.card is not None
        assert form.card.spoken in page
    for _again in range(2):
        answer = beto.get(f"/paper/batches/{batch.id}/forms.pdf")
        assert answer.content.startswith(b"%PDF")
        assert "no-store" in answer["Cache-Control"]
    one = batch.forms.order_by("number")[0]
    assert beto.get(f"/paper/forms/{one.id}/form.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize("count", ["0", "201", "3.5", "-1", "NaN", ""])
def test_a_number_that_cannot_be_is_said_beside_the_question(cast: Cast, beto: Client, count: str) -> None:
    given = ids() | {"unit": str(cast.a.id), "count": count, "language": "es", "cards": ""}
    answer = beto.post("/paper/print/", given)
    assert answer.status_code == 200
    assert "wrong" in answer.content.decode()
    assert not PaperBatch.objects.exists()


def test_too_few_cards_are_said_beside_the_cards(cast: Cast, beto: Client) -> None:
    cards, _made = printed(cast.beto, cast.a.id, 2)
    given = ids() | {"unit": str(cast.a.id), "count": "5", "language": "es", "cards": str(cards.id)}
    said = beto.post("/paper/print/", given).content.decode()
    assert "solo 2 están libres" in said
    assert not PaperBatch.objects.exists()


def test_a_form_is_put_away_and_a_batch_withdrawn(cast: Cast, ana: Client, beto: Client) -> None:
    batch = forms(cast.beto, cast.a.id, 2)
    one = batch.forms.order_by("number")[0]
    said = ana.post(f"/paper/forms/{one.id}/end/", ids() | {"reason": "lost"}, follow=True).content.decode()
    assert "perdida" in said
    assert PaperForm.objects.get(pk=one.pk).ended_at is not None
    beto.post(f"/paper/batches/{batch.id}/void/")
    assert "ninguna de estas fichas se digita ya" in beto.get(f"/paper/batches/{batch.id}/").content.decode()


def test_the_list_of_batches_asks_as_much_for_many_as_for_few(
    cast: Cast, beto: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    forms(cast.beto, cast.a.id, 2)
    beto.get("/paper/")
    with CaptureQueriesContext(connection) as few:
        beto.get("/paper/")
    for _more in range(6):
        forms(cast.beto, cast.a.id, 3)
    with django_assert_num_queries(len(few.captured_queries)):
        beto.get("/paper/")


# --- what a household says -------------------------------------------------------------------------------------------


def test_what_a_household_says_is_written_on_its_page_and_compared(cast: Cast, ana: Client, home: Household) -> None:
    head = persons(home)["María José"]
    page = f"/people/households/{home.id}/said/"
    given = ids() | {"person": str(head), "size": "7", "here": "", "animals": "1", "animals_said": "un perro"}
    said = ana.post(page, given | {"explained": "kek"}, follow=True).content.decode()
    assert "Dijeron 2 personas más" in said
    assert "un perro" in said
    row = HouseholdSaid.objects.get()
    assert (row.size_said, row.here_said, row.informed_by, row.explained_in) == (7, None, "head", "kek")
    refused = ana.post(page, ids() | {"person": str(head), "size": "0"})
    assert "wrong" in refused.content.decode()
    assert HouseholdSaid.objects.count() == 1
    before = Reading.objects.filter(actor=cast.ana.id, record=home.id).count()
    ana.get(page)
    assert Reading.objects.filter(actor=cast.ana.id, record=home.id).count() == before + 1, "opening it is noted"


def test_who_else_may_receive_is_named_and_ended_on_the_page(cast: Cast, ana: Client, home: Household) -> None:
    head = persons(home)["María José"]
    page = f"/people/households/{home.id}/collectors/"
    refused = ana.post(page, ids() | {"person": str(head), "name": "Berta Coy", "card": "C-8C0-ZZ6-Y"})
    assert "Un signo de este número no está bien" in refused.content.decode()
    said = ana.post(page, ids() | {"person": str(head), "name": "Berta Coy"}, follow=True).content.decode()
    assert "Berta Coy" in said
    collector = Collector.objects.get()
    ana.post(f"/people/collectors/{collector.id}/end/")
    assert "Berta Coy" not in ana.get(f"/households/{home.id}/").content.decode()


def test_a_stranger_gets_the_same_page_for_a_household_and_for_none(cast: Cast, home: Household) -> None:
    carla = sign_in(cast.carla)
    for page in ("said", "collectors"):
        known = carla.get(f"/people/households/{home.id}/{page}/")
        none = carla.get(f"/people/households/{uuid7()}/{page}/")
        assert known.status_code == none.status_code == 404


# --- feeding and diet ------------------------------------------------------------------------------------------------


def test_feeding_is_asked_only_of_infants_and_shown_on_their_page(cast: Cast, ana: Client, home: Household) -> None:
    baby = member("Luz", "Chávez", birth=BirthIn(age_months=4))
    people.add_member(act(cast.ana), household_id=home.id, unit_id=cast.a.id, member=baby)
    assert "Qué toma el bebé" in ana.get(f"/people/{baby.person_id}/needs/").content.decode()
    assert "Qué toma el bebé" not in ana.get(f"/people/{persons(home)['Martín']}/needs/").content.decode()
    given = ids() | {"feeding": "formula", "diet": "sin leche de vaca"}
    said = ana.post(f"/people/{baby.person_id}/needs/", given, follow=True).content.decode()
    assert "fórmula" in said
    assert "sin leche de vaca" in said
    assert Person.objects.get(pk=baby.person_id).feeding == Feeding.FORMULA


def test_what_an_infant_took_says_nothing_of_a_child_who_has_turned_one(cast: Cast, ana: Client, maria: UUID) -> None:
    Person.objects.filter(pk=maria).update(feeding=Feeding.BREAST)
    assert "El bebé toma" not in ana.get(f"/people/{maria}/").content.decode()
