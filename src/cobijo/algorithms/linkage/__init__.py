"""Record linkage: which rows of a list, or of two, are one person.

`reading` takes a list into columns, `encoding` columns into integers, `blocking` says which pairs are looked at,
`glance` which of them are worth it, `likeness` and `comparing` what two rows are to each other, `weights` the bits
of it (Fellegi-Sunter), `trees` the second stage, `households` what the others of a family say, `clusters` who goes
together; `processes` and `spark` share the work; `engine` is the whole way.
Nothing here merges anything: it answers with pairs, their probability and their evidence.
"""
