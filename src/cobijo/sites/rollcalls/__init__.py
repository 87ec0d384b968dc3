"""The roll-call: who is really here tonight, room by room, by as many people as there are to mark.

roll-call    of a site and a night, begun, interrupted, gone on with, ended
mark         what one account saw of one person: here or not; seen is seen
difference   what the marks and the register do not agree on, each explained and acted on

What it counts is a figure of the kind *counted* and stands beside the registered; it is never added to them.
"""
