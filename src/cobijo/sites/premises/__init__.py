"""The premises a site uses: measured before they are needed, taken over by an act, and given back by another.

ground   a room, yard or field of a site, with its length and width
act      the opening or closing of a site on paper: who owns the building, keys, meters, furniture, and why it closed

How many people premises could take is reckoned from norms and agreed with nobody. Acts name posts, never people: names
and signatures are written by hand on the print.
"""
