"""Every reference to a person has its fate when two records become one: whoever adds one decides it."""

from collections.abc import Iterator

from cobijo.core.personal import our_models
from cobijo.people.identity import fates
from cobijo.people.models import Person


def references() -> Iterator[str]:
    """``app.Model.field`` of every foreign key to a person."""
    for model in our_models():
        for column in model._meta.concrete_fields:
            if column.is_relation and column.related_model is Person:
                yield f"{model._meta.label}.{column.name}"


def test_every_reference_to_a_person_is_decided() -> None:
    missing = sorted(set(references()) - fates.decided())
    assert not missing, "say in the app's merging module what a merge does to these:\n" + "\n".join(missing)


def test_nothing_is_decided_that_is_no_reference() -> None:
    assert sorted(fates.decided() - set(references())) == []


def test_rows_that_go_over_belong_to_the_person_by_that_reference() -> None:
    for model, field in fates.moving():
        assert model._meta.get_field(field).related_model is Person
        assert fates.reference_of(model) == f"{field}_id"
