"""How each household gets out of a shelter: what became of its house, what it wants, what was offered and accepted.

way out   what is known of a household's house and intention on a day, and the solution offered to it; the newest counts
"""
