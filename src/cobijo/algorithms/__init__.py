"""Pure Python that knows no Django, no database, no clock: rules and sums that can be read and tried alone.

Each module is one subject; everything public is a function or a small frozen class with its law in its docstring.

- ``text``: what is kept of a text, and the folded form that is compared and searched.
- ``codes``: codes said aloud for persons and households, with a check character.
- ``ages``: births known more or less exactly, ages, age bands, and the rule that an age in doubt is a child's.
- ``documents``: identity documents by country, and what looks wrong about a number; nothing is refused.
- ``suppression``: small numbers hidden in figures that leave the organisation, with proof.
"""
