"""Example values for the schema: what a registrar at Salón Municipal would send, made from the schema itself.

A name in ``BY_NAME`` gives a telling value; everything else follows from type, format and bounds. A test validates the
example of every verb, so that an argument with a pattern of its own asks for its line here.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

Schema = Mapping[str, Any]

BY_NAME: Final[Mapping[str, Any]] = {
    "about": "Salón Municipal",
    "address": "https://example.org/boletin-32",
    "aliases": ["Salón comunal"],
    "amends": None,
    "answered_by": "Juana Xicay",
    "as_said": "Hay 140 personas, 31 familias.",
    "at_closing": "Los datos se borran seis meses después.",
    "authority": "PGN",
    "band": "25-59",
    "birth": {"day": 12, "month": 4, "year": 1987},
    "by_sex_age": {"female": {"0-4": 9, "5-11": 12, "unknown": 1}, "male": {"0-4": 8, "5-11": 14, "unknown": 0}},
    "childs_view": "Quiere irse con su tía.",
    "card": "C-8C0-ZZ6-Z",
    "code": "2K7-4F",
    "form": "F-8C0-ZZ6-Z",
    "explained_in": "es",
    "complaints": "Teléfono 1555, de día y de noche.",
    "contact": "2200-0000",
    "contradicts_itself": False,
    "counted": None,
    "country": "GT",
    "cursor": None,
    "date": "2018-10-29",
    "destination": "Alotenango",
    "digest": "5f" * 32,
    "document": "Certificado 77-2018",
    "email": "rosa@example.org",
    "fictitious": False,
    "first_surname": "Xicay",
    "flags": ["cui_check_digit"],
    "forecast": False,
    "given_names": "María Elena",
    "group": "ATU (all)",
    "hours": "Visitas de 14 a 17 horas.",
    "inferred": False,
    "informant": "coordinadora",
    "informant_post": "coordinadora",
    "kinship": "head",
    "label": "María Elena Xicay Tzoc",
    "language": "es",
    "languages": ["es", "cak"],
    "latitude": "14.30340",
    "longitude": "-90.78510",
    "married_name": "",
    "method": "head_count",
    "name": "Salón Municipal",
    "nationalities": ["GT"],
    "needs": ["pregnant"],
    "newborn_unnamed": False,
    "next": None,
    "nicknames": "Nena",
    "note": "Suma de seis albergues.",
    "number": "2412 55781 0501",
    "official": True,
    "origin_place": "Aldea San Miguel Los Lotes",
    "override": "Llegaron de noche y no hay otro lugar.",
    "parent_name": "Sacatepéquez",
    "pcode": "GT0314",
    "place": "Barrio San José",
    "places_assumed": False,
    "presence": "here",
    "purpose": "shelter",
    "q": "Alotenango",
    "receiving_adult": "Irma Xicay",
    "receiving_document": "2412 55781 0501",
    "receiving_kinship": "tía",
    "repeated": False,
    "response": "Volcán de Fuego",
    "rules": "Se cierra a las 21 horas.",
    "said_aloud": {"es": "Anotamos su nombre para darle cupo y comida."},
    "second_surname": "Tzoc",
    "self_identified": "kaqchikel",
    "sentence": "There are more people than places.",
    "sex": "female",
    "site": "Salón Municipal",
    "source": "CONRED",
    "unit": "persons",
    "unknown_sites": ["Iglesia El Calvario"],
    "url": None,
    "username": "rosa.tzoc",
    "verb": "sites.propose_transfer",
    "why": ["name"],
    "words": "Xicay",
    "zone": "America/Guatemala",
}
BY_FORMAT: Final[Mapping[str, Any]] = {
    "date": "2018-10-29",
    "date-time": "2018-10-29T18:00:00-06:00",
}


def of(schema: Schema, components: Mapping[str, Schema], name: str = "") -> Any:
    """A value that fits a JSON schema whose references stand in ``components``."""
    if "$ref" in schema:
        return of(components[schema["$ref"].rsplit("/", 1)[-1]], components, name)
    if name in BY_NAME and BY_NAME[name] is None:
        return None
    for key in ("allOf", "anyOf", "oneOf"):
        if key in schema:
            return of(_first(schema[key]), components, name)
    if choices := _choices(schema):
        return BY_NAME[name] if BY_NAME.get(name) in choices else choices[0]
    return BY_NAME[name] if _fits(BY_NAME.get(name), schema) else _made(schema, components, name)


def _choices(schema: Schema) -> list[Any]:
    """The values a schema names itself."""
    return schema.get("examples") or schema.get("enum") or ([schema["const"]] if "const" in schema else [])


def _first(choices: list[Schema]) -> Schema:
    return next((choice for choice in choices if choice.get("type") != "null"), choices[0])


def _fits(value: Any, schema: Schema) -> bool:
    kinds = {"string": str, "array": list, "object": dict, "boolean": bool}
    kind = kinds.get(schema.get("type", ""))
    if kind is None or not isinstance(value, kind) or "format" in schema:
        return False
    return not isinstance(value, dict) or value.keys() <= schema.get("properties", value).keys()


def _made(schema: Schema, components: Mapping[str, Schema], name: str) -> Any:
    kind = schema.get("type")
    if kind == "object":
        parts = schema.get("properties", {})
        return {key: of(part, components, key) for key, part in parts.items()}
    if kind == "array":
        return [of(schema["items"], components, name.removesuffix("s"))] if schema.get("items") else []
    if kind == "string":
        return _text(schema, name)
    if kind in ("integer", "number"):
        return max(schema.get("minimum", 1), min(schema.get("maximum", 12), 12))
    return True if kind == "boolean" else None


def _text(schema: Schema, name: str) -> str:
    if schema.get("format") == "uuid":
        return str(an_id(name))
    if schema.get("format") in BY_FORMAT:
        return str(BY_FORMAT[schema["format"]])
    words = "Así lo dijo la familia"
    return words[: schema.get("maxLength", len(words))]


def an_id(name: str) -> UUID:
    """The same version 7 id for the same name, so that the examples speak of one place and one family."""
    noise = int.from_bytes(hashlib.sha256(name.encode()).digest()[:9], "big") & (1 << 62) - 1
    return UUID(int=0x0166_C1E5_A000 << 80 | 7 << 76 | 0x5A1 << 64 | 0b10 << 62 | noise)
