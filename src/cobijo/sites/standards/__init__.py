"""How a site stands against norms: what is asked of it, what is so, what is lacking, and what that means in numbers.

round      a visit in which a site is looked at, by one norm set, for one phase and regime
answer     what a round found of one indicator: known, unknown or not applicable; seen, told or reckoned
indicator  what is asked or reckoned, with its unit and its norms; all of them are data (``data/norms.toml``)
gap        how far a known value is from the norm that holds; what nobody knows has none, and is said to be unknown

Nobody is asked how often anything violent happened at a site: only which kinds of places are unsafe, and whether
somebody knows whom to call.
"""
