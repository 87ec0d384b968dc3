"""What lists of the region call things: kinship, presence, needs, kinds of document, nationalities. Folded words."""

from collections.abc import Mapping
from typing import Final

from cobijo.algorithms.text import fold
from cobijo.people.types import Kinship, NeedCode, Presence


def _table(**words: str) -> Mapping[str, str]:
    return {fold(word): meaning for meaning, said in words.items() for word in said.split(",")}


_KINSHIP: Final = _table(
    head="jefe,jefa,jefe de familia,jefa de familia,jefe de hogar,jefa de hogar,jefe del hogar,jefa del hogar,"
    "cabeza de familia,jefatura,titular,responsable,encargado,encargada,head,head of household,hoh,principal,jf",
    spouse="esposo,esposa,cónyuge,conyugue,pareja,conviviente,unido,unida,compañero,compañera,compañero de vida,"
    "compañera de vida,marido,mujer,concubino,concubina,spouse,husband,wife,partner",
    child="hijo,hija,hijo/a,hija(o),hijo(a),hijastro,hijastra,son,daughter,child,stepson,stepdaughter",
    relative="nieto,nieta,padre,madre,papá,mamá,hermano,hermana,suegro,suegra,yerno,nuera,abuelo,abuela,tío,tía,"
    "sobrino,sobrina,primo,prima,cuñado,cuñada,bisnieto,bisnieta,bisabuela,bisabuelo,familiar,pariente,otro pariente,"
    "otro familiar,mother,father,brother,sister,grandmother,grandfather,grandson,granddaughter,grandchild,nephew,niece,"
    "cousin,uncle,aunt,parent,sibling,relative,other relative,mother in law,father in law",
    unrelated="sin parentesco,no pariente,no familiar,amigo,amiga,vecino,vecina,huésped,ninguno,ninguna,unrelated,"
    "not related,friend,neighbour,neighbor,none",
    caregiver="cuidador,cuidadora,tutor,tutora,niñera,caregiver,guardian",
)
_PRESENCE: Final = _table(
    here="aquí,acá,presente,está,sí,si,en el albergue,albergado,albergada,here,present,yes,x",
    later="viene después,vendrá,viene,después,por venir,comes later,later",
    elsewhere="en otro lugar,otro lugar,fuera,en casa,con familiares,elsewhere,away,no",
    missing="no sabemos dónde está,no se sabe,se desconoce,desaparecido,desaparecida,no localizado,no localizada,"
    "whereabouts unknown,missing",
)
_NEEDS: Final = _table(
    pregnant="embarazada,embarazo,gestante,em,pregnant",
    nursing="lactancia,la,da pecho,amamanta,madre lactante,nursing,breastfeeding",
    infant="bebé,be,menor de 1 año,menor de un año,lactante menor,infant,baby",
    walks="camina con dificultad,movilidad reducida,silla de ruedas,muletas,bastón,no camina,discapacidad física,"
    "discapacidad motora,ca,walks with difficulty,wheelchair,crutches",
    medicine="medicina,medicinas,medicamento,medicamentos,toma medicina,aparato,oxígeno,insulina,me,medicine,"
    "medication,device",
    old_alone="mayor sola,mayor solo,adulto mayor solo,adulta mayor sola,so,old and alone",
    child_alone="niño solo,niña sola,menor no acompañado,menor solo,nna no acompañado,nn,unaccompanied child,"
    "child alone",
    interpreter="intérprete,no habla español,in,interpreter",
    private="desea hablar en privado,hablar en privado,privado,pr,private",
)
PRIVATE: Final = "private"
_DOCUMENTS: Final = _table(
    **{
        "GT cui": "dpi,cui,dpi/cui,cédula de vecindad",
        "GT birth_certificate": "partida,partida de nacimiento,certificado de nacimiento,acta de nacimiento",
        "HN dni": "dni,identidad,tarjeta de identidad,id",
        "SV dui": "dui",
        "MX curp": "curp",
        "NI cedula": "cédula,cédula de identidad",
        "passport": "pasaporte,passport",
        "US alien_number": "a number,alien number,a-number",
        "US return_paper": "hoja de retorno,return paper",
        "other": "otro,other,carné,licencia",
    }
)
OF_A_COUNTRY: Final = {"GT": "cui", "HN": "dni", "SV": "dui", "MX": "curp", "NI": "cedula", "HT": "nin"}
"""The document a person of a country usually shows, taken where a list does not say which."""
_NATIONALITIES: Final = _table(
    GT="gt,gtm,guatemala,guatemalteco,guatemalteca,guatemalan",
    HN="hn,hnd,honduras,hondureño,hondureña,honduran",
    SV="sv,slv,el salvador,salvadoreño,salvadoreña,salvadoran",
    NI="ni,nic,nicaragua,nicaragüense,nicaraguan",
    MX="mx,mex,méxico,mexicano,mexicana,mexican",
    CR="cr,cri,costa rica,costarricense,costa rican",
    PA="pa,pan,panamá,panameño,panameña",
    HT="ht,hti,haití,haitiano,haitiana,haitian",
    CU="cu,cub,cuba,cubano,cubana",
    VE="ve,ven,venezuela,venezolano,venezolana",
    EC="ec,ecu,ecuador,ecuatoriano,ecuatoriana",
    CO="co,col,colombia,colombiano,colombiana",
    US="us,usa,estados unidos,estadounidense,united states",
)


def kinship(text: str) -> Kinship | None:
    """What a cell calls somebody's relation to the head; None for a word we do not know."""
    found = _KINSHIP.get(fold(text))
    return Kinship(found) if found else None


def presence(text: str) -> Presence | None:
    found = _PRESENCE.get(fold(text))
    return Presence(found) if found else None


def need(text: str) -> str | None:
    """The code of a need at the door, or `PRIVATE`; None for what is no need we ask for."""
    return _NEEDS.get(fold(text))


def is_need(code: str) -> bool:
    return code in NeedCode.values


def document(text: str, country: str) -> tuple[str, str] | None:
    """Country and kind of a document as a list names it; None for a word we do not know."""
    found = _DOCUMENTS.get(fold(text))
    if found is None:
        return None
    of, _, kind = found.rpartition(" ")
    return (of or country, kind)


def nationality(text: str) -> str | None:
    return _NATIONALITIES.get(fold(text))
