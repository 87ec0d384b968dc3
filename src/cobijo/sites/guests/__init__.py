"""Guests of a night shelter: people without a name who sleep there for a night, counted at the door.

tally   so many guests of a night by sex and age, as counted up to a moment; the newest of a night stands

Nobody is registered for them. They are figures of the kind *counted* and add to whoever is registered by name.
"""
