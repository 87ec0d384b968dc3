"""Cards and wristbands: printed before anybody comes, given to somebody, lost, replaced.

Nouns: *CardBatch* (what was printed at once), *Card* (one of them, in nobody's hands or in somebody's).
A card names, it does not prove. Its secret stands on the print and nowhere else: kept is a keyed digest of it.
"""
