"""What people may ask of whoever keeps their data, and what they get: a copy, a correction, to be forgotten.

Nouns: *RightsRequest* (what was asked, by when it is answered, and the answer), *GivenCopy* (that a copy was handed
over; the copy itself is kept nowhere).
"""
