"""How people are found by name among many: what is kept of a name, and how typed words meet it.

`words` says by which words and marks a person is found, `postings` how sets of entries are packed, `writing` keeps them
with the verbs and folds them, `vocabulary` holds the words there are, `meaning` says which of them a typed word may be,
`weighing` which entries fit best, `judging` compares the best with what was typed, whole name with whole name.
`people.index` is its door for verbs, `people.queries.search` for whoever asks. docs/develop/search.md.
"""
