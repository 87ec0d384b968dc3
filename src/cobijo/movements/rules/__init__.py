"""Rules that several verbs share."""
