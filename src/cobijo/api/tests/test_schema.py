"""The description of the API: whole, resolvable, the same in every language, with examples that are true."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from jsonschema_rs import Draft202012Validator, meta

from cobijo.api import schema
from cobijo.api.assembly import api
from cobijo.core import canonical, verbs
from cobijo.core.verbs import Door

OFFERED = [verb for _name, verb in sorted(verbs.registry.items()) if Door.API in verb.doors]


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return schema.document(api)


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        yield from ((f"{method} {path}", operation) for method, operation in methods.items())


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from ([value["$ref"]] if isinstance(value.get("$ref"), str) else [])
        for one in value.values():
            yield from references(one)
    elif isinstance(value, list):
        for one in value:
            yield from references(one)


def resolve(described: dict[str, Any], reference: str) -> Any:
    found: Any = described
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


def test_it_is_openapi_3_1_with_every_verb_and_every_reading(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert {f"/api/v1/verbs/{verb.name}" for verb in OFFERED} <= described["paths"].keys()
    assert {"/api/v1/people/search", "/api/v1/people/{person_id}", "/api/v1/census"} <= described["paths"].keys()
    assert "/api/v1/verbs/{name}" not in described["paths"]


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    for reference in set(references(described)):
        assert resolve(described, reference)


def test_every_schema_is_one(described: dict[str, Any]) -> None:
    for name, one in described["components"]["schemas"].items():
        meta.validate(one)
        assert {"properties", "enum"} & one.keys(), name


def test_every_operation_has_its_name_summary_tag_and_refusals(described: dict[str, Any]) -> None:
    names = [operation["operationId"] for _where, operation in operations(described)]
    assert len(names) == len(set(names))
    for where, operation in operations(described):
        assert operation["summary"], where
        assert operation["tags"], where
        assert operation["security"] == schema.SECURITY, where
        assert {"200", "401", "403", "405", "429", "500", "503"} <= operation["responses"].keys(), where
    used = {tag for _where, operation in operations(described) for tag in operation["tags"]}
    assert [tag["name"] for tag in described["tags"] if tag["name"] not in used] == []


def test_every_answer_and_every_body_has_an_example_that_fits_its_schema(described: dict[str, Any]) -> None:
    for where, operation in operations(described):
        for holder in (operation.get("requestBody", {}), *operation["responses"].values()):
            media = holder.get("content", {}).get("application/json")
            if media:
                whole = media["schema"] | {"components": described["components"]}
                errors = [error.message for error in Draft202012Validator(whole).iter_errors(media["example"])]
                assert not errors, where


@pytest.mark.parametrize("verb", OFFERED, ids=lambda verb: verb.name)
def test_the_example_of_a_verb_is_taken_by_the_verb(described: dict[str, Any], verb: verbs.Verb) -> None:
    body = described["paths"][f"/api/v1/verbs/{verb.name}"]["post"]["requestBody"]
    example = body["content"]["application/json"]["example"]
    verb.arguments.model_validate_json(canonical.encode(example["arguments"]))


def test_two_models_of_one_name_are_told_apart(described: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Person"):
        schema.merged({"Person": {"type": "object"}}, {"Person": {"type": "string"}})


def test_it_is_the_same_in_every_language(described: dict[str, Any]) -> None:
    with translation.override("es"):
        assert schema.document(api) == described


def test_it_is_public_and_may_be_kept_for_a_while(db: None) -> None:
    first = Client().get("/api/v1/openapi.json")
    assert first["Cache-Control"].startswith("public")
    assert first.json()["info"]["title"] == "Cobijo"
    assert Client().get("/api/v1/openapi.json", headers={"if-none-match": first["ETag"]}).status_code == 304
