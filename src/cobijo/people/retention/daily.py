"""The run of the day, done by the ticker."""

from cobijo.core import chores
from cobijo.people.retention import running

chores.daily("people.retention", running.daily)
