"""What a manifest can hold, what each column may be called, and what is asked of the whole list."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.cells import Cell
from cobijo.algorithms.text import fold
from cobijo.core.errors import Sentence
from cobijo.core.imports.kinds import Choices, Field, Question, date_order
from cobijo.movements.queries.waiting import arrivals_to_list
from cobijo.movements.types import TravelsWith
from cobijo.sites.queries.listed import HOUSEHOLDS, headings

_OF_PEOPLE: Final = frozenset(
    {
        "name", "given_names", "first_name", "middle_name", "surnames", "first_surname", "second_surname",
        "married_name", "sex", "age", "age_months", "birth", "kinship", "document", "document_kind", "alien_number",
        "nationality", "village", "municipality", "department", "origin", "needs", "need_pregnant", "need_nursing",
        "need_walks", "need_medicine", "need_interpreter", "private",
    }
)  # fmt: skip


def _field(name: str, says: Sentence, takes: int = 20, *, signs: bool = False) -> Field:
    return Field(name, says, headings(__package__, "headings.txt")[name], takes, signs)


MANIFEST: Final = (
    _field("line", _("line of the list"), signs=True),
    _field("seat", _("seat"), 8),
    _field("group", _("number of the group or family"), 40),
    _field("travels_with", _("with whom a child travels"), 80),
    *(field for field in HOUSEHOLDS if field.name in _OF_PEOPLE),
)
_TRAVELS: Final[Mapping[str, TravelsWith]] = {
    fold(word): meaning
    for meaning, words in {
        TravelsWith.ALONE: "solo,sola,no acompanado,no acompanada,nna no acompanado,alone,unaccompanied,nna solo",
        TravelsWith.BOTH: "ambos padres,madre y padre,padre y madre,ambos,both parents,papas",
        TravelsWith.ONE_WITH: "uno con permiso,uno con permiso notarial,con permiso,con autenticado,with permission",
        TravelsWith.ONE_WITHOUT: "uno sin permiso,uno sin permiso notarial,sin permiso,sin autenticado,"
        "without permission,madre,padre,mama,papa",
        TravelsWith.OTHER_ADULT: "otro adulto,otro familiar,tio,tia,abuela,abuelo,hermano,hermana,other adult,conocido",
    }.items()
    for word in words.split(",")
}


def travels_with(text: str) -> TravelsWith | None:
    """What a cell says of with whom a child travels; None for words we do not know."""
    return TravelsWith.UNSAID if not fold(text) else _TRAVELS.get(fold(text))


def _nothing(_columns: Mapping[str, Sequence[Cell]]) -> None:
    return None


def _movements(unit: UUID) -> Choices:
    """The arrivals of a centre whose list may still be handed in."""
    return [("", _("not said: every row waits")), *arrivals_to_list(unit)]


QUESTIONS: Final = (
    Question("movement", _("Of which arrival this is the list"), _movements, (), _nothing, kept=False),
    date_order("birth"),
    Question(
        "m_means",
        _("What M means under sex"),
        [("", _("not said")), ("male", _("male")), ("female", _("female"))],
        ("sex",),
        _nothing,
    ),
)
