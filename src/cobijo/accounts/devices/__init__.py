"""Shared devices: a laptop at a door, and the people who change on it by badge and PIN.

Nouns: *Device* (a browser an administrator let in, for one unit), *Enrolment* (the invitation for it: one code, ten
minutes), *Badge* (what somebody of the team carries and scans), *Pin* (the six digits only they know), *Pledge* (the
code of conduct, signed). ``sessions`` says what such a session stands on and how far it reaches. A volunteer is an
account without password that ends after seven days.
"""
