"""How allauth does things here: no self sign-up, our sentences, second factors sealed at rest and not to be dropped."""

import time
from base64 import b64decode, b64encode
from typing import Any, ClassVar, Final

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cobijo.accounts import second_factor
from cobijo.core import keys
from cobijo.core.errors import Sentence

SEALED_FOR: Final = "second_factor"
"""The purpose of the ring's key that seals what proves a second factor."""
_PLACE: Final = keys.Place("mfa_authenticator", "", "data")

WRONG_CODE: Final = _("This code is not right. Codes change every half minute: type the one you see now.")
WRONG_PAIR: Final = _("This user name and this password do not go together. Type both again.")
TOO_OFTEN: Final = _("That was tried too often. Wait some minutes, then try again.")


class Entrance(DefaultAccountAdapter):
    """Signing in and out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask whoever coordinates your site."),
        "username_password_mismatch": WRONG_PAIR,
        "email_password_mismatch": WRONG_PAIR,
        "incorrect_password": _("This is not your password. Type it again."),
        "enter_current_password": _("This is not your password of now. Type it again."),
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": _("This link was used already, or its time is over."),
        "too_many_login_attempts": TOO_OFTEN,
        "too_many_codes": _(
            "Too many wrong codes were typed for this account, so that for up to an hour no other is taken. "
            "If it was not you, change your password."
        ),
        "rate_limited": TOO_OFTEN,
    }
    said: ClassVar[dict[str, Sentence]] = {
        "account/messages/password_changed.txt": _("Your password is changed."),
        "account/messages/password_set.txt": _("Your password is set."),
        "mfa/messages/totp_activated.txt": _("The codes of your phone work from now on."),
        "mfa/messages/totp_deactivated.txt": _("The codes of your phone no longer work."),
        "mfa/messages/webauthn_added.txt": _("The key works from now on."),
        "mfa/messages/webauthn_removed.txt": _("The key no longer works."),
    }
    """What is worth a word of what allauth reports; that one signed in or out, one sees."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made by colleagues."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponse | None:
        """Stop an account that has ended, however it signs in (a passkey asks no backend)."""
        if user.is_open:
            return None
        clear_login(request)
        response: HttpResponse = self.respond_user_inactive(request, user)
        return response

    def is_reauthentication_required(self, *, app: str, **given: Any) -> bool:
        """Not within some minutes of having signed in: who has just proven it is not asked again."""
        request = context.request
        records = get_authentication_records(request, request.user)
        recent = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > recent for record in records)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """One's own page."""
        return reverse("accounts:me")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to prove it is oneself, in our words."""
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        return [way | {"description": str(words[way["id"]])} for way in super().get_reauthentication_methods(user)]

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what is in ``said``, or a message given as such; keep silent about the rest."""
        words = message or self.said.get(message_template or "")
        if words:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)


class SecondFactor(DefaultMFAAdapter):
    """Codes and keys."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Your role asks for a second factor, and this is your only one. Add another one first."
        ),
        "cannot_generate_recovery_codes": _("Set up a second factor first; the spare codes belong to it."),
        "incorrect_code": WRONG_CODE,
    }

    def encrypt(self, text: str) -> str:
        """Sealed with the ring's key for second factors."""
        return b64encode(keys.seal(SEALED_FOR, _PLACE, text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what ``encrypt`` sealed."""
        return keys.unseal(_PLACE, b64decode(encrypted_text)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of an account whose role demands one."""
        return not second_factor.is_needed(authenticator.user_id, authenticator)

    def get_totp_label(self, user: Any) -> str:
        """The user name, which is not the e-mail that others may share."""
        return str(user.username)

    def build_totp_svg(self, url: str) -> str:
        """The picture on white ground, so that a phone can read it on a dark page too."""
        ground = '<rect width="100%" height="100%" fill="#fff"/>'
        return super().build_totp_svg(url).replace("<path", f"{ground}<path", 1)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """This installation's address, under the product's name."""
        return {"id": context.request.get_host().partition(":")[0], "name": "Cobijo"}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A name to begin with."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return str(_("Passkey {number}")).format(number=number)
