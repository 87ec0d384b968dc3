"""The print of a batch: read back by a scanner, telling nothing, made once."""

import re
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
import zxingcpp
from django.test import Client

from cobijo.algorithms import cards
from cobijo.core.ids import uuid7
from cobijo.core.printing import PrintError
from cobijo.people import queries
from cobijo.people.cards import prints
from cobijo.people.cards.models import Card, CardBatch
from cobijo.people.cards.types import CardKind, CardState
from cobijo.people.models import Household
from cobijo.people.tests.conftest import persons
from tests.cast import Cast, sign_in

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


def pages_of(pdf: bytes) -> list[Any]:
    """The pages of a print."""
    return list(pypdfium2.PdfDocument(pdf))  # type: ignore[no-untyped-call]


def codes_on(pdf: bytes) -> dict[str, list[str]]:
    """What a scanner reads from each page of a print, by kind of code."""
    found: dict[str, list[str]] = {"QR Code": [], "Code 128": []}
    for page in pages_of(pdf):
        picture = page.render(scale=2.5).to_pil()
        for one in zxingcpp.read_barcodes(picture):
            found[str(one.format)].append(one.text)
    return found


def words_on(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages_of(pdf))


@pytest.mark.parametrize("kind", CardKind)
@pytest.mark.parametrize("layout", prints.Layout)
def test_every_code_on_the_print_is_read_back(cast: Cast, beto: Client, kind: CardKind, layout: prints.Layout) -> None:
    given = ids() | {"unit": str(cast.a.id), "kind": kind, "count": "4", "layout": layout}
    answer = beto.post("/cards/print/", given)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith("attachment")
    found = codes_on(answer.content)
    numbers = {cards.barcode(card.number) for card in Card.objects.all()}
    assert len(found["QR Code"]) == len(numbers) == 4
    assert set(found["Code 128"]) == numbers
    assert {queries.scan(cast.ana.id, text).state for text in found["QR Code"]} == {CardState.PRINTED}


def test_nothing_on_a_card_tells_of_whom_where_or_when(cast: Cast, beto: Client) -> None:
    given = ids() | {"unit": str(cast.a.id), "kind": "card", "count": "10", "layout": "sheet"}
    pdf = beto.post("/cards/print/", given).content
    said = "".join(words_on(pdf).split())
    for card in Card.objects.all():
        assert cards.spoken(card.number) in said
        said = said.replace(cards.spoken(card.number), "")
    assert said == ""
    assert not re.search(rb"/CreationDate|/ModDate", pdf)
    for word in (b"Municipal", b"Volc", b"Coordinadora", b"Beto"):
        assert word not in pdf


def test_a_file_is_made_once(cast: Cast, beto: Client) -> None:
    given = ids() | {"unit": str(cast.a.id), "kind": "card", "count": "3", "layout": "sheet"}
    assert beto.post("/cards/print/", given).content.startswith(b"%PDF")
    again = beto.post("/cards/print/", given, follow=True)
    assert "una sola vez" in again.content.decode()
    assert CardBatch.objects.count() == 1


def test_a_print_that_fails_withdraws_its_batch(cast: Cast, beto: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> bytes:
        raise PrintError("no paper")

    monkeypatch.setattr(prints, "pdf", fails)
    given = ids() | {"unit": str(cast.a.id), "kind": "card", "count": "3", "layout": "sheet"}
    said = beto.post("/cards/print/", given, follow=True).content.decode()
    assert "el lote queda anulado" in said
    assert CardBatch.objects.get().voided_at is not None
