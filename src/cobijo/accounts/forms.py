"""What is asked on the pages of signing in: allauth's forms with our words and without text that vanishes."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm as AllauthChangePassword,
)
from allauth.account.forms import (
    LoginForm,
    ReauthenticateForm,
    ResetPasswordKeyForm,
)
from allauth.account.forms import (
    SetPasswordForm as AllauthSetPassword,
)
from allauth.core import context, ratelimit
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateWithCode
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.accounts import lockout
from cobijo.core.errors import Sentence

NEW_PASSWORD = _("New password")
ONCE_MORE = _("New password once more")
HOW_LONG = _("At least 10 characters. Four words in a row are easy to remember and hard to guess.")
WHERE_CODE = _("The six digits your phone's app shows now, or one of your spare codes.")


def _word(form: forms.Form, name: str, label: Sentence, help_text: Sentence = "", **attrs: str) -> None:
    """Give a field of allauth's our words, and take away the text inside it that vanishes when one types."""
    field = form.fields[name]
    field.label, field.help_text = str(label), str(help_text)
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= attrs


class SignInForm(LoginForm):
    """User name or e-mail, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quiet = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "username"}
        _word(self, "login", _("User name or e-mail"), **quiet)
        _word(self, "password", _("Password"))


class ConfirmForm(ReauthenticateForm):
    """One's password, once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password", _("Your password"))


class ChangePasswordForm(AllauthChangePassword):
    """The password of now, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "oldpassword", _("Your password of now"))
        _word(self, "password1", NEW_PASSWORD, HOW_LONG)
        _word(self, "password2", ONCE_MORE)


class SetPasswordForm(AllauthSetPassword):
    """A first password for somebody who signs in with a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password1", NEW_PASSWORD, HOW_LONG)
        _word(self, "password2", ONCE_MORE)


class NewPasswordForm(ResetPasswordKeyForm):
    """The password a one-use link lets its holder set."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password1", NEW_PASSWORD, HOW_LONG)
        _word(self, "password2", ONCE_MORE)


def _ask_code(form: forms.Form, help_text: Sentence) -> None:
    _word(form, "code", _("Code"), help_text, inputmode="numeric", autocomplete="one-time-code", spellcheck="false")


class _FewTries(BaseAuthenticateForm):
    """After some wrong codes for an account no other is taken for a while, wherever they are typed."""

    def clean_code(self) -> str:
        account = str(self.user.pk)
        if not ratelimit.consume(context.request, action="code", key=account):
            lockout.tell_of(self.user.username)
            raise get_adapter().validation_error("too_many_codes")
        code = str(super().clean_code())
        ratelimit.clear(context.request, action="code", key=account)
        return code


class CodeForm(_FewTries, AuthenticateForm):
    """The second factor while signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, WHERE_CODE)


class ConfirmCodeForm(_FewTries, ReauthenticateWithCode):
    """The second factor, once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, WHERE_CODE)


class FirstCodeForm(ActivateTOTPForm):
    """The first code, which shows that the phone has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, _("The six digits the app shows for Cobijo."))


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey's name, and whether it is enough by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "name", _("Name of this passkey"), _("By which you know it again: “my phone”, “blue key”."))
        _word(
            self,
            "passwordless",
            _("Sign in with it alone, without user name and password"),
            _("It then asks for your finger, your face or its own PIN each time."),
        )


class NamePasskeyForm(EditWebAuthnForm):
    """A passkey's other name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "name", _("Name of this passkey"))
