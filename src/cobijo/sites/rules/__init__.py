"""What several verbs of this app decide alike: who may leave with whom, who fits where, what a stay begins and ends."""
