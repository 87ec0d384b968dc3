"""The comparing of a list shared among the machines of a Spark cluster, or among the processors of this one.

The extra ``cobijo[spark]``. This machine reads the list and cuts it into blocks; every executor gets both once and
compares portions of them, by the same code, so that the answer is the same as without Spark.
"""

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from cobijo.algorithms.linkage.processes import Each, Given, Made


def there() -> bool:
    """Whether pyspark is installed."""
    try:
        importlib.import_module("pyspark")
    except ImportError:
        return False
    return True


@contextmanager
def shared(work: Callable[[Given], Made], _rows: int) -> Iterator[Each[Given, Made]]:
    """Work shared by Spark, however short: the cluster that ``spark-submit`` or what surrounds it names, or here."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session: Any = importlib.import_module("pyspark.sql").SparkSession.builder.appName("cobijo").getOrCreate()
    held = session.sparkContext.broadcast(work)

    def done(portion: Any) -> Any:
        return held.value(portion)

    def each(given: Any) -> Any:
        portions = list(given)
        cut = session.sparkContext.parallelize(portions, max(1, len(portions)))
        return cut.map(done).toLocalIterator(prefetchPartitions=True)

    try:
        yield each
    finally:
        session.stop()
