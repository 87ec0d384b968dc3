"""The HTTP API: ``/api/v1``.

Nouns: *Caller* (who asks, and through which door: a session's cookie or a token), *Problem* (a refusal, as RFC 9457
has it), *Call* (one verb with its arguments as JSON, the only writing), *Page* (a part of a list, with its cursor).

It assembles the ``rest`` modules of the apps and holds what they share towards the outside: ``door`` meets every
request, ``auth`` says who calls, ``limits`` how often, ``verbs`` runs one, ``schema`` describes it as OpenAPI 3.1.
"""
