"""The staff's shell: what frames every page, and the pages that span apps.

Nouns: *Frame* (where I am, my tasks, me), *home* (what is due now), the *desk* (register, find, check in and out: one
document), the page of a person and of a household (built from panels), the *inbox* of held entries.
"""
