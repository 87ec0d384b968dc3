"""What is refused about pairs and merges."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Ground, Refusal

ONE_RECORD = Refusal(
    "people.one_record", _("This is one and the same record. Choose two records of two registrations."), Ground.INPUT
)
UNKNOWN_EVIDENCE = Refusal(
    "people.unknown_evidence",
    _("This evidence is none this version knows. Find the pairs anew with this version."),
    Ground.INPUT,
)
MERGE_WAITS = Refusal(
    "people.merge_waits",
    _("One of these records waits to be made one with another. Settle that first: it stands on the record's page."),
)
MERGE_SETTLED = Refusal(
    "people.merge_settled", _("Somebody has settled this already. Reload the page to see how it stands.")
)
NOT_MERGED = Refusal(
    "people.not_merged", _("These records are two again, or were never made one. Nothing has to be taken back.")
)
UNDO_GONE = Refusal(
    "people.merge_undo_gone",
    _(
        "What is needed to take this back was let go when the time to keep it had passed. "
        "Register the other person again, and move to them what is theirs."
    ),
)
