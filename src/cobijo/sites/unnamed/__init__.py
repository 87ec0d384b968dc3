"""People of a household who are here before their names are known: counted, given a place, and named one by one later.

unnamed   so many people of one sex and age band, of one household, who came together and sleep in one space

Nobody is invented for them: they are a number beside the named members until somebody writes a name.
"""
