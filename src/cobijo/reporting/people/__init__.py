"""Lists of people by name that leave the program, each with who asked for it, what for, why, and who has a copy.

export   a list somebody asked for: which, of which site, for what; with a second person's yes above a number
copy     one file of it, numbered, made fresh from what its taker may see at that moment
"""
