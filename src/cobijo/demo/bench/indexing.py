"""The search index of very many people written at once, as registering and folding would leave it."""

from array import array
from collections.abc import Iterable
from itertools import count, islice
from typing import Final
from uuid import UUID

import numpy as np
from django.db.models import Max

from cobijo.demo.bench.pouring import pour
from cobijo.people.models import NamePosting, NameToken, SearchEntry
from cobijo.people.searching import postings, words, writing

_AT_ONCE: Final = 50_000


class Index:
    """Takes people one after the other; ``close`` writes what is still gathered."""

    def __init__(self) -> None:
        writing.fold()
        self._ids: dict[str, int] = dict(NameToken.objects.values_list("word", "id"))
        self._next_token = count((NameToken.objects.aggregate(last=Max("pk"))["last"] or 0) + 1)
        self._next_entry = count((SearchEntry.objects.aggregate(last=Max("pk"))["last"] or 0) + 1)
        self._entries: list[tuple[int, UUID, bytes]] = []
        self._tokens, self._entry_of = array("q"), array("q")

    def add(self, person: UUID, found_by: Iterable[str]) -> int:
        """Note a person and the words they are found by; gives the entry."""
        tokens = [self._id(word) for word in set(found_by)]
        entry = next(self._next_entry)
        self._tokens.extend(tokens)
        self._entry_of.extend([entry] * len(tokens))
        self._entries.append((entry, person, postings.pack_tokens(tokens)))
        return entry

    def pour(self) -> None:
        """Write the entries taken since. Words and postings wait for ``close``."""
        pour(SearchEntry, ["id", "person_id", "tokens"], self._entries)
        self._entries = []

    def close(self) -> None:
        """Write words and postings of all that was taken, those that were there before among them."""
        known = set(NameToken.objects.values_list("word", flat=True))
        new = [(number, word) for word, number in self._ids.items() if word not in known]
        pour(NameToken, ["id", "word", "keys"], [(at, word, words.written(word)) for at, word in new])
        for row in NamePosting.objects.all():
            before = postings.entries_in(row.block, bytes(row.entries)).tolist()
            self._tokens.extend([row.token] * len(before))
            self._entry_of.extend(before)
        NamePosting.objects.all().delete()
        rows = postings.rows_of_pairs(np.array(self._tokens), np.array(self._entry_of))
        while some := list(islice(rows, _AT_ONCE)):
            pour(NamePosting, ["token", "block", "entries"], some)

    def _id(self, word: str) -> int:
        found = self._ids.get(word)
        if found is None:
            found = self._ids[word] = next(self._next_token)
        return found
