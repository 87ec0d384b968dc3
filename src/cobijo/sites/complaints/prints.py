"""Blank complaint forms: each with a number of its own on the form and on the slip that is torn off."""

from django.utils.translation import gettext as _

from cobijo.core import nodes
from cobijo.core.printing import compile_pdf
from cobijo.sites.complaints.kinds import draw_number, kinds
from cobijo.sites.models import Site


def slips_pdf(site: Site, count: int) -> bytes:
    """So many forms, two on a page, in the language in force. Their numbers are kept nowhere before one comes back."""
    return compile_pdf(
        "complaint-slips",
        {
            "sheet": {"title": _("Complaint or suggestion"), "site": site.unit.name, "demo": nodes.is_fictitious()},
            "numbers": [draw_number() for _one in range(count)],
            "kinds": [kind.label for kind in kinds().values()],
            "say": _say(),
        },
    )


def _say() -> dict[str, object]:
    return {
        "title": _("Complaint or suggestion"),
        "unnamed": _("You need not say who you are. Nobody loses a place, food or help for complaining."),
        "about": _("What it is about"),
        "what": _("What happened, where and when"),
        "want": _("What do you want to happen?"),
        "answer": _("Do you want an answer? How do we reach you safely?"),
        "aside": _("What is about staff goes to a person outside this site, and nobody here reads it."),
        "keep": _("Tear off and keep this number. With it you can ask for the answer at any desk."),
        "number": _("Number"),
    }
