"""A stack of forms typed in a real browser by the keyboard alone, and nothing typed ever lost."""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Page, Route
from pytest_django.live_server_helper import LiveServer

from cobijo.accounts.models import Account
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.people.cards.models import Card
from cobijo.people.cards.types import CardKind
from cobijo.people.models import Household, Membership, Person, Phone
from cobijo.people.paper.models import PaperForm
from cobijo.people.paper.types import FormLanguage
from cobijo.people.said.models import Collector, HouseholdSaid
from cobijo.sites.models import Stay
from tests.cast import Cast, act, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_KEYS = 1_800
"""For twenty forms of ninety people: in five minutes 360 a minute, a fast typist's."""

Family = tuple[str, str, tuple[tuple[str, ...], ...]]
"""The place, the telephone, and each line: names, kinship (as it is offered to the head), sex, age, needs, feeding."""


class Typing:
    """The screen as one person uses it; counts every key that is pressed."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.keys = 0

    def open(self, who: Account) -> None:
        session = sign_in(who).cookies["sessionid"].value
        self.page.context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])
        self.page.goto(f"{self.url}/paper/typing/")
        self.page.locator("[data-typing][data-ready=yes]").wait_for()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.keys += len(words)

    def number(self, form: str = "") -> None:
        """The number of the form: typed, or taken as it is offered."""
        if form:
            self.type(form)
        self.press("Enter")
        self.page.locator("#area:focus").wait_for()

    def top(self, place: str, phone: str, count: int) -> None:
        """Origin, telephone, how many they are and how many sleep here."""
        if place == "=":
            self.press("=")
        else:
            self.press("Enter")
            self.type(place)
            self.press("Enter")
        self.type(phone)
        self.press("Enter")
        if phone:
            self.press("Enter", "Enter")
        self.type(str(count))
        self.press("Enter")
        self.type(str(count))
        self.press("Enter")

    def line(self, *said: str) -> None:
        names, kinship, sex, age, *more = said
        self.type(names)
        self.press("Tab")
        self.type(kinship + sex + age)
        needs = more[0] if more else ""
        if needs:
            self.press("Tab", "Tab")
            self.type(needs)
        self.press("Enter")
        if len(more) > 1:
            self.type(more[1])
            self.press("Enter")

    def family(self, family: Family) -> None:
        place, phone, lines = family
        self.top(place, phone, len(lines))
        for line in lines:
            self.line(*line)

    def save(self) -> str:
        """Save, and give the household's code as it is shown."""
        before = self.page.locator("[data-part=last]").get_attribute("data-code") or ""
        self.press("Control+Enter")
        self.page.locator(f'[data-part=last][data-code]:not([data-code="{before}"])').wait_for()
        return self.page.locator("[data-part=last]").get_attribute("data-code") or ""

    def says(self, part: str) -> str:
        return self.page.locator(f"[data-part={part}]").first.inner_text()

    def value(self, name: str) -> str:
        return self.page.locator(f"#{name}").input_value()


@pytest.fixture
def typing(page: Page, live_server: LiveServer) -> Typing:
    return Typing(page, live_server.url)


@pytest.fixture
def stack(cast: Cast) -> list[PaperForm]:
    """Twenty-five forms with their cards, as they lie on the table."""
    cards = people.print_cards(act(cast.beto), batch_id=uuid7(), unit_id=cast.a.id, kind=CardKind.CARD, count=25)
    batch = people.print_forms(act(cast.beto), batch_id=uuid7(), unit_id=cast.a.id, count=25, card_batch_id=cards.id)
    return list(batch.forms.order_by("number"))


FIVE: Final[Family] = (
    "Aldea El Rodeo",
    "51234567",
    (
        ("María José Xicay Tzoc", "", "f", "34"),
        ("Juan Tzul Choc", "C", "m", "36"),
        ("Rosa Tzul Xicay", "H", "f", "8", "me"),
        ('Pedro "', "H", "m", "8m", "be", "p"),
        ("Tomasa Choc", "S", "f", "1957", "ca"),
    ),
)


def twenty() -> Iterator[Family]:
    """Families as they come: on average four and a half people, most from the same village, some with a telephone."""
    sizes = (5, 4, 6, 3, 5, 4, 2, 7, 5, 4, 6, 3, 5, 4, 8, 4, 5, 3, 4, 3)
    surnames = ("Xol Caal", "Tzul Choc", "Pop Ic", "Coy Tum", "Sic Ajú", "López Pérez", "Chub Cac", "Morales Ruiz")
    adults = ("María Elena", "José Antonio", "Tomasa", "Candelaria")
    children = ("Rosa", "Pedro", "Juana", "Nery", "Ixchel", "Marcos")
    for at, size in enumerate(sizes):
        name = surnames[at % len(surnames)]
        lines: list[tuple[str, ...]] = [(f"{adults[at % 4]} {name}", "", "f", str(24 + at))]
        if size > 2:
            lines.append((f"Julio {surnames[(at + 3) % 8]}", "C", "m", str(26 + at)))
        lines += [
            (f'{children[child]} "', "H", "fm"[child % 2], str(3 + 2 * child)) for child in range(size - len(lines))
        ]
        if at % 4 == 1:
            lines[-1] = (*lines[-1][:3], "7m", "be", "p")
        yield ("El Rodeo" if at % 5 == 0 else "=", "51234567" if at % 3 == 0 else "", tuple(lines))


def test_a_form_is_typed_in_by_the_keyboard_alone(typing: Typing, ana: Account, stack: list[PaperForm]) -> None:
    typing.open(ana)
    typing.type("")
    typing.page.locator("#filled_by").fill("Lucía Tum")
    typing.page.locator("#form").focus()
    typing.number(stack[0].spoken.replace("-", "").lower())
    assert stack[0].card is not None
    assert stack[0].card.spoken in typing.says("form-says")
    typing.family(FIVE)
    code = typing.save()
    home = Household.objects.get()
    assert home.code == code
    members = {one.person.given_names: one for one in Membership.objects.select_related("person")}
    assert {name: one.kinship for name, one in members.items()} == {
        "María José": "head", "Juan": "spouse", "Rosa": "child", "Pedro": "child", "Tomasa": "in_law",
    }  # fmt: skip
    pedro = members["Pedro"].person
    assert (pedro.name, pedro.feeding, pedro.sex) == ("Pedro Tzul Xicay", "breast", "male")
    assert pedro.needs.get().code == "infant"
    assert members["Rosa"].person.needs.get().code == "medicine"
    assert members["Tomasa"].person.birth_precision == "year"
    assert {one.person.origin_place for one in members.values()} == {"Aldea El Rodeo"}
    said = HouseholdSaid.objects.get()
    assert (said.size_said, said.here_said, said.filled_by, said.informed_by) == (5, 5, "Lucía Tum", "head")
    assert Phone.objects.get().person == members["María José"].person
    assert Stay.objects.filter(household=home, state="in").count() == 5
    assert Card.objects.get(household=home) == stack[0].card
    assert typing.value("form") == stack[1].spoken, "the next number is offered"
    assert typing.value("filled_by") == "Lucía Tum", "the head of the stack stays"


def test_twenty_forms_take_some_twenty_keys_a_person(typing: Typing, ana: Account, stack: list[PaperForm]) -> None:
    typing.open(ana)
    families = list(twenty())
    for at, family in enumerate(families):
        typing.number(stack[0].spoken if at == 0 else "")
        typing.family(family)
        typing.save()
    people_ = sum(len(lines) for _place, _phone, lines in families)
    assert typing.keys <= MOST_KEYS
    assert people_ / len(families) == 4.5
    assert Household.objects.count() == PaperForm.objects.filter(household__isnull=False).count() == 20
    assert Person.objects.count() == Stay.objects.filter(state="in").count() == people_
    assert Card.objects.filter(household__isnull=False).count() == 20
    assert set(Person.objects.values_list("origin_place", flat=True)) == {"El Rodeo"}
    assert "Digitadas aquí: 20" in typing.says("pace")


def test_a_slip_in_the_number_is_said_before_anything_is_typed(
    typing: Typing, ana: Account, stack: list[PaperForm]
) -> None:
    typing.open(ana)
    wrong = stack[0].spoken[:-1] + ("7" if stack[0].spoken[-1] != "7" else "8")
    typing.type(wrong)
    typing.press("Enter")
    typing.page.locator("#form[aria-invalid]").wait_for()
    assert "no está bien" in typing.page.locator(".wrong").inner_text()
    typing.number(stack[0].spoken)
    assert typing.page.locator(".wrong").count() == 0


def test_a_refusal_keeps_all_that_was_typed_and_leads_to_the_box(
    typing: Typing, ana: Account, stack: list[PaperForm]
) -> None:
    typing.open(ana)
    typing.number(stack[0].spoken)
    typing.top("El Rodeo", "", 2)
    typing.line("Rosa Xol", "", "f", "31/2/1990")
    typing.line("Nery Xol", "Z", "", "")
    typing.press("Control+Enter")
    links = typing.page.locator(".summary-wrong a")
    links.first.wait_for()
    assert links.count() == 2
    typing.page.locator("[data-name=age]").first.fill("28")
    typing.page.locator("[data-name=kinship]").nth(1).fill("E")
    typing.page.locator("#phone").fill("no tiene")
    typing.press("Control+Enter")
    typing.page.locator("#phone[aria-invalid]").wait_for()
    assert not Person.objects.exists()
    assert typing.page.locator("[data-name=names]").first.input_value() == "Rosa Xol"
    typing.page.locator("#phone").fill("")
    typing.save()
    assert sorted(one.name for one in Person.objects.all()) == ["Nery Xol", "Rosa Xol"]
    assert Household.objects.count() == 1


def test_a_name_taken_apart_wrongly_is_put_right_with_a_stroke(
    typing: Typing, ana: Account, stack: list[PaperForm]
) -> None:
    typing.open(ana)
    typing.number(stack[0].spoken)
    typing.top("El Rodeo", "", 1)
    typing.type("Flor de María / de la Cruz / Ajú")
    typing.press("Tab")
    typing.page.locator("[data-part=says]", has_text="de la Cruz").first.wait_for()
    typing.save()
    person = Person.objects.get()
    assert (person.given_names, person.first_surname, person.second_surname) == ("Flor de María", "de la Cruz", "Ajú")


def test_what_the_form_says_and_what_is_typed_may_differ_and_is_said(
    typing: Typing, ana: Account, stack: list[PaperForm]
) -> None:
    typing.open(ana)
    typing.number(stack[0].spoken)
    typing.top("El Rodeo", "", 4)
    typing.line("Rosa Xol", "", "f", "30")
    assert "La ficha dice 4 en total y 4 hoy aquí" in typing.says("sum")
    typing.page.locator("[data-name=collector]").fill("Berta Coy")
    typing.save()
    typing.page.wait_for_timeout(300)
    assert HouseholdSaid.objects.get().size_said == 4
    assert Collector.objects.get().name == "Berta Coy"


def test_while_nobody_answers_the_form_stays_and_is_typed_in_once(
    typing: Typing, ana: Account, stack: list[PaperForm], complaints: list[str]
) -> None:
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(str(route.request.post_data))
        route.fetch()
        route.abort()

    typing.open(ana)
    typing.number(stack[0].spoken)
    typing.top("El Rodeo", "", 1)
    typing.line("Rosa Xol", "", "f", "30")
    typing.page.route("**/api/v1/verbs/**", lose_the_first)
    typing.save()
    assert len(lost) == 1
    assert Household.objects.count() == 1
    complaints.clear()


def test_nothing_of_people_is_kept_in_the_browser(typing: Typing, ana: Account, stack: list[PaperForm]) -> None:
    typing.open(ana)
    typing.number(stack[0].spoken)
    typing.top("El Rodeo", "51234567", 1)
    typing.line("Rosa Xol", "", "f", "30")
    kept = typing.page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"
    )
    assert "Rosa" not in kept
    assert "51234567" not in kept
    assert typing.page.evaluate("!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"), "it asks first"


def test_letters_are_those_of_the_forms_language(typing: Typing, ana: Account, cast: Cast) -> None:
    batch = people.print_forms(
        act(cast.beto), batch_id=uuid7(), unit_id=cast.a.id, count=2, language=FormLanguage.ENGLISH
    )
    typing.open(ana)
    typing.number(batch.forms.order_by("number")[0].spoken)
    typing.top("El Rodeo", "", 2)
    typing.line("Rosa Xol", "", "f", "30")
    typing.line("Nery Xol", "G", "m", "5", "wa")
    typing.save()
    nery = Membership.objects.get(person__given_names="Nery")
    assert (nery.kinship, nery.person.needs.get().code) == ("grandchild", "walks")
