"""Recording an organisation."""

import pytest

from cobijo.accounts import access, services
from cobijo.accounts.models import Organisation
from cobijo.core.errors import NOT_ALLOWED, DomainError
from cobijo.core.ids import uuid7
from tests.cast import Cast, act

GIVEN = {"name": " Bomberos de Alotenango ", "country": "GT", "contact": ""}


def test_an_administrator_records_one(cast: Cast) -> None:
    made = services.create_organisation(act(cast.administrator), organisation_id=uuid7(), **GIVEN)
    assert Organisation.objects.get(pk=made.id).name == "Bomberos de Alotenango"
    assert access.get_for(cast.administrator.id, Organisation, made.id) == made


@pytest.mark.parametrize("who", ["ana", "diego", "auditor", "outsider"])
def test_others_may_not(cast: Cast, who: str) -> None:
    with pytest.raises(DomainError) as refused:
        services.create_organisation(act(getattr(cast, who)), organisation_id=uuid7(), **GIVEN)
    assert refused.value.code == NOT_ALLOWED.code


def test_whoever_works_at_a_site_sees_the_organisations_of_units_they_know(cast: Cast) -> None:
    assert access.visible_to(cast.diego.id, Organisation.objects.all()).count() == 1
    assert not access.visible_to(cast.outsider.id, Organisation.objects.all()).exists()
