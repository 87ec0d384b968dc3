"""The pages of sites. No rule stands here: a page asks queries, and hands what is typed to a verb."""
