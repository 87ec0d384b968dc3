"""Who may reach what: the table of routes and verbs, and the small world in which each row is tried."""
