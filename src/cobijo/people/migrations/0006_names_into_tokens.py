"""Names leave the table of keys and become tokens of their entries, with postings; images of the index go.

What is written here is worked out of the records, by the rules in force when this runs; it can be again at any time.
"""

from array import array
from itertools import islice

import numpy as np
from django.db import migrations, models

from cobijo.algorithms import text
from cobijo.people.searching import postings, words, writing

AT_ONCE = 2_000
NAMES = ("given_names", "first_surname", "second_surname", "married_name", "nicknames")


def forwards(apps, schema_editor):
    entry_model, token_model = apps.get_model("people", "SearchEntry"), apps.get_model("people", "NameToken")
    posting_model = apps.get_model("people", "NamePosting")
    ids, tokens, entry_of, some = {}, array("q"), array("q"), []
    for entry in entry_model.objects.select_related("person").order_by("pk").iterator(chunk_size=AT_ONCE):
        wanted = words.of_person(entry.person)
        for word in sorted(wanted - ids.keys()):
            ids[word] = token_model.objects.create(word=word, keys=words.written(word)).pk
        tokens.extend(ids[word] for word in wanted)
        entry_of.extend([entry.pk] * len(wanted))
        entry.tokens = postings.pack_tokens(ids[word] for word in wanted)
        some.append(entry)
        if len(some) == AT_ONCE:
            entry_model.objects.bulk_update(some, ["tokens"], batch_size=500)
            some = []
    entry_model.objects.bulk_update(some, ["tokens"], batch_size=500)
    rows = postings.rows_of_pairs(np.array(tokens), np.array(entry_of))
    while part := list(islice(rows, AT_ONCE)):
        posting_model.objects.bulk_create(posting_model(token=one, block=two, entries=three) for one, two, three in part)
    apps.get_model("core", "Chore").objects.get_or_create(pk=writing.FOLDING, defaults={"mark": 0})
    apps.get_model("people", "SearchKey").objects.filter(kind="n").delete()
    apps.get_model("core", "Image").objects.filter(model__in=["people.searchentry", "people.searchkey"]).delete()


def backwards(apps, schema_editor):
    entry_model, key_model = apps.get_model("people", "SearchEntry"), apps.get_model("people", "SearchKey")
    some = []
    for entry in entry_model.objects.select_related("person").iterator(chunk_size=AT_ONCE):
        found = {token for name in NAMES for token in text.tokens(getattr(entry.person, name))}
        some += [key_model(entry=entry, kind="n", key=word.encode()) for word in sorted(found)]
        if len(some) >= AT_ONCE:
            key_model.objects.bulk_create(some)
            some = []
    key_model.objects.bulk_create(some)
    for name in ("NamePosting", "NameFresh", "NameToken"):
        apps.get_model("people", name).objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_words_of_names'),
        ('core', '0003_chores'),
    ]

    operations = [
        migrations.RunPython(forwards, backwards),
        migrations.AlterField(
            model_name='searchkey',
            name='kind',
            field=models.CharField(choices=[('c', 'Code'), ('d', 'Document'), ('t', 'Phone')], max_length=1),
        ),
    ]
