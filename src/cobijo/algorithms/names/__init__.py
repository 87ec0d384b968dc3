"""Names as people of the region have them: taken into parts, written in many ways, compared.

`parsing` reads one text as given names, first and second surname and married name, words kept as written. `preparing`
makes a name ready to be compared: folded, abbreviations written out, what is no name taken away. `sounds` gives a word
its keys in the Spanish, Maya and Haitian traditions, `nicknames` what a nickname may stand for, `tables` how common a
name is. `words` says what two words are to each other, `comparing` what two names are; every constant stands in
`model`. The tables are TSV files in `data`.
"""

from cobijo.algorithms.names.comparing import Comparison, Evidence, compare, probability
from cobijo.algorithms.names.preparing import Name, prepare, prepare_parts
from cobijo.algorithms.names.tables import Part
from cobijo.algorithms.names.words import How

__all__ = ["Comparison", "Evidence", "How", "Name", "Part", "compare", "prepare", "prepare_parts", "probability"]
