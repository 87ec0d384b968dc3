"""The ground every app stands on.

Nouns: *Node* (this installation), *Act* (who does what, when, from where), *Verb* (a declared way to change domain
data), *Intent* (an operation as it was asked for, which never changes), *Outcome* (what became of it), *Seal* (a
signed, chained batch of both), *ImportBatch* (a list handed in, row by row on its way). Core knows ids, time, keys and
declarations; it knows no person, account or site.

Read in this order: ``errors``, ``verbs`` (what a verb is), ``operations`` (how one runs), ``rows`` (how it writes),
``journal`` and ``seals`` (what is kept of it), ``keys`` (how it is sealed), ``personal`` (what is about people),
``erasure`` (how a person is forgotten), ``imports`` (how lists come in).
"""
