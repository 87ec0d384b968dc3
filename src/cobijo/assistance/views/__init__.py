"""The pages of the store. Views hold no rules: they read through queries and call verbs."""
