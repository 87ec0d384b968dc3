"""The gate of a site: who goes out, comes in and eats, and visitors who wait outside.

passage   somebody who stays here went out, came in or took a meal, at a moment
visit     somebody outside asked for somebody; the message was passed, and what came of it

The gate shows a face and a code, never a name, unless its reader finds people by name anyway.
"""
