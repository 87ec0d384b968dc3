"""What people puts on the pages of a person and of a household."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from cobijo.accounts.services import name_kind
from cobijo.accounts.types import Permission
from cobijo.core.panels import Content, Panel, register
from cobijo.people import access, queries
from cobijo.people.models import Household, Person

name_kind("people.person", _("person"))
name_kind("people.household", _("household"))


def _may(actor: UUID, person: Person, *permissions: Permission) -> bool:
    """Whether the actor holds one of these for a person. Asked once a page: its panels get the same object."""
    known: dict[UUID, frozenset[Permission]] = person.__dict__.setdefault("_permissions_of", {})
    if actor not in known:
        known[actor] = access.permissions_for(actor, person.pk)
    return bool(known[actor] & set(permissions))


def _row(actor: UUID, person: Person) -> queries.PersonRow:
    """What the page begins with, likewise asked once."""
    known: dict[UUID, queries.PersonRow] = person.__dict__.setdefault("_rows_of", {})
    if actor not in known:
        known[actor] = queries.row_of(actor, person)
    return known[actor]


def _alerts(actor: UUID, record: models.Model) -> Content | None:
    """What changes a place, a queue or a meal, and the two marks."""
    assert isinstance(record, Person)
    row = _row(actor, record)
    may_register = _may(actor, record, Permission.REGISTER)
    if not (row.needs or row.feeding or row.diet or row.wants_private or row.protected or may_register):
        return None
    return {"row": row, "may_register": may_register}


def _about(actor: UUID, record: models.Model) -> Content:
    """What is known of the person besides name, age and sex."""
    assert isinstance(record, Person)
    row = _row(actor, record)
    facts = [
        (_("Other names people use"), row.nicknames),
        (_("Born"), row.born),
        (_("Nationality"), ", ".join(row.nationalities)),
        (_("Languages"), ", ".join(row.languages)),
        (_("People the person says they belong to"), row.self_identified),
        (_("Place of origin"), row.origin),
    ]
    return {
        "row": row,
        "facts": [(name, value) for name, value in facts if value],
        "may_register": _may(actor, record, Permission.REGISTER),
    }


def _household(actor: UUID, record: models.Model) -> Content | None:
    """The people the person lives with, as far as the reader may see them."""
    assert isinstance(record, Person)
    may_register = _may(actor, record, Permission.REGISTER)
    home = queries.household_of(actor, record.pk)
    if home is None and not may_register:
        return None
    return {"home": home, "here": record.pk, "may_register": may_register}


def _members(actor: UUID, record: models.Model) -> Content:
    """The members of a household the reader may see; one of them leads to adding another."""
    assert isinstance(record, Household)
    home = queries.household_row(actor, record.pk)
    through = next((one for one in home.members if access.holds_for(actor, Permission.REGISTER, one.line.id)), None)
    return {"home": home, "through": through.line.id if through else None}


def _papers(actor: UUID, record: models.Model) -> Content | None:
    """Documents and telephones."""
    assert isinstance(record, Person)
    content = {
        "person": record.pk,
        "documents": queries.documents_of(actor, record.pk),
        "phones": queries.phones_of(actor, record.pk),
        "may_register": _may(actor, record, Permission.REGISTER),
    }
    return content if content["documents"] or content["phones"] or content["may_register"] else None


def _answers(actor: UUID, record: models.Model) -> Content | None:
    """What the person answered about the use of their data."""
    assert isinstance(record, Person)
    answers = queries.answers_of(actor, record.pk)
    may_ask = _may(actor, record, Permission.REGISTER, Permission.CASE_WORK)
    return {"person": record.pk, "answers": answers, "may_ask": may_ask} if answers or may_ask else None


def _case(actor: UUID, record: models.Model) -> Content | None:
    """Notes for the site's case workers; for a registrar the way to protect who asks for it."""
    assert isinstance(record, Person)
    case_work = _may(actor, record, Permission.CASE_WORK)
    if not case_work and not _may(actor, record, Permission.REGISTER):
        return None
    return {
        "person": record.pk,
        "case_work": case_work,
        "notes": queries.count_of_notes(actor, record.pk) if case_work else 0,
        "protected": _row(actor, record).protected,
    }


def _timeline(actor: UUID, record: models.Model) -> Content:
    """What happened to the person at the reader's own units."""
    assert isinstance(record, Person)
    return {
        "person": record.pk,
        "events": queries.timeline(actor, record.pk),
        "may_void": _may(actor, record, Permission.MANAGE_SITE),
    }


register(Panel("person", "people.alerts", 10, "people/panels/alerts.html", _alerts))
register(Panel("person", "people.household", 30, "people/panels/household.html", _household))
register(Panel("person", "people.about", 40, "people/panels/about.html", _about))
register(Panel("person", "people.papers", 50, "people/panels/papers.html", _papers))
register(Panel("person", "people.answers", 60, "people/panels/answers.html", _answers))
register(Panel("person", "people.case", 70, "people/panels/case.html", _case))
register(Panel("person", "people.timeline", 90, "people/panels/timeline.html", _timeline))
register(Panel("household", "people.members", 10, "people/panels/members.html", _members))
