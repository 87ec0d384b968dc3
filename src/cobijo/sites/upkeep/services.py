"""Setting and settling tasks, and ticking lists off."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.algorithms.text import clean
from cobijo.core import records, rows
from cobijo.core.errors import Ground, Refusal
from cobijo.core.personal import FREE, Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, PLAIN, Act, verb
from cobijo.sites.incidents.models import Incident
from cobijo.sites.rules import coming, owners
from cobijo.sites.standards import norms
from cobijo.sites.standards.services import UNKNOWN_INDICATOR
from cobijo.sites.upkeep.models import Task, Tick
from cobijo.sites.upkeep.queries import items
from cobijo.sites.upkeep.types import Checklist, ItemState, TaskIn, TaskState

TASK_SETTLED = Refusal(
    "sites.task_settled", _("This task is settled already. Set another if it is to be done again."), Ground.INPUT
)
TASK_STAYS = Refusal(
    "sites.task_stays", _("A task is settled as done or as dropped. Choose one of both."), Ground.INPUT
)
OTHER_SITES_INCIDENT = Refusal(
    "sites.other_sites_incident",
    _("This incident is of another site. Set the task at that site, or without the incident."),
    Ground.INPUT,
)
UNKNOWN_ITEM = Refusal(
    "sites.unknown_item", _("This is on no list. Load the page again and tick it off there."), Ground.INPUT
)

Outcome = Annotated[str, Field(max_length=240)]


@verb(
    "sites.set_task",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Task set"),
)
def set_task(act: Act, *, task_id: UUID, site_id: UUID, task: TaskIn) -> Task:
    """Write down something to be done at a site, by whom and until when."""
    site = coming.lock_site(site_id)
    if task.indicator and task.indicator not in norms.indicators():
        raise UNKNOWN_INDICATOR.about("task.indicator")
    if task.incident_id is not None and records.get_for(act.actor, Incident, task.incident_id).site_id != site_id:
        raise OTHER_SITES_INCIDENT.about("task.incident_id")
    owners.check(task.owner_id, site_id, "task.owner_id")
    return rows.add(
        Task(
            id=task_id,
            site=site,
            what=clean(task.what),
            indicator=task.indicator,
            incident_id=task.incident_id,
            owner_id=task.owner_id,
            due_on=task.due_on,
            set_at=act.happened_at,
        )
    )


@verb(
    "sites.settle_task",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"state": PLAIN, "outcome": FREE},
    says=_("Task settled"),
)
def settle_task(act: Act, *, task_id: UUID, state: TaskState, outcome: Outcome = "") -> Task:
    """The task is done, or dropped, and what came of it."""
    found = Task.objects.select_for_update(of=("self",), no_key=True).get(pk=task_id)
    if state is TaskState.OPEN:
        raise TASK_STAYS.about("state")
    if found.state != TaskState.OPEN:
        raise TASK_SETTLED()
    return rows.change(found, state=state, settled_at=max(act.happened_at, found.set_at), outcome=clean(outcome))


@verb(
    "sites.tick_item",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"checklist": PLAIN, "item": PLAIN, "state": PLAIN},
    says=_("List of opening or closing gone through"),
)
def tick_item(act: Act, *, tick_id: UUID, site_id: UUID, checklist: Checklist, item: str, state: ItemState) -> Tick:
    """Say how an item of the list of opening or closing stands; the newest word counts."""
    if item not in {one.code for one in items(checklist)}:
        raise UNKNOWN_ITEM.about("item")
    site = coming.lock_site(site_id)
    return rows.add(Tick(id=tick_id, site=site, checklist=checklist, item=item, state=state, at=act.happened_at))
