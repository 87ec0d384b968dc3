"""Fictitious families add up to exactly the people asked for, and whole families can be chosen that do."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.demo import choosing, figures
from cobijo.demo.families import FERTILE, Family, Makers
from cobijo.people.types import Kinship, Sex

DAY = date(2018, 6, 10)
SEEDS = st.integers(0, 10_000)


def years_of(born: date) -> int:
    return DAY.year - born.year - ((DAY.month, DAY.day) < (born.month, born.day))


@given(SEEDS, st.integers(1, 40), st.integers(0, 8))
def test_families_are_exactly_the_people_households_and_minors_asked_for(seed: int, households: int, more: int) -> None:
    people = households * (1 + more)
    minors = min(people - households, round(people * 0.4))
    found = Makers(random.Random(seed)).families(people, households, minors, DAY)

    assert (len(found), sum(map(len, found))) == (households, people)
    members = [one for family in found for one in family.members]
    assert sum(one.years < 18 for one in members) == minors
    assert all(years_of(one.born) == one.years for one in members)
    assert all(family.members[0].kinship is Kinship.HEAD and family.members[0].years >= 18 for family in found)


@given(SEEDS)
def test_a_child_is_as_old_as_a_mother_s_child_can_be(seed: int) -> None:
    for family in Makers(random.Random(seed)).families(200, 40, 90, DAY):
        couple = [one for one in family.members if one.kinship in (Kinship.HEAD, Kinship.SPOUSE)]
        children = [one for one in family.members if one.kinship is Kinship.CHILD]
        for mother in (one for one in couple if one.sex is Sex.FEMALE):
            assert all(mother.years - child.years <= 45 for child in children)
        assert all(couple[0].years - child.years >= 15 for child in children if child.years)


def test_the_same_seed_makes_the_same_families() -> None:
    def made() -> list[Family]:
        return Makers(random.Random(7)).families(200, None, None, DAY)

    assert made() == made()


@given(SEEDS)
def test_a_newborn_has_the_names_of_its_family(seed: int) -> None:
    makers = Makers(random.Random(seed))
    (family,) = makers.families(4, 1, 2, DAY)
    child = makers.newborn(family, DAY)

    assert (child.years, child.born) == (0, DAY)
    assert {child.first, child.second} <= {one.first for one in family.members}
    mothers = [family.members[at] for at in family.mothers()]
    assert all(one.sex is Sex.FEMALE and one.years in FERTILE for one in mothers)


@given(SEEDS, st.lists(st.integers(1, 11), min_size=1, max_size=30), st.data())
def test_whole_families_are_chosen_that_sum_up_exactly(seed: int, sizes: list[int], data: st.DataObject) -> None:
    some = data.draw(st.sets(st.sampled_from(range(len(sizes)))))
    people, count = sum(sizes[at] for at in some), len(some)
    for asked in (None, count):
        chosen = choosing.whole(sizes, people, asked, random.Random(seed))
        assert len(set(chosen)) == len(chosen)
        assert sum(sizes[at] for at in chosen) == people
        assert asked in (None, len(chosen))


def test_every_note_of_the_table_is_said_in_spanish() -> None:
    assert {row.note for row in figures.rows() if row.note} == set(figures.notes_in_spanish())


def test_what_no_whole_families_add_up_to_is_said() -> None:
    with pytest.raises(ValueError, match="no whole families are 3 people"):
        choosing.whole([2, 4], 3, None, random.Random(1))
