"""Moments of this app's verbs that other apps join."""

from uuid import UUID

from cobijo.core.hooks import Hook
from cobijo.people.identity.types import Outlook

replaced: Hook[[UUID, UUID]] = Hook("people.replaced")
"""A person is being erased: rows that stay for figures point to the anonymous person (the second id) from now on."""

voiding: Hook[[UUID]] = Hook("people.voiding")
"""A person's record is being taken out: who cannot let that be (an open stay) refuses."""

forgetting: Hook[[UUID]] = Hook("people.forgetting")
"""A person is to be forgotten at a desk: who cannot let that be yet (an open stay) refuses."""

merged: Hook[[UUID, UUID]] = Hook("people.merged")
"""Two records become one: what belongs to the second person belongs to the first from now on, through ``core.rows``."""

foretold: Hook[[UUID, UUID, UUID, Outlook]] = Hook("people.foretold")
"""Somebody (the first id) asks what making one of the kept (second) and the other (third) would settle: each says it,
of records that reader may see."""
