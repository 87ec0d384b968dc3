"""Lists of head-counts: what several sites, or one on several days, have reported.

report   one row: a site, a moment, and what was counted there
places   the sites a row can mean, by code, name and alias
"""
