"""What the records of this app and their fields are called in a person's own copy."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.core.owncopy import Words, name_record

_BACK = _("Expected back")

name_record(
    "sites.Stay",
    Words(
        _("Stays"),
        {
            "site": _("Site"),
            "space": _("Space"),
            "state": _("State"),
            "planned_for": _("Expected on"),
            "in_at": pgettext_lazy("own copy", "From"),
            "out_at": pgettext_lazy("own copy", "Until"),
            "expected_back": _BACK,
            "out_reason": _("Why the person left"),
            "destination": _("Where to"),
            "disputed": _("In dispute with another stay"),
            "voided_at": pgettext_lazy("own copy", "Taken out"),
        },
    ),
)
name_record(
    "sites.Absence",
    Words(
        _("Times out of the site"),
        {
            "left_at": pgettext_lazy("own copy", "From"),
            "expected_back": _BACK,
            "back_at": pgettext_lazy("own copy", "Until"),
        },
    ),
)
name_record(
    "sites.Death",
    Words(
        _("Death"),
        {
            "died_on": _("Died on"),
            "authority": _("Authority that states it"),
            "document": _("Document"),
            "recorded_at": pgettext_lazy("own copy", "Recorded"),
        },
    ),
)
name_record(
    "sites.Involved",
    Words(
        _("Incidents of a site in which the person is named"),
        {"incident": _("Incident"), "noted_at": pgettext_lazy("own copy", "Recorded")},
    ),
)
name_record(
    "sites.AuthorityAct",
    Words(
        _("Act of the authority for a child who leaves"),
        {
            "authority": _("Authority"),
            "number": _("Number"),
            "official": _("Official"),
            "receiving_adult": _("Adult who receives the child"),
            "receiving_kinship": _("Kinship of that adult"),
            "receiving_document": _("Document of that adult"),
            "childs_view": _("What the child says"),
        },
    ),
)
name_record(
    "sites.Passage",
    Words(
        _("Passages at the gate"),
        {
            "site": _("Site"),
            "way": pgettext_lazy("own copy", "Out, in or meal"),
            "meal": _("Which meal"),
            "at": pgettext_lazy("own copy", "When"),
            "undone_at": pgettext_lazy("own copy", "Taken back"),
        },
    ),
)
name_record(
    "sites.Mark",
    Words(
        _("Roll-calls"),
        {
            "space": _("Space"),
            "here": pgettext_lazy("own copy", "Seen here"),
            "at": pgettext_lazy("own copy", "When"),
        },
    ),
)
name_record(
    "sites.Difference",
    Words(
        _("Differences at roll-call"),
        {
            "kind": pgettext_lazy("own copy", "What differed"),
            "space": _("Space"),
            "explanation": pgettext_lazy("own copy", "Explanation"),
            "acted": pgettext_lazy("own copy", "What was recorded"),
            "settled_at": pgettext_lazy("own copy", "Explained"),
        },
    ),
)
