"""How long what is known of people is kept, by category, and letting it go on schedule.

Nouns: *RetentionRule* (for a response: so many days after leaving, or after closing; on or off), *RetentionRun* (what
was found to be due, and what was then done). What a rule may do stands in ``rules.toml``, each with its reason.
"""
