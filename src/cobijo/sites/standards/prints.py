"""How a site stands, on paper: what is below its norm, what nobody knows, and by which norms."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cobijo.core import clock, nodes, wording
from cobijo.core.printing import compile_pdf
from cobijo.sites.standards.facts import facts_of
from cobijo.sites.standards.models import Round
from cobijo.sites.standards.norms import sets
from cobijo.sites.standards.queries import Line, Setting, Standing, lines_of, set_of_response
from cobijo.sites.standards.types import AnswerFrom, Phase, Regime

Rows = list[list[object]]


def lines_of_round(round_: Round, *, as_then: bool = False) -> list[Line]:
    """What a round asks, by its own norms; with ``as_then`` as the register knew it when the round ended."""
    site = round_.site
    found = sets().get(round_.norm_set) or set_of_response(site.response)
    setting = Setting(Phase(round_.phase), Regime(round_.regime), found, assumed=False)
    facts = facts_of([site], round_.ended_at if as_then else None)[site.pk]
    said = {one.indicator: one for one in round_.answers.all()}
    return list(lines_of(setting, facts, said, round_))


def standing_pdf(stands: Standing) -> bytes:
    """A site's standing as a PDF, in the language in force. Figures of a site, nobody by name."""
    gaps: Rows = [[line.indicator.name, line.value, line.target, line.suggestion] for line in stands.gaps]
    return compile_pdf(
        "site-standards",
        {
            "sheet": _sheet(stands),
            "facts": _facts(stands),
            "gaps": gaps,
            "parts": [[topic.name, [_row(line) for line in topic.lines]] for topic in stands.by_topic()],
            "services": [
                [str(one.get_service_display()), str(one.get_adequacy_display()), one.provider]
                for one in stands.services
            ],
            "say": _say(),
        },
    )


def _row(line: Line) -> list[object]:
    if line.is_out:
        return [line.indicator.name, _("does not apply here"), line.target, ""]
    how = str(line.reading.source.label) if line.is_known else line.reading.note
    return [line.indicator.name, line.value if line.is_known else _("not known"), line.target, how]


def _sheet(stands: Standing) -> dict[str, Any]:
    site = stands.site
    moment = wording.moment(clock.now(), "long", ZoneInfo(site.zone))
    return {
        "title": _("Standards of the site"),
        "subtitle": f"{site.unit.name} · {moment}",
        "organisation": site.response.unit.name,
        "site": f"{site.code} {site.unit.name}",
        "scope": _("edition for the desk: not to be passed on"),
        "date": _("printed {moment}").format(moment=moment),
        "demo": nodes.is_fictitious(),
    }


def _facts(stands: Standing) -> Rows:
    setting, people = stands.setting, stands.facts.people
    return [
        [_("Norms"), setting.norm_set.name],
        [_("Phase"), str(setting.phase.label)],
        [_("People"), f"{wording.number(people.all)} ({people.kind})"],
        [_("Known"), _("{known} of {all}").format(known=stands.known, all=stands.applying)],
        [_("Below the norm"), len(stands.gaps)],
    ]


def _say() -> dict[str, object]:
    return {
        "gaps": _("Below the norm, the worst first"),
        "gap_heads": [_("What"), _("What is so"), _("Norm"), _("What would meet it")],
        "none": _("Of what is known nothing is below its norm."),
        "heads": [_("What"), _("What is so"), _("Norm"), _("How it is known")],
        "services": _("Services"),
        "service_heads": [_("Service"), _("Is it enough"), _("Who provides it")],
        "note": _("“Not known” is neither good nor nothing: somebody has to look."),
        "reckoned": str(AnswerFrom.COMPUTED.label),
    }
