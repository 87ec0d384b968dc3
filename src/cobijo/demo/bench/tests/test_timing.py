"""What is measured goes on being measured when the database is reached by another connection."""

import pytest
from django.db import connection

from cobijo.demo.bench.timing import DatabaseTime

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def work() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM core_node) AS one")


def test_the_databases_time_only_grows_over_several_connections() -> None:
    time, seen = DatabaseTime(), []
    for _ in range(3):
        work()
        seen.append(time.now())
        connection.close()
        seen.append(time.now())
    assert seen == sorted(seen)
    assert time.counts
    assert seen[-1] > seen[0] or connection.vendor == "sqlite"
