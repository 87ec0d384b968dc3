"""How a typed name meets the names there are, and why each hit is one."""

import pytest

from cobijo.core.ids import uuid7
from cobijo.core.models import Area
from cobijo.people.models import Household, Person
from cobijo.people.queries import search
from cobijo.people.searching import writing
from cobijo.people.tests.conftest import member, register
from cobijo.people.types import BirthIn, MemberIn, Sex, Traits
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(params=["few", "many, fresh", "many, folded"], autouse=True)
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each test runs as if the reader worked with few people and as if with many: the answer is the same."""
    if request.param != "few":
        monkeypatch.setattr("cobijo.people.queries.finding.FEW", 0)
    return str(request.param)


def add(cast: Cast, size: str, *members: MemberIn) -> None:
    """Register people at A."""
    register(cast.ana, cast.a.id, list(members))
    if size == "many, folded":
        writing.fold()


def found(cast: Cast, words: str, traits: Traits | None = None) -> list[tuple[str, set[str]]]:
    """Whom Ana finds, and why, but that a name fits."""
    hits = search(cast.ana.id, words, traits=traits or Traits())
    return [(Person.objects.get(pk=hit.person_id).name, set(hit.why) - {"name"}) for hit in hits]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("jose maria xicay tzok", {"spelling"}),
        ("sicay tzoc jose maria", set()),
        ("josé sicay", set()),
        ("chepe sicay", {"nickname"}),
        ("jose tzoc sicay", {"swapped"}),
        ("jose sicya", {"slip"}),
        ("josemaria sicay", set()),
        ("jose maria sicay lopez", {"partly"}),
        ("sicay", set()),
        ("SICAI", {"spelling"}),
        ("jose m sicay", set()),
        ("jose sica", set()),
    ],
)
def test_a_name_is_found_however_it_is_written_and_says_why(cast: Cast, size: str, words: str, why: set[str]) -> None:
    add(cast, size, member("José María", "Sicay", second_surname="Tzoc"), member("Ana", "Pérez"))
    assert found(cast, words) == [("José María Sicay Tzoc", why)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (("Rosalinda", "Chub"), "rosa linda chub"),
        (("Jean Baptiste", "Ogisten"), "jan batis augustin"),
        (("Marie", "Baptiste"), "mari batis"),
        (("Guadalupe", "Hernández"), "lupita hernandes"),
        (("María Elena", "Coc"), "ma. elena coc"),
        (("Xun", "Tz'i'"), "xun tzi"),
        (("Ana", "de León"), "ana deleon"),
    ],
)
def test_traditions_nicknames_and_words_run_together(cast: Cast, size: str, name: tuple[str, str], words: str) -> None:
    add(cast, size, member(*name), member("Pedro", "Quiñónez"))
    assert [one for one, _ in found(cast, words)] == [" ".join(name)]


@pytest.mark.parametrize(
    "words",
    [
        *("", " ", "zz", "n", "NN", "desconocido", "hija de Rosa", "😀", "x" * 200, "' OR 1=1 --", "%", "\u202e\x00"),
        *("de la", " ".join(["Ixchel"] * 40), "a b c d", "9" * 300),
    ],
)
def test_what_names_nobody_finds_nobody(cast: Cast, size: str, words: str) -> None:
    add(cast, size, member("José María", "Sicay"))
    assert found(cast, words) == []


def test_forty_words_and_signs_nobody_sees_find_who_is_meant(cast: Cast, size: str) -> None:
    add(cast, size, member("José María", "Sicay", second_surname="Tzoc"), member("Ana", "Pérez"))
    assert [name for name, _ in found(cast, "jo\u200bse\x07 \u202esicay")] == ["José María Sicay Tzoc"]
    assert [name for name, _ in found(cast, " ".join(["jose", "maria", "sicay", "tzoc"] * 10))] == [
        "José María Sicay Tzoc"
    ]


def test_people_whose_names_are_none_are_in_nobodys_way(cast: Cast, size: str) -> None:
    """They are found by the word that was written, and by no other."""
    odd = ["😀😀", "NN", "desconocido", "X", " ".join(["Ana"] * 30)]
    add(cast, size, *(member(name) for name in odd), member(newborn_unnamed=True), member("Ana", "Pérez"))
    assert [name for name, _ in found(cast, "ana perez")] == ["Ana Pérez"]
    assert [name for name, _ in found(cast, "nn")] == ["NN"]
    assert [name for name, _ in found(cast, "Desconocido")] == ["desconocido"]
    for words in ("😀😀", "", "rosa"):
        assert found(cast, words) == []


def test_two_words_must_both_fit_and_of_three_one_may_not(cast: Cast, size: str) -> None:
    add(cast, size, member("Ana", "Sicay"), member("Rosa", "Tum"))
    assert found(cast, "rosa sicay") == []
    assert found(cast, "ana lopez sicay") == [("Ana Sicay", {"partly"})]
    assert found(cast, "ana lopez perez") == []


def test_the_better_fit_comes_first(cast: Cast, size: str) -> None:
    add(cast, size, member("Juana", "Coc"), member("Juan", "Coc"), member("Juan", "Cuc"), member("Juan José", "Coc"))
    names = [name for name, _ in found(cast, "juan coc")]
    assert names[:2] == ["Juan Coc", "Juan José Coc"]
    assert "Juan Cuc" not in names


def test_what_else_is_known_weighs_and_a_blank_says_nothing(cast: Cast, size: str) -> None:
    area = Area.objects.create(id=uuid7(), name="Escuintla", country="GT")
    below = Area.objects.create(id=uuid7(), name="Siquinalá", country="GT", parent=area)
    add(
        cast,
        size,
        member("Ana", "Tum", sex=Sex.FEMALE, birth=BirthIn(age_years=60), origin_place="Caserío El Rodeo"),
        member("Ana", "Tum", sex=Sex.FEMALE, birth=BirthIn(age_years=30), origin_area_id=below.pk),
        member("Ana", "Tum"),
    )
    days = dict(Person.objects.values_list("pk", "birth_date"))
    blank = next(pk for pk, day in days.items() if day is None)
    old, young = sorted((pk for pk in days if pk != blank), key=lambda pk: str(days[pk]))

    def order(**said: object) -> list[tuple[object, bool]]:
        hits = search(cast.ana.id, "ana tum", traits=Traits(**said))  # type: ignore[arg-type]
        return [(hit.person_id, bool({"other_age", "other_sex"} & set(hit.why))) for hit in hits]

    assert order(age=58)[0] == (old, False)
    assert order(age=31)[0] == (young, False)
    assert dict(order(age=31)) == {young: False, blank: False, old: True}
    assert order(age=20, years=2)[0] == (blank, False)
    assert dict(order(sex=Sex.MALE)) == {blank: False, old: True, young: True}
    assert order(sex=Sex.MALE)[0] == (blank, False)
    assert order(area_id=area.pk)[0][0] == young
    assert order(community="el rodeo")[0][0] == old
    assert order(community="escuintla")[0][0] == young


def test_who_contradicts_what_is_known_is_not_shown_behind_many_who_do_not(cast: Cast, size: str) -> None:
    girls = [member("Ana", "Tum", sex=Sex.FEMALE) for _ in range(6)]
    add(cast, size, *girls, member("Ana", "Tum", sex=Sex.MALE))
    assert len(found(cast, "ana tum")) == 7
    assert len(found(cast, "ana tum", Traits(sex=Sex.FEMALE))) == 6


def test_nobody_learns_of_a_name_at_another_site(cast: Cast, home: Household) -> None:
    """Names near and exact, alone and with others: the answer is that of a registry without them."""
    before = [found(cast, words) for words in ("xuncax", "quiej", "maria quiej xuncax", "chavez")]
    register(
        cast.carla, cast.b.id, [member("Ana", "Xuncax"), member("María", "Quiej Xuncax"), member("Luis", "Chávez")]
    )
    assert [found(cast, words) for words in ("xuncax", "quiej", "maria quiej xuncax", "chavez")] == before
