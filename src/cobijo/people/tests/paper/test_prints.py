"""The print of forms: read back by a scanner, one sheet each whatever is on it, neutral and legible."""

from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.utils import translation

from cobijo.accounts.models import Unit
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose
from cobijo.people import services as people
from cobijo.people.paper import keys, numbers, prints
from cobijo.people.paper.models import PaperForm
from cobijo.people.paper.types import FormLanguage
from cobijo.people.tests.cards.test_cards import printed
from cobijo.people.tests.paper.test_forms import forms
from cobijo.people.types import Basis
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


def pages_of(pdf: bytes) -> list[Any]:
    return list(pypdfium2.PdfDocument(pdf))  # type: ignore[no-untyped-call]


def words_on(page: Any) -> str:
    return str(page.get_textpage().get_text_bounded())


def test_each_form_is_one_sheet_with_its_number_its_bars_and_its_card(cast: Cast) -> None:
    cards, made = printed(cast.beto, cast.a.id, 2)
    batch = forms(cast.beto, cast.a.id, 2, card_batch_id=cards.id)
    pages = pages_of(prints.pdf(batch))
    assert len(pages) == 4
    for form, front, back in zip(batch.forms.order_by("number"), pages[::2], pages[1::2], strict=True):
        read = {one.text for one in zxingcpp.read_barcodes(front.render(scale=2.5).to_pil())}
        assert read == {numbers.barcode(form.number)}
        assert form.card is not None
        assert form.spoken in words_on(front)
        assert form.card.spoken in words_on(front)
        assert form.spoken in words_on(back)
    assert len(made) == 2


@pytest.mark.parametrize("language", FormLanguage)
def test_the_longest_words_stay_on_one_sheet(cast: Cast, language: FormLanguage) -> None:
    Unit.objects.filter(pk=cast.a.id).update(name="Escuela Oficial Rural Mixta de la Comunidad " * 4)
    for purpose in Purpose:
        people.set_basis(
            act(cast.administrator),
            basis_id=uuid7(),
            unit_id=cast.response.pk,
            purpose=purpose,
            basis=Basis.CONSENT,
            said_aloud={str(language): "Responsabilidades extraordinariamente largas. " * 43},
        )
    batch = forms(cast.beto, cast.a.id, 1, language=language)
    batch.refresh_from_db()
    pages = pages_of(prints.pdf(batch))
    assert len(pages) == 2
    assert "extraordinariamente" in words_on(pages[1])
    with translation.override(language):
        for right in prints._rights():
            assert right.split()[-1] in words_on(pages[1])


@pytest.mark.parametrize("language", FormLanguage)
def test_every_letter_is_explained_at_the_foot_and_means_one_thing(cast: Cast, language: FormLanguage) -> None:
    batch = forms(cast.beto, cast.a.id, 1, language=language)
    front = words_on(pages_of(prints.pdf(batch))[0])
    for table in keys.TABLES.values():
        letters = table[language]
        assert len({letter.casefold() for letter in letters}) == len(letters)
        assert len(set(letters.values())) == len(letters)
    for letter in (*keys.KINSHIP[language], *keys.NEEDS[language]):
        assert letter in front


def test_the_words_said_aloud_in_the_response_stand_on_the_back(cast: Cast) -> None:
    people.set_basis(
        act(cast.administrator),
        basis_id=uuid7(),
        unit_id=cast.response.pk,
        purpose=Purpose.SHELTER,
        basis=Basis.VITAL,
        said_aloud={"es": "Para darle cupo y comida.", "kek": "Re xk’eeb’al."},
    )
    batch = forms(cast.beto, cast.a.id, 1)
    back = words_on(pages_of(prints.pdf(batch))[1])
    assert "Para darle cupo y comida." in back
    assert "interés vital" in back
    assert cast.controller.name in back


def test_nothing_on_a_form_is_smaller_than_candle_light_allows_and_nothing_is_grey(cast: Cast) -> None:
    pages = pages_of(prints.pdf(forms(cast.beto, cast.a.id, 1)))
    picture = pages[0].render(scale=1, may_draw_forms=False, no_smoothtext=True, no_smoothpath=True).to_pil()
    colours = picture.convert("RGB").getcolors(1_000_000)
    assert {colour for _count, colour in colours} <= {(0, 0, 0), (255, 255, 255)}


def test_fifty_forms_are_printed_again_alike(cast: Cast, signed_in: Any) -> None:
    batch = forms(cast.beto, cast.a.id, 50)
    browser: Client = signed_in(cast.ana)
    first = browser.get(f"/paper/batches/{batch.id}/forms.pdf")
    assert first["Content-Type"] == "application/pdf"
    assert len(pages_of(first.content)) == 100
    assert browser.get(f"/paper/batches/{batch.id}/forms.pdf").content == first.content
    assert PaperForm.objects.count() == 50
