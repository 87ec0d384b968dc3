"""Committees of residents, and who has which turn.

committee  residents who look after something together: the kitchen, cleaning, safety, the children
turn       a part of a day on which a committee works, with how many people

No resident is named: members are head-counts, and the people in charge are posts. A list of names with duties and
hours would be a list of where to find somebody.
"""
