"""The letters a form is filled in with, by language: printed at its foot, and typed in by the same.

Kinship, sex, presence and feeding are one letter, needs are two. They are data of the form and no translations: a
letter means what the form in front of the typist says it means.
"""

from collections.abc import Mapping
from typing import Final

from cobijo.people.paper.types import FormLanguage
from cobijo.people.types import Feeding, Kinship, NeedCode, Presence, Sex

PRIVATE: Final = "private"
NEWBORN: Final = "newborn"

Letters = Mapping[str, str]

KINSHIP: Final[Mapping[FormLanguage, Letters]] = {
    FormLanguage.SPANISH: {
        "J": Kinship.HEAD, "C": Kinship.SPOUSE, "H": Kinship.CHILD, "A": Kinship.STEPCHILD, "N": Kinship.GRANDCHILD,
        "P": Kinship.PARENT, "S": Kinship.IN_LAW, "E": Kinship.SIBLING, "O": Kinship.RELATIVE,
        "X": Kinship.UNRELATED, "T": Kinship.FOSTER,
    },
    FormLanguage.ENGLISH: {
        "H": Kinship.HEAD, "S": Kinship.SPOUSE, "C": Kinship.CHILD, "T": Kinship.STEPCHILD, "G": Kinship.GRANDCHILD,
        "P": Kinship.PARENT, "L": Kinship.IN_LAW, "B": Kinship.SIBLING, "O": Kinship.RELATIVE,
        "X": Kinship.UNRELATED, "F": Kinship.FOSTER,
    },
}  # fmt: skip

SEX: Final[Mapping[FormLanguage, Letters]] = {
    FormLanguage.SPANISH: {"F": Sex.FEMALE, "M": Sex.MALE, "O": Sex.OTHER, "N": Sex.UNKNOWN},
    FormLanguage.ENGLISH: {"F": Sex.FEMALE, "M": Sex.MALE, "O": Sex.OTHER, "N": Sex.UNKNOWN},
}

PRESENCE: Final[Mapping[FormLanguage, Letters]] = {
    FormLanguage.SPANISH: {
        "A": Presence.HERE, "D": Presence.LATER, "E": Presence.ELSEWHERE, "N": Presence.MISSING,
    },
    FormLanguage.ENGLISH: {
        "H": Presence.HERE, "L": Presence.LATER, "E": Presence.ELSEWHERE, "U": Presence.MISSING,
    },
}  # fmt: skip

FEEDING: Final[Mapping[FormLanguage, Letters]] = {
    FormLanguage.SPANISH: {"P": Feeding.BREAST, "F": Feeding.FORMULA, "A": Feeding.BOTH},
    FormLanguage.ENGLISH: {"B": Feeding.BREAST, "F": Feeding.FORMULA, "A": Feeding.BOTH},
}

NEEDS: Final[Mapping[FormLanguage, Letters]] = {
    FormLanguage.SPANISH: {
        "Em": NeedCode.PREGNANT, "La": NeedCode.NURSING, "Be": NeedCode.INFANT, "Ca": NeedCode.WALKS,
        "Me": NeedCode.MEDICINE, "So": NeedCode.OLD_ALONE, "NN": NeedCode.CHILD_ALONE, "In": NeedCode.INTERPRETER,
        "Pr": PRIVATE, "RN": NEWBORN,
    },
    FormLanguage.ENGLISH: {
        "Pg": NeedCode.PREGNANT, "Nu": NeedCode.NURSING, "Ba": NeedCode.INFANT, "Wa": NeedCode.WALKS,
        "Me": NeedCode.MEDICINE, "Ol": NeedCode.OLD_ALONE, "Ch": NeedCode.CHILD_ALONE, "In": NeedCode.INTERPRETER,
        "Pr": PRIVATE, "Nb": NEWBORN,
    },
}  # fmt: skip

TABLES: Final = {"kinship": KINSHIP, "sex": SEX, "presence": PRESENCE, "feeding": FEEDING, "needs": NEEDS}


def letters() -> dict[str, dict[str, dict[str, str]]]:
    """All of them as plain text, by language and question, for the screen on which forms are typed in."""
    return {
        str(language): {
            name: {letter: str(value) for letter, value in table[language].items()} for name, table in TABLES.items()
        }
        for language in FormLanguage
    }
