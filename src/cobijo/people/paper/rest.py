"""Forms for the API: whether one can be typed in, and names taken into their parts. Typing in is a verb."""

from typing import Annotated

from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.algorithms.names import parsing
from cobijo.algorithms.text import clean
from cobijo.core.rest import Answer, Asked
from cobijo.people.paper import queries

forms = Router(tags=["people"])

PARTED = "/"
"""What somebody who types puts between the parts of a name that was taken apart wrongly."""


class FormShown(BaseModel):
    """The number of a form as it was scanned or typed; it stands in no address."""

    model_config = ConfigDict(extra="forbid")

    form: Annotated[str, Field(min_length=1, max_length=40, examples=["F-8C0-ZZ6-Z"])]


class OpenFormOut(Answer):
    """A form that can be typed in, how far its batch is, and the number that comes next."""

    number: Annotated[str, Field(examples=["F-8C0-ZZ6-Z"])]
    batch: int
    language: Annotated[str, Field(description="Whose letters it is filled in with.")]
    card: Annotated[str, Field(description="The card that lies beside it, or empty.")]
    printed: int
    typed: int
    after: Annotated[str, Field(description="The number of the next form still out there, or empty.")]


@forms.post("/open", response=OpenFormOut, summary="Can this form be typed in")
def open_form(request: Asked, shown: FormShown) -> OpenFormOut:
    """Refuses as typing it in would. A form of another site is unknown, whatever became of it."""
    found = queries.form_to_type(request.auth.actor, shown.form)
    return OpenFormOut(
        number=found.number,
        batch=found.batch,
        language=found.language,
        card=found.card,
        printed=found.printed,
        typed=found.typed,
        after=found.after,
    )


class NamesShown(BaseModel):
    """Whole names as they stand on a form, each in one text; ``/`` between the parts says where one ends."""

    model_config = ConfigDict(extra="forbid")

    names: Annotated[
        list[Annotated[str, Field(max_length=360)]],
        Field(min_length=1, max_length=40, examples=[["María José Xicay Tzoc"]]),
    ]


class NamePartsOut(Answer):
    """A name in its parts. ``sure``: the text itself shows where one ends; else a person should look."""

    given_names: str
    first_surname: str
    second_surname: str
    married_name: str
    sure: bool


class NamesOut(Answer):
    """The parts of each name, in the order asked."""

    items: list[NamePartsOut]


@forms.post("/names", response=NamesOut, summary="Take names into their parts")
def part_names(request: Asked, shown: NamesShown) -> NamesOut:
    """Nothing is looked up and nothing is kept."""
    authority.require_anywhere(request.auth.actor, Permission.REGISTER)
    return NamesOut(items=[_parts(name) for name in shown.names])


def _parts(name: str) -> NamePartsOut:
    if PARTED in name:
        given, first, second, married = [*(clean(part) for part in name.split(PARTED, 3)), "", "", ""][:4]
        return NamePartsOut(
            given_names=given, first_surname=first, second_surname=second, married_name=married, sure=True
        )
    found = parsing.parse(name)
    return NamePartsOut(
        given_names=found.given_names,
        first_surname=found.first_surname,
        second_surname=found.second_surname,
        married_name=found.married_name,
        sure=found.sure,
    )
