"""The sheet of the evening: what a site says at six o'clock, on one page, and in one text to paste into a message.

sheet    what a site's manager signed, with its number, kind and the figures as they were
message  the four lines of it that may leave: no needs, no small numbers
"""
