"""The pages of arrivals and departures. Views hold no rules: they read through queries and call verbs."""
