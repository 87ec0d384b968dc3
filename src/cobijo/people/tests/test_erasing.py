"""Forgetting a person: nothing only they had is left, and past nights still add up."""

import io
import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from cobijo.accounts.access import COMMAND_LINE
from cobijo.algorithms import ages
from cobijo.core import clock, erasure, operations, seals
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent, Mention, Outcome
from cobijo.core.verbs import Act, Door
from cobijo.people import hooks
from cobijo.people import services as people
from cobijo.people.forgetting import coarse
from cobijo.people.models import Household, Note, Person, PersonScope, SearchKey
from cobijo.people.queries import search, timeline
from cobijo.people.tests.conftest import member, register
from cobijo.people.types import (
    BirthIn,
    ConsentIn,
    ConsentState,
    DocumentIn,
    EraseGround,
    Kinship,
    PhoneIn,
    Sex,
    VoidReason,
)
from tests.cast import Cast, act

UNIQUE = ["Xochiquétzal", "Zubizarretagoitia", "Chiquitina", "7777123456789", "5559876", "Caserío Malinalco Viejo"]
WORDS = "Teme a Wenceslao Zzyzx, vive en la Quinta Umbría"


def operator() -> Act:
    """The command line."""
    return operations.act_of(COMMAND_LINE, Door.COMMAND)


@pytest.fixture
def story(cast: Cast) -> tuple[UUID, UUID]:
    """A person with all that can be kept of one, and a sister of the same household."""
    one = member(
        "Xochiquétzal",
        "Zubizarretagoitia",
        nicknames="Chiquitina",
        sex=Sex.FEMALE,
        birth=BirthIn(day=17, month=9, year=1991),
        kinship=Kinship.HEAD,
        origin_place="Caserío Malinalco Viejo",
        documents=[
            DocumentIn(document_id=uuid7(), country="GT", kind="other", number="7777123456789"),
            DocumentIn(document_id=uuid7(), country="US", kind="alien_number", number="A099887766"),
        ],
        phones=[PhoneIn(phone_id=uuid7(), number="+502 5555 9876", answered_by="Umberlinda")],
        wants_private=True,
    )
    sister = member("Rosa", "Tum", kinship=Kinship.RELATIVE)
    answer = ConsentIn(
        consent_id=uuid7(), person_id=one.person_id, purpose="tracing", state=ConsentState.GIVEN, language="es"
    )
    register(cast.ana, cast.a.id, [one, sister], answers=[answer])
    people.write_note(act(cast.case_worker), note_id=uuid7(), person_id=one.person_id, words=WORDS)
    people.set_needs(act(cast.ana), person_id=one.person_id, needs=[])
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=one.person_id,
        why=WORDS,
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    people.break_glass(
        act(cast.carla), break_glass_id=uuid7(), unit_id=cast.b.id, code="7777123456789", why="Umberlinda pregunta"
    )
    return one.person_id, sister.person_id


SECRETS = [*UNIQUE, "Umberlinda", "Wenceslao", "Umbría", "A099887766", "1991-09-17", "+50255559876"]


def traces(content: bytes) -> list[str]:
    """Which values only that person had stand in these bytes, as written, folded or in either case."""
    low = content.lower()
    folded = ["xochiquetzal", "zubizarretagoitia", "chiquitina", "50255559876", "malinalco"]
    return [word for word in [*SECRETS, *folded] if word.encode() in content or word.lower().encode() in low]


def stored() -> bytes:
    """Every byte the database and the data folder hold on disk."""
    folders = [Path(settings.DATA_DIR)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            here = "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
            cursor.execute(here)  # other workers write the same words into databases of their own
            folder, oid = cursor.fetchone()
            folders.append(Path(folder, "base", str(oid)))
    return b"".join(file.read_bytes() for folder in folders for file in sorted(folder.rglob("*")) if file.is_file())


def write_anew() -> None:
    """What the operator does on PostgreSQL; a statistician of the server's own at work keeps what it may still read."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for _ in range(60):
                cursor.execute("VACUUM FULL")
                if not traces(stored()):
                    break
                time.sleep(0.2)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_nothing_of_an_erased_person_is_left_on_disk_and_the_journal_verifies(story: tuple[UUID, UUID]) -> None:
    gone, sister = story
    seals.seal_waiting()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the planner's statistics quote values, too
            cursor.execute("SELECT count(*) FROM pg_stats WHERE histogram_bounds::text LIKE %s", ["%quétzal%"])
            assert cursor.fetchone()[0]
    assert {"Xochiquétzal", "7777123456789"} <= set(traces(stored())), "the search must be able to find something"

    said = io.StringIO()
    call_command("erase", Person.objects.get(pk=gone).code, "--yes", "--json", stdout=said)
    write_anew()
    report = json.loads(said.getvalue())

    assert report["erased"]
    assert report["rows"]["documents"] == 2
    assert report["operations"] == 5
    assert traces(stored()) == []
    seals.seal_waiting()
    assert seals.verify()[0] == []
    assert Person.objects.get(pk=sister).name == "Rosa Tum"
    connections.close_all()


@pytest.mark.django_db
def test_the_household_of_the_others_stands_and_an_anonymous_row_takes_the_place(
    cast: Cast, story: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, sister = story
    replaced: list[tuple[UUID, UUID]] = []
    monkeypatch.setattr(hooks.replaced, "_receivers", [lambda old, new: replaced.append((old, new))])
    people.erase_person(operator(), person_id=gone, ground=EraseGround.REQUEST)

    left = Person.objects.get(anonymous=True)
    assert replaced == [(gone, left.id)]
    assert (left.sex, left.number, left.name, left.birth_precision) == (Sex.FEMALE, None, "", "age")
    assert left.birth_date != date(1991, 9, 17)
    assert left.registered_at.time() == datetime.min.time()
    assert not Person.objects.filter(pk=gone).exists()
    home = Household.objects.get()
    assert [one.person_id for one in home.memberships.all()] == [sister]
    assert [hit.person_id for hit in search(cast.ana.id, "tum")] == [sister]
    assert [entry.verb for entry in timeline(cast.ana.id, sister)] == ["people.register_household"]
    assert not Note.objects.exists()


@pytest.mark.django_db
def test_the_journal_does_not_say_which_anonymous_row_took_the_place(story: tuple[UUID, UUID]) -> None:
    people.erase_person(operator(), person_id=story[0], ground=EraseGround.REQUEST)
    left = Person.objects.get(anonymous=True)
    assert left.id.version == 4, "an id that tells the time would tell which erasure made it"
    assert not Mention.objects.filter(subject=left.id).exists()
    assert str(left.id) not in str(list(Outcome.objects.values())) + str(list(Intent.objects.values()))


@pytest.mark.django_db
def test_the_anonymous_row_is_nobodys_to_see_or_to_find(cast: Cast, story: tuple[UUID, UUID]) -> None:
    people.erase_person(operator(), person_id=story[0], ground=EraseGround.REQUEST)
    left = Person.objects.get(anonymous=True)
    assert not SearchKey.objects.filter(entry__person=left).exists()
    with pytest.raises(DomainError, match=r"core\.not_found"):
        people.set_needs(act(cast.ana), person_id=left.id, needs=[])
    with pytest.raises(DomainError, match=r"core\.not_found"):
        people.erase_person(operator(), person_id=left.id, ground=EraseGround.REQUEST)


@pytest.mark.django_db
def test_nobody_but_the_operator_erases_whatever_their_role(cast: Cast, story: tuple[UUID, UUID]) -> None:
    for who in (cast.beto, cast.case_worker, cast.outsider, cast.administrator):
        for door, code in ((Door.DESK, "core.not_this_door"), (Door.COMMAND, "core.not_allowed")):
            with pytest.raises(DomainError) as refused:
                people.erase_person(act(who, door=door), person_id=story[1], ground=EraseGround.REQUEST)
            assert refused.value.code == code


@pytest.mark.django_db
def test_a_record_taken_out_can_be_erased_and_erasing_somebody_who_is_no_person_here_leaves_no_row(cast: Cast) -> None:
    one = member("Ana")
    register(cast.ana, cast.a.id, [one])
    people.void_person(act(cast.beto), person_id=one.person_id, reason=VoidReason.MISTAKE)
    people.erase_person(operator(), person_id=one.person_id, ground=EraseGround.UNLAWFUL)
    assert Person.objects.filter(anonymous=True).count() == 1
    erasure.erase(uuid4(), COMMAND_LINE)
    assert Person.objects.count() == 1


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_command_refuses_who_is_not_one_person_and_asks_before_it_erases(cast: Cast) -> None:
    papers = [DocumentIn(document_id=uuid7(), country="GT", kind="cui", number="2345678900101") for _ in range(2)]
    two = [member("Ana", documents=[paper]) for paper in papers]
    register(cast.ana, cast.a.id, two)
    for words, sentence in [
        (str(uuid4()), "Nobody"),
        ("ZZZ-ZZZ-Z", "Nobody"),
        ("99999", "Nobody"),
        ("2345 67890 0101", "2 people have"),
        (str(two[0].person_id), "--yes"),
    ]:
        with pytest.raises(CommandError, match=sentence):
            call_command("erase", words, stdout=io.StringIO())
    assert Person.objects.filter(anonymous=False).count() == 2


# --- figures ---------------------------------------------------------------------------------------------------------

_days = st.dates(date(1930, 1, 1), date(2018, 10, 1))
_births = st.one_of(
    st.builds(ages.Birth.on, _days),
    st.builds(ages.Birth.in_year, st.integers(1930, 2018)),
    st.builds(ages.Birth.aged, st.integers(0, 90), on=st.just(date(2018, 6, 3))),
)


@given(birth=_births, first=st.dates(date(2018, 6, 1), date(2018, 12, 1)), nights=st.integers(0, 700))
def test_the_coarse_birth_falls_into_the_same_bands_on_every_night(birth: ages.Birth, first: date, nights: int) -> None:
    last = first + timedelta(days=nights)
    rough = coarse(birth, first, last)
    step = max(1, nights // 60)
    for night in [first + timedelta(days=at) for at in (*range(0, nights, step), nights)]:
        for bands in ages.BAND_SETS.values():
            assert bands.band_of(ages.age_on(rough, night)) == bands.band_of(ages.age_on(birth, night))


@given(day=st.integers(0, 364), other=st.integers(0, 364))
def test_the_coarse_birth_tells_nothing_but_the_bands(day: int, other: int) -> None:
    """Two people of 30, born on any two days of a year, become the same."""
    first = date(2018, 6, 3)
    born = [ages.Birth.on(date(1987, 6, 10) + timedelta(days=at)) for at in (day, other)]
    assert coarse(born[0], first, first) == coarse(born[1], first, first)


def test_who_is_of_unknown_age_stays_so() -> None:
    assert coarse(ages.Birth.unknown(), date(2018, 6, 3), date(2018, 7, 3)) == ages.Birth.unknown()


@pytest.mark.django_db
def test_the_nights_are_those_the_scopes_tell(cast: Cast) -> None:
    """A child who turned five in the stay keeps the birthday that moved them from one band to the next."""
    clock.move(datetime(2018, 10, 29, 18, tzinfo=UTC) - datetime.now(UTC))
    turns, stays = member("Ana", birth=BirthIn(day=20, month=8, year=2013)), member("Eva", birth=BirthIn(year=1990))
    register(cast.ana, cast.a.id, [turns, stays])
    PersonScope.objects.update(
        starts_at=datetime(2018, 8, 1, tzinfo=UTC), ends_at=datetime(2018, 9, 1, tzinfo=UTC), why="stay"
    )
    for one in (turns, stays):
        people.erase_person(operator(), person_id=one.person_id, ground=EraseGround.REQUEST)
    kept = set(Person.objects.values_list("birth_date", flat=True))
    assert date(2013, 8, 20) in kept
    assert date(1990, 12, 31) not in kept


@pytest.mark.django_db
def test_erasing_takes_a_constant_number_of_queries(cast: Cast) -> None:
    counts = []
    for size in (1, 4):
        members = [member(f"Ana {at}", "Tum") for at in range(size)]
        register(cast.ana, cast.a.id, members)
        with CaptureQueriesContext(connection) as asked:
            people.erase_person(operator(), person_id=members[0].person_id, ground=EraseGround.REQUEST)
        counts.append(len(asked))
    assert counts[0] == counts[1]
