"""Text as people write it: `clean` is what is kept, `fold` is what is compared and searched.

Both are laws of the project: a folded column is only as good as the fold of the query, so change them only
with a migration that folds again.
"""

import unicodedata

# Every mark that people and keyboards use for the apostrophe or the Mayan glottal stop (K'iche', Q’eqchi’,
# Kʼicheʼ).
APOSTROPHES = frozenset("'`´‘’‚‛′‵ʹʻʼʽʾʿˈˊˋ΄᾽᾿῾ꞌ＇｀")

# Letters that Unicode does not take apart although they carry a stroke or are two letters in one.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n"}
)

# Invisible characters that Unicode does not class as control or format: fillers, joiners, variation
# selectors.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u180b\u180c\u180d\u180f") | {
    chr(code) for span in (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)) for code in span
}


def fold(text: str) -> str:
    """Return the form under which two spellings of one thing are equal: "Ixch'el  NÚÑEZ" -> "ixchel nunez".

    Lower case; accents gone and ñ as n; apostrophes and glottal marks dropped; any other punctuation or
    symbol a space; invisible characters gone; one space between words, none at the ends. Folding twice
    changes nothing.
    """
    return " ".join(text.translate(_FOLDED).split())


class _Folded(dict[int, str]):
    """What each character folds to, reckoned when it is first met.

    A character folds alike wherever it stands: case folding looks at no neighbour, and the marks whose order
    decomposing settles are dropped.
    """

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_one(chr(code))
        return folded


def _fold_one(char: str) -> str:
    text = _without(APOSTROPHES, _visible(char))
    # Case folding can yield characters to decompose and decomposing can yield capitals: twice settles both.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(one for one in text if not unicodedata.combining(one))
    text = _without(APOSTROPHES, _visible(text)).translate(_LETTERS)
    return "".join(one if _in_word(one) else " " for one in text)


_FOLDED = _Folded()


def tokens(text: str) -> list[str]:
    """Return the words of the folded text, in order: "De León, Ana" -> ["de", "leon", "ana"]."""
    return fold(text).split()


def clean(text: str) -> str:
    """Return the text as it is kept: as written, in case and accents, without what nobody can see.

    NFC; control, format (zero-width, right-to-left marks) and unassigned characters gone; white space, line
    ends included, one space. Cleaning twice changes nothing.
    """
    return " ".join(unicodedata.normalize("NFC", text.translate(_VISIBLE)).split())


def _visible(text: str) -> str:
    """Make white space a plain space and drop what has no shape of its own."""
    spaced = "".join(" " if char.isspace() else char for char in text)
    return "".join(char for char in spaced if unicodedata.category(char)[0] != "C" and char not in _INVISIBLE)


class _Visible(dict[int, str]):
    """What each character is kept as: itself, a space, or nothing."""

    def __missing__(self, code: int) -> str:
        self[code] = kept = _visible(chr(code))
        return kept


_VISIBLE = _Visible()


def _without(unwanted: frozenset[str], text: str) -> str:
    return "".join(char for char in text if char not in unwanted)


def _in_word(char: str) -> bool:
    """Say whether a character is a letter, a digit, or a mark that spells (the vowel signs of Indic scripts)."""
    return unicodedata.category(char)[0] in "LNM"
