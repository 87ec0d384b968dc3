"""Where people sleep, and who sleeps there.

Nouns: *Response*, *Site* with its dated status and facilities, *SiteGroup*, *Space* (a tree to the room, tent or bed),
*Stay* (a dated row: planned, in, away, out), *Transfer* between sites, *SiteReport* (a head-count without names).
"""
