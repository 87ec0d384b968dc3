"""The names of people in the index: written with the verb that changes them, folded later, gone with the person.

All of it can be worked out of the records again, so it is neither journaled nor kept as before-images. A verb inserts
and locks nothing that another registration waits for: new pairs of token and entry stand apart (`NameFresh`) until
`fold` moves them into postings.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from django.db import connection, transaction
from django.db.models.signals import pre_delete

from cobijo.core.models import Chore
from cobijo.people.models import NameFresh, NamePosting, NameToken, Person, SearchEntry
from cobijo.people.searching import postings, words

FOLDED_AT_ONCE: Final = 10_000
"""Pairs moved in one transaction: others who write wait for no more than that."""
WORTH_FOLDING: Final = 4_000
"""Pairs from which folding is worth its while; fewer are folded once a day."""
FOLDING: Final = "people.folding"
"""The chore that who folds holds alone; made with the database."""

Pairs = Sequence[tuple[int, int]]


# --- what verbs write ------------------------------------------------------------------------------------------------


def write(entries: Sequence[SearchEntry]) -> None:
    """Insert new entries with the words of their people."""
    wanted = [words.of_person(entry.person) for entry in entries]
    ids = _tokens(frozenset().union(*wanted))
    for entry, its in zip(entries, wanted, strict=True):
        entry.tokens = postings.pack_tokens(ids[word] for word in its)
    SearchEntry.objects.bulk_create(entries)
    _add([(ids[word], entry.pk) for entry, its in zip(entries, wanted, strict=True) for word in its])


def rewrite(entry: SearchEntry, merged: Iterable[Person] = ()) -> None:
    """Bring an entry up to the names its person has now, those of records ``merged`` into theirs too."""
    ids = _tokens(words.of_person(entry.person).union(*map(words.of_person, merged)))
    wanted, before = set(ids.values()), set(postings.tokens_in(bytes(entry.tokens)))
    if wanted == before:
        return
    entry.tokens = postings.pack_tokens(wanted)
    entry.save(update_fields=["tokens"])
    _add([(token, entry.pk) for token in sorted(wanted - before)])
    _take_out(entry.pk, before - wanted)


def _add(pairs: Pairs) -> None:
    fresh = [NameFresh(token=token, entry=entry) for token, entry in sorted(pairs)]
    NameFresh.objects.bulk_create(fresh, ignore_conflicts=True)


def _tokens(wanted: Collection[str]) -> dict[str, int]:
    """The ids of words, of new ones too; kept from being forgotten until this transaction ends."""
    found = _held(wanted)
    missing = sorted(set(wanted) - found.keys())
    if missing:
        new = [NameToken(word=word, keys=words.written(word)) for word in missing]
        NameToken.objects.bulk_create(new, ignore_conflicts=True)
        found |= _held(missing)
    return found


def _held(wanted: Collection[str]) -> dict[str, int]:
    """Ids of the words there are. On PostgreSQL who would forget one waits: registrations do not, for each other."""
    if not wanted:
        return {}
    if connection.vendor != "postgresql":
        return dict(NameToken.objects.filter(word__in=wanted).values_list("word", "id"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, id FROM people_nametoken WHERE word = ANY(%s) FOR KEY SHARE", [sorted(wanted)])
        return dict(cursor.fetchall())


# --- what goes -------------------------------------------------------------------------------------------------------


def taken_out(sender: object, instance: SearchEntry, **_: object) -> None:
    """With an entry goes what the postings say of it, whoever deletes it and why."""
    _take_out(instance.pk, postings.tokens_in(bytes(instance.tokens)))


pre_delete.connect(taken_out, sender=SearchEntry, dispatch_uid="people.searching")


def _take_out(entry: int, tokens: Collection[int]) -> None:
    """Take an entry out of what is fresh and what is posted, while nothing is being folded."""
    if not tokens:
        return
    _keep_from_folding()
    NameFresh.objects.filter(entry=entry, token__in=tokens).delete()
    theirs = NamePosting.objects.filter(token__in=tokens, block__in=[postings.WHOLE, postings.block_of(entry)])
    for row in theirs.select_for_update().order_by("token", "block"):
        there = postings.entries_in(row.block, bytes(row.entries))
        rest = there[there != entry].tolist()
        one = NamePosting.objects.filter(token=row.token, block=row.block)
        if not rest:
            one.delete()
        elif len(rest) < len(there):
            one.update(entries=postings.pack(row.block, rest))
    _forget(tokens)


def _keep_from_folding() -> None:
    """Until this transaction ends nothing is folded; others who take out need not wait. SQLite has one writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM core_chore WHERE name = %s FOR KEY SHARE", [FOLDING])
            cursor.fetchall()


def _forget(tokens: Collection[int]) -> None:
    """Remove the words nobody bears any more; looked at again once locked: somebody may just have been given one."""
    unborne = _unborne(tokens)
    if unborne:
        locked = NameToken.objects.filter(pk__in=unborne).select_for_update().order_by("pk")
        NameToken.objects.filter(pk__in=_unborne([token.pk for token in locked])).delete()


def _unborne(tokens: Collection[int]) -> set[int]:
    borne = NamePosting.objects.filter(token__in=tokens).values_list("token", flat=True).distinct()
    fresh = NameFresh.objects.filter(token__in=tokens).values_list("token", flat=True).distinct()
    return set(tokens) - set(borne) - set(fresh)


# --- folding ---------------------------------------------------------------------------------------------------------


def fold_if_many() -> int:
    """Fold where enough waits to be folded; gives how many pairs were."""
    at = NameFresh.objects.values_list("token")[WORTH_FOLDING : WORTH_FOLDING + 1]
    return fold() if at else 0


def fold() -> int:
    """Move what is fresh into postings, some at a time, each time in a transaction of its own; gives how many."""
    folded = 0
    while some := _fold_some():
        folded += some
        if some < FOLDED_AT_ONCE:
            break
    return folded


def _fold_some() -> int:
    with transaction.atomic():
        Chore.objects.get_or_create(pk=FOLDING)
        Chore.objects.select_for_update().get(pk=FOLDING)  # one folds at a time
        fresh = NameFresh.objects.select_for_update(skip_locked=True).order_by("token", "entry")
        pairs = list(fresh.values_list("token", "entry")[:FOLDED_AT_ONCE])
        if pairs:
            _post(pairs)
            _no_longer_fresh(pairs)
    return len(pairs)


def _post(pairs: Pairs) -> None:
    """Put pairs into postings. A token has one row of no block, or rows of blocks once it is many people's."""
    new: dict[int, set[int]] = defaultdict(set)
    for token, entry in pairs:
        new[token].add(entry)
    blocks = {postings.WHOLE, *(postings.block_of(entry) for _, entry in pairs)}
    there = NamePosting.objects.filter(token__in=new, block__in=blocks).select_for_update()
    kept = {(row.token, row.block): bytes(row.entries) for row in there.order_by("token", "block")}
    begun = set(NamePosting.objects.filter(token__in=new).values_list("token", flat=True).distinct())
    rows: list[postings.Row] = []
    for token, entries in sorted(new.items()):
        whole = kept.get((token, postings.WHOLE))
        if whole is not None or token not in begun:
            before = postings.entries_in(postings.WHOLE, whole or b"").tolist()
            rows += postings.rows_of(token, [*before, *entries])
        else:
            rows += _with_those_there(token, entries, kept)
    many = {token for token, block, _ in rows if block != postings.WHOLE}
    NamePosting.objects.filter(token__in=many, block=postings.WHOLE).delete()
    put(rows)


def _with_those_there(
    token: int, entries: Collection[int], kept: Mapping[tuple[int, int], bytes]
) -> Iterator[postings.Row]:
    """The rows of a token that stands in blocks, with more entries."""
    for block in sorted({postings.block_of(entry) for entry in entries}):
        before = postings.entries_in(block, kept.get((token, block), b"")).tolist()
        more = [entry for entry in entries if postings.block_of(entry) == block]
        yield token, block, postings.pack(block, [*before, *more])


def put(rows: Iterable[postings.Row]) -> None:
    """Write postings, each in the place of the one there was."""
    NamePosting.objects.bulk_create(
        [NamePosting(token=token, block=block, entries=packed) for token, block, packed in rows],
        update_conflicts=True,
        unique_fields=["token", "block"],
        update_fields=["entries"],
        batch_size=2_000,
    )


def _no_longer_fresh(pairs: Pairs) -> None:
    by_token: dict[int, list[int]] = defaultdict(list)
    for token, entry in pairs:
        by_token[token].append(entry)
    for token, entries in by_token.items():
        NameFresh.objects.filter(token=token, entry__in=entries).delete()


def make_keys_anew() -> int:
    """Write the keys of words that were made by earlier rules or tables; gives how many were."""
    rows = NameToken.objects.order_by("pk").values_list("pk", "word", "keys")
    stale = [
        NameToken(pk=token, word=word, keys=words.written(word))
        for token, word, keys in rows.iterator()
        if not words.is_of_today(bytes(keys))
    ]
    NameToken.objects.bulk_update(stale, ["keys"], batch_size=1_000)
    return len(stale)


def daily() -> None:
    """What is done once a day, however little it is."""
    make_keys_anew()
    fold()
