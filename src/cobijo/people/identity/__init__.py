"""Who is one person: records that may be one, and the act that makes one of two and can be taken back.

Nouns: *Pair* (two records that may be one person's, with evidence and a verdict), *Merge* (the act that made one of
two).
"""
