"""What the ticker does for the index: folding where much is fresh, and once a day whatever there is."""

from cobijo.core import chores
from cobijo.people.searching import writing

chores.often("people.searching", writing.fold_if_many)
chores.daily("people.searching", writing.daily)
