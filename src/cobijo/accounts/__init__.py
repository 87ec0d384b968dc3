"""Who may do what, where.

Nouns: *Organisation*, *Unit* (one tree of response, area, organisation, site), *Account* (someone who signs in),
*Grant* (a role in a unit, for a time; or the right to give it), *Token* (what a program signs in with), *Reading* (the
log of openings, searches and exports), *Notice* (what someone must be told). Of shared devices (``devices``): *Device*,
*Enrolment* (an invitation for one), *Badge*, *Pin*, *Pledge* (the code of conduct, signed).
"""
