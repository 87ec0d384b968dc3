"""The pages on which a person's record is corrected. Views hold no rules: forms go to verbs."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from cobijo.accounts.types import Permission
from cobijo.algorithms.ages import age_on, is_child, may_be_child
from cobijo.core import clock
from cobijo.core.errors import NOT_FOUND
from cobijo.core.ids import uuid7
from cobijo.core.pages import carried_out, done, me
from cobijo.core.verbs import Act
from cobijo.people import access, forms, pages, places, queries, services, widgets
from cobijo.people.models import Document, Membership, Person, Phone
from cobijo.people.types import Kinship, MovingIn, Presence, Sex

_asks = require_http_methods(["GET", "POST"])

# --- the person ------------------------------------------------------------------------------------------------------

_FREE = _("Nothing is required: write what the person says.")
CORRECT = pages.Page(_("Correct the record"), _("Save"), _("The record is corrected."), _FREE, free=True)


@_asks
@login_required
def correct(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Correct names, birth, sex, languages and origin."""
    person = pages.opened(request, person_id, Permission.REGISTER)
    areas = places.area_choices(me(request))
    form = forms.CorrectForm(areas, request.POST or None, initial=_as_kept(person))
    return pages.form_page(
        request,
        person,
        form,
        CORRECT,
        lambda act: services.correct_person(act, correction=form.correction(person_id)),
    )


def _as_kept(person: Person) -> dict[str, object]:
    """What a record holds, as the form shows it."""
    names = ("given_names", "first_surname", "second_surname", "married_name", "nicknames", "sex", "self_identified")
    nationality, other_nationality = [*person.nationalities, "", ""][:2]
    language, other_language = [*person.languages, "", ""][:2]
    return {name: getattr(person, name) for name in names} | {
        "birth": widgets.as_given(person.birth, clock.now().date()),
        "nationality": nationality,
        "other_nationality": other_nationality,
        "language": language,
        "other_language": other_language,
        "origin_area": str(person.origin_area_id or ""),
        "origin_place": person.origin_place,
    }


NEEDS = pages.Page(_("Needs at the door"), _("Save"), _("The needs are noted."))


@_asks
@login_required
def needs(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say which needs a person has now."""
    person = pages.opened(request, person_id, Permission.REGISTER)
    before = {
        "needs": queries.need_codes(me(request), person_id),
        "wants_private": person.wants_private,
        "feeding": person.feeding,
        "diet": person.diet,
    }
    is_infant = (age_on(person.birth, clock.now().date()) or 0) < 1
    form = forms.NeedsForm(request.POST or None, initial=before, is_infant=is_infant)
    return pages.form_page(
        request,
        person,
        form,
        NEEDS,
        lambda act: services.set_needs(
            act,
            person_id=person_id,
            needs=form.cleaned_data["needs"],
            wants_private=form.cleaned_data["wants_private"],
            feeding=form.cleaned_data.get("feeding"),
            diet=form.cleaned_data["diet"],
        ),
    )


VOID = pages.Page(
    _("Take the record out"),
    _("Take the record out"),
    _("The record is taken out."),
    template="people/void.html",
)


@_asks
@login_required
def void(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take out a record that should not be."""
    person = pages.opened(request, person_id, Permission.MANAGE_SITE)
    form = forms.VoidForm(request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.void_person(act, person_id=person_id, reason=form.cleaned_data["reason"]),
    ):
        messages.success(request, str(VOID.said))
        return redirect(reverse("web:home"))
    context = {"form": form, "page": VOID, "line": queries.line_of(person), "back": pages.person_url(person_id)}
    return render(request, VOID.template, context)


# --- documents and telephones ----------------------------------------------------------------------------------------

DOCUMENT = pages.Page(_("Add a document"), _("Add the document"), _("The document is added."))
PHONE = pages.Page(_("Add a telephone"), _("Add the telephone"), _("The telephone is added."))


@_asks
@login_required
def add_document(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Record a document."""
    person = pages.opened(request, person_id, Permission.REGISTER)
    form = forms.DocumentForm(request.POST or None)
    return pages.form_page(
        request,
        person,
        form,
        DOCUMENT,
        lambda act: services.add_document(act, person_id=person_id, document=form.document()),
    )


@require_POST
@login_required
def void_document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Take out a document."""
    owner = access.get_for(me(request), Document, document_id).person_id
    said = _("The document is taken out.")
    done(request, lambda act: services.void_document(act, document_id=document_id), said)
    return redirect(pages.person_url(owner))


@_asks
@login_required
def add_phone(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Record a telephone."""
    person = pages.opened(request, person_id, Permission.REGISTER)
    form = forms.PhoneForm(request.POST or None)
    return pages.form_page(
        request,
        person,
        form,
        PHONE,
        lambda act: services.add_phone(
            act, person_id=person_id, phone=form.phone(), country=form.cleaned_data["country"] or None
        ),
    )


@require_POST
@login_required
def void_phone(request: HttpRequest, phone_id: UUID) -> HttpResponse:
    """Take out a telephone."""
    owner = access.get_for(me(request), Phone, phone_id).person_id
    said = _("The telephone is taken out.")
    done(request, lambda act: services.void_phone(act, phone_id=phone_id), said)
    return redirect(pages.person_url(owner))


# --- the household ---------------------------------------------------------------------------------------------------

MEMBER = pages.Page(_("Add a member"), _("Add the member"), _("The member is added."), _FREE, free=True)
MEMBERSHIP = pages.Page(_("Place in the household"), _("Save"), _("The place in the household is changed."))
MOVE = pages.Page(_("Move to another household"), _("Move the person"), _("The person belongs to that household now."))


@_asks
@login_required
def add_member(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Register one more person into the household of somebody, where they are known."""
    person = pages.opened(request, person_id, Permission.REGISTER)
    home = queries.household_of(me(request), person_id)
    if home is None:
        raise NOT_FOUND()
    unit = pages.unit_for(me(request), person_id, Permission.REGISTER)
    first = {"kinship": Kinship.CHILD, "presence": Presence.HERE, "sex": Sex.UNKNOWN}
    form = forms.MemberForm(places.area_choices(me(request)), request.POST or None, initial=first)
    return pages.form_page(
        request,
        person,
        form,
        MEMBER,
        lambda act: services.add_member(act, household_id=home.id, unit_id=unit, member=form.member()),
        home=home,
    )


@_asks
@login_required
def membership(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say what a person is to the head, and where they are."""
    person = pages.opened(request, person_id, Permission.REGISTER)
    now = access.visible_to(me(request), Membership.objects.filter(person=person_id, ends_at=None)).first()
    before = {"kinship": now.kinship, "presence": now.presence} if now else {}
    form = forms.MembershipForm(request.POST or None, initial=before)
    return pages.form_page(
        request,
        person,
        form,
        MEMBERSHIP,
        lambda act: services.change_membership(
            act,
            person_id=person_id,
            membership_id=form.cleaned_data["new_id"],
            kinship=form.cleaned_data["kinship"],
            presence=form.cleaned_data["presence"],
        ),
    )


@_asks
@login_required
def move(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Move a person into another household, or into one of their own."""
    person = pages.opened(request, person_id, Permission.REGISTER)
    form = forms.MoveForm(me(request), request.POST or None)
    return pages.form_page(request, person, form, MOVE, lambda act: _move(act, form, person_id))


def _move(act: Act, form: forms.MoveForm, person_id: UUID) -> object:
    given = form.cleaned_data
    if given["code"]:
        return services.move_member(
            act,
            person_id=person_id,
            household_id=given["code"],
            membership_id=given["new_id"],
            kinship=given["kinship"],
        )
    unit = pages.unit_for(act.actor, person_id, Permission.REGISTER)
    alone = MovingIn(person_id=person_id, membership_id=uuid7(), kinship=Kinship.HEAD)
    return services.new_household_of(act, household_id=given["new_id"], unit_id=unit, members=[alone])


# --- consent ---------------------------------------------------------------------------------------------------------

CONSENT = pages.Page(
    _("Use of the person's data"),
    _("Record the answer"),
    _("The answer is recorded."),
    _("A no never costs a bed, food or registration."),
    template="people/consent.html",
)


@_asks
@login_required
def consent(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Record an answer about the use of the data; the words said aloud stand beside."""
    actor = me(request)
    person = pages.opened(request, person_id, Permission.REGISTER, Permission.CASE_WORK)
    form = forms.ConsentForm(_caregivers(actor, person), request.POST or None)
    unit = pages.unit_for(actor, person_id, Permission.REGISTER, Permission.CASE_WORK)
    return pages.form_page(
        request,
        person,
        form,
        CONSENT,
        lambda act: services.record_consent(act, answer=form.answer(person_id)),
        bases=queries.bases_at(unit),
        answers=queries.answers_of(actor, person_id),
    )


def _caregivers(actor: UUID, person: Person) -> list[tuple[str, str]] | None:
    """Who of the household can answer for somebody who is or may be a child; None for a grown person."""
    today = clock.now().date()
    if not may_be_child(person.birth, today):
        return None
    home = queries.household_of(actor, person.id)
    others = [one.line for one in home.members if one.line.id != person.id] if home else []
    return [(str(one.id), one.label) for one in others if not is_child(one.birth, today)]
