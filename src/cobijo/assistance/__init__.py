"""What a site has in store, and what it must ask for tomorrow.

Nouns: *StoreSlip* (goods received, given, counted or lost at one moment, with a number said aloud), *StoreMove* (one
item on a slip), *FormulaAssessment* (a health worker's word that an infant is fed with formula). Items and ratios are
data (``data/*.toml``), each ratio with its source and how sure it is.
"""
