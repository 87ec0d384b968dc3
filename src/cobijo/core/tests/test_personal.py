"""The registry of personal data: nothing is left undeclared."""

import pytest
from django.apps import apps
from django.db import models

from cobijo.core import access, personal, verbs
from cobijo.core.personal import Category, Declared


def test_every_field_of_every_model_says_what_it_is() -> None:
    assert personal.undeclared() == []


def test_a_field_nobody_declared_is_named() -> None:
    class Forgotten(models.Model):
        said = models.CharField(max_length=3)
        declared = Declared(subject="id", by={Category.IDENTITY: ("gone",)})

        class Meta:
            app_label = "core"
            managed = False

    try:
        assert "core.Forgotten.said" in personal.undeclared()
        assert "core.Forgotten.gone" in personal.undeclared()
    finally:
        del apps.all_models["core"]["forgotten"]
        apps.clear_cache()


def test_every_record_a_verb_takes_says_what_its_fields_are() -> None:
    wrong = {
        f"{verb.name}({name})": undeclared
        for verb in verbs.registry.values()
        for name, kind in verbs.record_types(verb).items()
        if (undeclared := verbs.undeclared_parts(kind))
    }
    assert wrong == {}


def test_an_argument_that_says_nothing_stops_the_declaration(monkeypatch: pytest.MonkeyPatch) -> None:
    def body(act: verbs.Act, *, words: str) -> None:
        """Take words."""

    monkeypatch.setattr(access, "may_take_words", lambda act, **_: None, raising=False)
    declare = verbs.verb(
        "core.take_words",
        kind=verbs.FACT,
        doors=verbs.ALL,
        offline=False,
        duty=verbs.ALONE,
        purpose=personal.Purpose.SHELTER,
        personal={},
    )
    with pytest.raises(TypeError, match="words"):
        declare(body)
