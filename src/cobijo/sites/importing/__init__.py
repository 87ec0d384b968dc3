"""Lists of people and of head-counts, taken into a site.

household  rows that are one household: received by one act, checked in with it
member     one row: a person as a list writes them
report     one row of a list of head-counts
"""
