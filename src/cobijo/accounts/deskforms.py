"""What is asked on the pages of accounts. A form carries the id of its operation, so that sending it twice is once."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from cobijo.accounts.models import Organisation
from cobijo.accounts.queries import UnitChoice
from cobijo.accounts.types import PERMISSION_WORDS, AccountIn, Permission, ReadingKind, Role, UnitKind
from cobijo.core import clock
from cobijo.core.pages import VerbForm, offer
from cobijo.core.widgets import DatePartsField

Choices = Iterable[tuple[str, Any]]


def end_of(day: date | None) -> datetime | None:
    """The midnight that ends a day, in the zone in force."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) if day else None


def last_day(ends_at: datetime | None) -> date | None:
    """The last whole day before a moment, in the zone in force: what ``end_of`` was given."""
    return (timezone.localtime(ends_at) - timedelta(microseconds=1)).date() if ends_at else None


def _units(choices: Iterable[UnitChoice]) -> Choices:
    return [(str(choice.id), choice.path) for choice in choices]


def _languages() -> Choices:
    """Each language by its own name, which is how its readers find it."""
    return [(code, str(get_language_info(code)["name_local"]).capitalize()) for code, _name in settings.LANGUAGES]


class EndingForm(VerbForm):
    """A form that asks for a last day, of which the verb is told the end."""

    names_of_fields: ClassVar = {"ends_at": "ends_on"}


class NewAccountForm(EndingForm):
    """An account for a colleague."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As colleagues know the person."))
    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        help_text=_("Small letters without accents, digits, dots or dashes: “ana.xicay”. It does not change later."),
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("The link to set the password goes there too. Without one you hand the link over."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=_languages, initial=settings.LANGUAGE_CODE)
    unit = forms.TypedChoiceField(
        label=_("Unit that answers for the account"),
        coerce=UUID,
        help_text=_("Whoever manages accounts there can close it. What the person may do, you say next."),
    )
    ends_on = DatePartsField(
        label=_("Last day"), required=False, help_text=_("Leave it empty for an account without end.")
    )

    def __init__(self, units: Iterable[UnitChoice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", _units(units))

    def account(self) -> AccountIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return AccountIn(
            account_id=given["new_id"],
            username=given["username"],
            name=given["name"],
            email=given["email"],
            language=given["language"],
        )


class ChangeAccountForm(EndingForm):
    """What of an account can be corrected."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False, widget=forms.EmailInput())
    ends_on = DatePartsField(
        label=_("Last day"), required=False, help_text=_("Leave it empty for an account without end.")
    )


class GrantForm(EndingForm):
    """A role for an account."""

    role = forms.TypedChoiceField(label=_("Role"), coerce=Role)
    unit = forms.TypedChoiceField(label=_("Where"), coerce=UUID, help_text=_("It counts there and in all below it."))
    giving = forms.TypedChoiceField(
        label=_("What is given"),
        coerce=lambda value: value == "giving",
        choices=[("role", _("the role")), ("giving", _("the right to give this role to others, without the role"))],
        initial="role",
        widget=forms.RadioSelect,
    )
    ends_on = DatePartsField(label=_("Last day"), required=False, help_text=_("Leave it empty for a role without end."))

    def __init__(self, roles: Iterable[Role], units: Iterable[UnitChoice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", [(role.value, role.label) for role in roles])
        offer(self, "unit", _units(units))


class LanguageForm(VerbForm):
    """The language of one's own pages."""

    language = forms.ChoiceField(label=_("Language of your pages"), choices=_languages)


class TokenForm(EndingForm):
    """A token for a program."""

    label = forms.CharField(label=_("What it is for"), max_length=80, help_text=_("“Weekly figures”, “map of sites”."))
    permissions = forms.TypedMultipleChoiceField(
        label=_("What the program may do"), coerce=Permission, widget=forms.CheckboxSelectMultiple
    )
    ends_on = DatePartsField(label=_("Last day"), help_text=_("A year from now at most."))

    def __init__(self, permissions: Iterable[Permission], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.value, PERMISSION_WORDS[one]) for one in Permission if one in set(permissions)]
        offer(self, "permissions", offered)
        if not self.is_bound:
            self.fields["ends_on"].initial = timezone.localdate(clock.now()) + timedelta(days=90)


class UnitForm(VerbForm):
    """A unit of the tree that is neither response nor site."""

    names_of_fields: ClassVar = {"parent_id": "parent", "organisation_id": "organisation"}

    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.TypedChoiceField(
        label=_("Kind"),
        coerce=UnitKind,
        choices=[(kind.value, kind.label) for kind in (UnitKind.AREA, UnitKind.ORGANISATION)],
    )
    parent = forms.TypedChoiceField(label=_("Below"), coerce=UUID, help_text=_("Roles held there count here too."))
    organisation = forms.TypedChoiceField(
        label=_("Organisation that answers for it"), coerce=UUID, required=False, empty_value=None
    )

    def __init__(
        self, units: Iterable[UnitChoice], organisations: Iterable[Organisation], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", _units(units))
        named = [(str(one.id), one.name) for one in organisations]
        offer(self, "organisation", [("", _("None of its own")), *named])


class OrganisationForm(VerbForm):
    """An organisation that answers for people, data or a site."""

    prefix = "organisation"
    name = forms.CharField(label=_("Name"), max_length=160)
    country = forms.CharField(
        label=_("Country"), max_length=2, required=False, help_text=_("Two letters: GT, HN, SV. Empty if of none.")
    )
    contact = forms.CharField(
        label=_("How it is reached"),
        max_length=240,
        required=False,
        help_text=_("An office and its number."),
    )


class ReadingsForm(forms.Form):
    """Which readings an auditor wants to see; stands in the address, and names no person of the register."""

    day = DatePartsField(label=_("Day"), required=False)
    actor = forms.TypedChoiceField(label=_("Who"), required=False, coerce=UUID, empty_value=None)
    role = forms.ChoiceField(label=_("Role"), required=False)
    what = forms.ChoiceField(label=_("What"), required=False)

    def __init__(self, accounts: Iterable[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody: Choices = [("", _("Everybody"))]
        anything: Choices = [("", _("All"))]
        offer(self, "actor", [*everybody, *((str(pk), name) for pk, name in accounts)])
        offer(self, "role", [*anything, *Role.choices])
        offer(self, "what", [*anything, *ReadingKind.choices])
