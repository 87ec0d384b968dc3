"""The pages on which a list comes in: handed in, its columns settled, its rows checked and corrected, entered, undone.

They are the same for every kind of list; what a row means is said by the app that registers the kind.
"""
