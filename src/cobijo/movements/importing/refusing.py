"""Columns that no list of arrivals may bring: what the State says of crimes, courts and detention orders.

A column is refused by its heading, or by what any of its cells says. It is dropped before anything of it is kept.
"""

import re
from collections.abc import Iterable
from typing import Final

from cobijo.algorithms.cells import Cell, written
from cobijo.algorithms.text import fold

_HEADINGS: Final = re.compile(
    r"\b(delitos?|penal(es)?|crimin\w*|judicial(es)?|antecedentes?|condenas?|sentencias?|cargos?( penales)?"
    r"|offen[cs]es?|convictions?"
    r"|felon\w*|charges?|warrants?|orden(es)? de captura|capturas?|prision|carcel|pandillas?|maras?"
    r"|gangs?|interpol|fbi|alertas? (migratori|policial|roja)\w*|huellas?|biometri\w*|fingerprints?|nivel de riesgo"
    r"|peligrosidad|security level|threat level)\b"
)
_CELLS: Final = re.compile(
    r"\b(antecedentes (penales|policiales|judiciales)|orden(es)? de (captura|aprehension|detencion)|homicid\w*"
    r"|asesinat\w*|robo agravado|violacion sexual|narco\w*|trafico de drogas|lavado de (dinero|activos)|secuestro"
    r"|extorsion|condenad[oa]|sentenciad[oa]|pandiller\w*|mareros?|ms ?13|barrio 18|aggravated|felon\w*|misdemeanor"
    r"|convicted|assault|manslaughter|burglary|drug (possession|trafficking)|gang member|criminal)\b"
)


def is_refused(heading: str, cells: Iterable[Cell]) -> bool:
    """Whether a column tells of crimes, courts or the police, by its heading or by any of its cells."""
    if _HEADINGS.search(fold(heading)):
        return True
    return any(_CELLS.search(fold(written(cell))) for cell in cells if isinstance(cell, str))
