"""Manifests as lists handed in: which columns they hold, which are refused, what their rows become."""
