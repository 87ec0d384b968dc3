"""The pages and files of figures. Views hold no rules: they read through queries and call verbs."""
