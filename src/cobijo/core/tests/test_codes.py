import pytest
from django.db import transaction

from cobijo.core import codes
from cobijo.core.ids import uuid7
from cobijo.core.models import CodeBlock

pytestmark = pytest.mark.django_db


def test_two_holders_never_take_the_same_number() -> None:
    laptop, phone = uuid7(), uuid7()
    taken = [number for _ in range(4) for holder in (laptop, phone) for number in codes.take("person", holder, 300)]
    assert len(set(taken)) == len(taken) == 2_400
    assert CodeBlock.objects.count() == 4


def test_a_refused_act_gives_its_numbers_back() -> None:
    laptop = uuid7()
    first = codes.take("person", laptop)
    with transaction.atomic():
        codes.take("person", laptop, 5)
        transaction.set_rollback(True)
    assert codes.take("person", laptop) == [first[0] + 1]


def test_kinds_have_numbers_of_their_own() -> None:
    laptop = uuid7()
    assert codes.take("person", laptop) == codes.take("household", laptop) == [0]
