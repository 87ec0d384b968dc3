"""The demonstration: the Volcán de Fuego response of 2018, replayed through the real verbs with fictitious people.

Nouns: the *table* (published figures with their sources), the *story* (sites, arrivals, transfers, departures: what is
known and what is inferred to join it), *families* (fictitious), the *replay* (the story told in verbs), *sign-ins* of
the cast.
"""
