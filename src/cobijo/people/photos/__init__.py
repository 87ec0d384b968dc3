"""Photos of people: asked for, never required, made small and clean, sealed with the person's own key.

Noun: *Photo*. The picture is a file (``core.blobs``); the row and the journal hold its digest.
"""
