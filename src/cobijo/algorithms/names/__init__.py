"""Names as people of the region have them, taken into their parts.

`parsing` reads one text as given names, first and second surname and married name. `given_names.txt` is its table.
"""
