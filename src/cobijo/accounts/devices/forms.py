"""What is asked on the pages of shared devices, badges and volunteers."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from cobijo.accounts.devices.types import MOST_BADGES, BadgeEnd, VolunteerIn
from cobijo.accounts.models import Account, Unit
from cobijo.accounts.queries import UnitChoice
from cobijo.accounts.types import Role
from cobijo.core.pages import VerbForm, offer

_QUIET = {"autocomplete": "off", "spellcheck": "false"}

# --- at the device ---------------------------------------------------------------------------------------------------


class BadgeField(forms.CharField):
    """A badge as scanned, or its number as typed; what a scanner typed is shown to nobody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Badge"),
            help_text=_("Scan it, or type the number beside the code: B-ABC-DEF-G."),
            max_length=400,
            widget=forms.TextInput(_QUIET | {"autocapitalize": "characters", "data-badge": ""}),
            **kwargs,
        )


class _Dots(forms.TextInput):
    """A box into which nothing typed before ever comes back."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, None, attrs)


class PinField(forms.CharField):
    """Six digits, drawn as dots by the page's style: a field for passwords would be kept by a shared browser."""

    def __init__(self, **kwargs: Any) -> None:
        digits = {"inputmode": "numeric", "maxlength": "6", "data-pin": ""}
        super().__init__(max_length=6, strip=True, widget=_Dots(_QUIET | digits), **kwargs)


class UnlockForm(forms.Form):
    """A badge and a PIN."""

    badge = BadgeField()
    pin = PinField(label=_("PIN"))


class EnrolForm(forms.Form):
    """The code of an invitation."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Twelve letters and digits, as ABCD-EFGH-JKMN. It works once, for ten minutes."),
        widget=forms.TextInput(_QUIET | {"autocapitalize": "characters", "data-code": ""}),
    )


class ConductForm(VerbForm):
    """That one has read the code of conduct."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(error_messages={"required": _("Mark it when you have read it, or heard it read.")})

    def __init__(self, signing: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = signing


class PinForm(VerbForm):
    """A new PIN, twice."""

    pin = PinField(
        label=_("New PIN"),
        help_text=_("Six digits that others would not try first: not 123456, not one digit, not today's date."),
    )
    again = PinField(label=_("The same once more"))

    def clean(self) -> dict[str, Any]:
        """The two are the same."""
        given = super().clean() or {}
        if "pin" in given and "again" in given and given["pin"] != given["again"]:
            self.add_error("again", _("The two PINs differ. Type the second one again."))
        return given


# --- of those who manage ---------------------------------------------------------------------------------------------


class _OfUnits(VerbForm):
    """A form that asks for one of some units."""

    unit = forms.TypedChoiceField(label=_("Where"), coerce=UUID)

    names_of_fields: ClassVar = {"unit_id": "unit", "badge_id": "badge", "account_id": "account"}

    def __init__(self, units: Iterable[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(pk), name) for pk, name in units]
        offer(self, "unit", choices)
        if len(choices) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = choices[0][0]


class InviteForm(_OfUnits):
    """A device, and where it will stand."""

    name = forms.CharField(
        label=_("Name of the device"),
        max_length=80,
        help_text=_("By which everybody knows it: “laptop at the gate”, “tablet of the kitchen”."),
    )

    field_order = ("name", "unit")


def ways(units: Iterable[UnitChoice]) -> list[tuple[UUID, str]]:
    """Units with their ways from the top, to choose from."""
    return [(one.id, one.path) for one in units]


class RenameForm(VerbForm):
    """Another name for a device."""

    name = forms.CharField(label=_("Name of the device"), max_length=80)


class PrintBadgesForm(_OfUnits):
    """How many badges, for where."""

    count = forms.IntegerField(
        label=_("How many badges"), min_value=1, max_value=MOST_BADGES, initial=10, help_text=_("At most 100 at once.")
    )


class LinkBadgeForm(VerbForm):
    """A badge, and whose it becomes."""

    names_of_fields: ClassVar = {"badge_id": "badge", "account_id": "account"}

    account = forms.TypedChoiceField(label=_("Colleague"), coerce=UUID)
    badge = BadgeField()

    def __init__(self, colleagues: Iterable[Account], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "account", [(str(one.pk), one.name) for one in colleagues])


class EndBadgeForm(VerbForm):
    """Why a badge no longer counts."""

    reason = forms.TypedChoiceField(
        label=_("What happened"),
        choices=BadgeEnd.choices,
        coerce=BadgeEnd,
        widget=forms.RadioSelect,
        initial=BadgeEnd.LOST,
    )


def _languages() -> list[tuple[str, str]]:
    return [(code, str(get_language_info(code)["name_local"]).capitalize()) for code, _name in settings.LANGUAGES]


class VolunteerForm(_OfUnits):
    """A volunteer: name, role, badge."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As colleagues know the person. No e-mail and no document is needed."),
        widget=forms.TextInput(_QUIET | {"autofocus": ""}),
    )
    role = forms.TypedChoiceField(label=_("Role"), coerce=Role, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language"), choices=_languages, initial=settings.LANGUAGE_CODE, widget=forms.RadioSelect
    )
    badge = BadgeField(required=False)

    field_order = ("name", "role", "badge", "language", "unit")

    def __init__(self, units: Iterable[Unit], roles: Iterable[Role], *args: Any, **kwargs: Any) -> None:
        super().__init__([(one.pk, one.name) for one in units], *args, **kwargs)
        offered = [(role.value, role.label) for role in roles]
        offer(self, "role", offered)
        self.fields["role"].initial = offered[0][0] if offered else None

    def volunteer(self) -> VolunteerIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return VolunteerIn(
            account_id=given["new_id"], name=given["name"], role=given["role"], language=given["language"]
        )
