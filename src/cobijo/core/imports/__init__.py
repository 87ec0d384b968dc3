"""Lists that others keep, taken in: each row looked at, nothing entered before a person accepts it.

batch     one list as it was handed in, from upload to accepted or undone
row       one line of it, sealed until it is accepted, with what is wrong with it
kind      what a row means: its fields, and the verb that takes it; an app registers it
mapping   which column holds which field, remembered for an organisation's next list
"""
