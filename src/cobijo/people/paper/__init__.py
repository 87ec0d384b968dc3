"""Blank family forms: printed before anybody comes, filled in by hand, typed in later by their number.

Nouns: *PaperBatch* (what was printed at once), *PaperForm* (one of them: still out there, typed in, or put away).
A number is no secret and proves nothing; what is written on a form stands in the records of the people it is about.
"""
