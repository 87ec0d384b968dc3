"""Figures that hold: who slept where, by sex and age, with where each number comes from.

Nouns: *Census* (of a site, a group of sites, an area or a response for a night; computed, not stored),
*PublishedFigure* (from outside, with its source), *ClosedCensus* (a night that is settled, with its seal), *Release*
(what was given out, suppressed), *PeopleExport* (a list of people by name that somebody asked for).
"""
