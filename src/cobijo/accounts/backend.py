"""Who may be signed in at all."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend


class SignIn(AuthenticationBackend):
    """allauth's backend; asked at sign-in and again at each request, so that an account's end ends its sessions."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account is open: neither closed nor past its end."""
        return user is not None and bool(user.is_open)
