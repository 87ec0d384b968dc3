"""What the verbs about people without a name take."""

from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from cobijo.algorithms.ages import UNKNOWN
from cobijo.core.personal import Declared
from cobijo.people.types import Sex


@dataclass(frozen=True, kw_only=True)
class UnnamedIn:
    """So many people of one sex and age band (a code of the response's set), and where they sleep."""

    unnamed_id: UUID
    persons: Annotated[int, Field(ge=1, le=60)]
    sex: Sex = Sex.UNKNOWN
    band: Annotated[str, Field(max_length=16)] = UNKNOWN
    space_id: UUID | None = None

    declared: ClassVar = Declared(plain=("persons", "sex", "band"))
