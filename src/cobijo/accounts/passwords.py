"""The one-use link by which somebody sets a password: for a new account, or after the old one was ended."""

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cobijo.accounts.models import Account


class OneUse(PasswordResetTokenGenerator):
    """Keys good for one password and ``PASSWORD_RESET_TIMEOUT`` seconds; what ends the sessions ends them too."""

    key_salt = "cobijo.accounts.password"

    def _make_hash_value(self, user: Account, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.session_round}{user.is_active}"


def link_path(account: Account) -> str:
    """The address, below this installation's, that lets its holder set the account's password once."""
    names = {"uidb36": user_pk_to_url_str(account), "key": OneUse().make_token(account)}
    return reverse("account_reset_password_from_key", kwargs=names)


def hours() -> int:
    """How many hours a link is good for."""
    return int(settings.PASSWORD_RESET_TIMEOUT // 3600)


def send(account: Account, url: str) -> bool:
    """Send the whole link to the account's e-mail, if it has one; whether it went out.

    Mail is an edge: a post office that does not answer is said to the maker, who hands the link over.
    """
    if not account.email:
        return False
    with translation.override(account.language):
        subject = _("Set your password for Cobijo")
        body = _(
            "Hello {name},\n\nfollow this link to set your password. It works once, for {hours} hours:\n\n{url}\n\n"
            "Your user name is {username}. If you did not expect this, tell whoever coordinates your site.\n"
        ).format(name=account.name, hours=hours(), url=url, username=account.username)
    try:
        return bool(send_mail(subject, body, None, [account.email]))
    except OSError:
        return False
