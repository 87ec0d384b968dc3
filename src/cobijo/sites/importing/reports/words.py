"""What reports of shelters call things: ways of counting, kinds of report, urgent needs. Folded words."""

import re
from collections.abc import Mapping
from typing import Final

from cobijo.algorithms.cells import Cell, written
from cobijo.algorithms.text import fold
from cobijo.sites.types import Method, ReportKind, Urgent


def _table(**words: str) -> Mapping[str, str]:
    return {fold(word): meaning for meaning, said in words.items() for word in said.split(",")}


_METHODS: Final = _table(
    head_count="conteo,conteo uno por uno,uno por uno,conteo físico,contado,contados,pase de lista,censo,por aula,"
    "conteo por aula,head count,headcount,counted,counted one by one,counted by room",
    list="lista,listado,registro,padrón,list,register,roster",
    estimate="estimado,estimación,estimada,aproximado,cálculo,estimate,estimated,approximate",
    hearsay="rumor,de oídas,según vecinos,referido,no verificado,sin verificar,hearsay,not verified,told",
)
_KINDS: Final = _table(
    initial="inicial,primero,primer reporte,apertura,initial,first,opening",
    progress="avance,seguimiento,parcial,diario,progress,update,daily,follow up",
    final="final,cierre,último,último reporte,terminal,closing,last",
)
_URGENT: Final = _table(
    water="agua,agua potable,agua pura,water,drinking water",
    food="comida,alimentos,alimentación,víveres,food,meals",
    bedding="colchonetas,frazadas,cobijas,ponchos,esponjas,ropa de cama,colchonetas y frazadas,bedding,blankets,mats,"
    "mattresses",
    hygiene="higiene,kit de higiene,kits de higiene,artículos de higiene,jabón,pañales,toallas sanitarias,hygiene,"
    "hygiene kits,soap,diapers,nappies",
    latrines="letrinas,baños,sanitarios,duchas,letrinas y duchas,latrines,toilets,showers",
    health="salud,medicinas,medicamentos,médico,atención médica,health,medicine,medicines,doctor",
    clothes="ropa,zapatos,ropa y zapatos,vestuario,clothes,clothing,shoes",
    space="espacio,carpas,toldos,lugar,espacio o carpas,space,tents",
    light="luz,energía,electricidad,energía eléctrica,light,electricity,power",
    safety="seguridad,policía,safety,security",
    papers="documentos,papeles,documentación,papers,documents",
    school="escuela,educación,juegos,escuela y juego,school,education,play",
    other="otro,otra,otros,otras,other",
)
_PARTED: Final = re.compile(r"[,;/+\n]|\s-\s")
_BEFORE: Final = (
    r"aprox(?:imadamente|\.)?|alrededor de|cerca de|unos|unas|casi|más de|mas de|about|approx\.?|around|nearly|over|"
    r"more than|[~±≈>+]"
)
_AFTER: Final = r"\(?aprox(?:imadamente|\.)?\)?|más o menos|mas o menos|\+/-|\(?approx\.?\)?|[~±≈+?]"
_ABOUT: Final = re.compile(rf"^(?:{_BEFORE})\s*|\s*(?:{_AFTER})$", re.IGNORECASE)


def method(text: str) -> Method | None:
    """How a cell says something was counted; None for words we do not know."""
    found = _METHODS.get(fold(text))
    return Method(found) if found else None


def kind(text: str) -> ReportKind | None:
    """Which report a cell says it is; "Avance n.º 4" is a progress report."""
    found = _KINDS.get(re.sub(r"(?: n| no| num| numero)?(?: o)? ?\d+$", "", fold(text)))
    return ReportKind(found) if found else None


def urgent(text: str) -> Urgent | None:
    """The need a word means; None for one we do not know."""
    found = _URGENT.get(fold(text))
    return Urgent(found) if found else None


def parted(text: str) -> list[str]:
    """The needs of one cell, in their order, the numbers before them dropped."""
    return [clean for part in _PARTED.split(text) if (clean := re.sub(r"^\d+[.)°º]?\s*", "", part.strip()))]


def without_about(cell: Cell) -> tuple[Cell, bool]:
    """A number without the words that say it is not exact ("unas 140", "más de 880"), and whether there were any."""
    if not isinstance(cell, str):
        return cell, False
    text = written(cell)
    plain = _ABOUT.sub("", text).strip()
    return (plain, True) if plain and plain != text else (cell, False)
