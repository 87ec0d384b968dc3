"""Moments of this app's verbs that other apps join."""

from uuid import UUID

from cobijo.core.hooks import Hook

replaced: Hook[[UUID, UUID]] = Hook("people.replaced")
"""A person is being erased: rows that stay for figures point to the anonymous person (the second id) from now on."""

voiding: Hook[[UUID]] = Hook("people.voiding")
"""A person's record is being taken out: who cannot let that be (an open stay) refuses."""

forgetting: Hook[[UUID]] = Hook("people.forgetting")
"""A person is to be forgotten at a desk: who cannot let that be yet (an open stay) refuses."""
