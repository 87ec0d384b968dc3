"""What is looked at before a server starts: settings that leave people's data open are refused.

They are deployment checks: ``cobijo serve`` and the web server's door run them, and ``cobijo check
--deploy`` on demand; a command that only reads figures needs no secret.
"""

import os
import stat
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured

TAG = "cobijo"
SHORTEST_SECRET = 32
LOCAL = {"localhost", "127.0.0.1", "[::1]"}


@register(TAG, deploy=True)
def nothing_of_the_demonstration(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Outside debug neither the demonstration's sign-ins nor the secret everybody can read in the source."""
    found: list[CheckMessage] = []
    if settings.DEBUG:
        return found
    if settings.DEMO:
        found.append(
            Error(
                "COBIJO_DEMO is on and COBIJO_DEBUG is off: everybody knows the demonstration's sign-ins. "
                "Set COBIJO_DEMO=0, or COBIJO_DEBUG=1 to look at the demonstration.",
                id="cobijo.E001",
            )
        )
    if settings.SECRET_KEY == settings.BUILT_IN_SECRET:
        found.append(
            Error(
                "COBIJO_SECRET_KEY is not set, and the built-in secret is for demonstrations only. "
                f"Set it to at least {SHORTEST_SECRET} random characters of your own.",
                id="cobijo.E002",
            )
        )
    elif len(settings.SECRET_KEY) < SHORTEST_SECRET:
        found.append(
            Error(
                f"COBIJO_SECRET_KEY has {len(settings.SECRET_KEY)} characters. "
                f"Set it to at least {SHORTEST_SECRET} random ones.",
                id="cobijo.E003",
            )
        )
    return found


@register(TAG, deploy=True)
def names_travel_under_tls(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Hints about what would make names and sign-ins readable on the way."""
    found: list[CheckMessage] = []
    if settings.DEBUG and set(settings.ALLOWED_HOSTS) - LOCAL:
        found.append(
            Warning(
                "COBIJO_DEBUG is on and COBIJO_HOSTS names addresses others can reach. "
                "Debug is for one person at one machine with fictitious people.",
                id="cobijo.W001",
            )
        )
    if not settings.DEBUG and not settings.BEHIND_TLS:
        found.append(
            Warning(
                "COBIJO_TLS is off: names and sign-ins travel readable by everybody on the network. "
                "Put a server with TLS in front and set COBIJO_TLS=1.",
                id="cobijo.W002",
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append(
            Warning(
                "COBIJO_HOSTS takes every name (*). Write those under which this installation is reached.",
                id="cobijo.W003",
            )
        )
    return found


@register(TAG, deploy=True)
def data_folder_is_ours_alone(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """The folder with the database and the keys should open to its owner only."""
    folder = settings.DATA_DIR
    if settings.DEBUG or os.name != "posix" or not folder.exists():
        return []
    if not stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return []
    return [Warning(f"Others on this machine may read {folder}. Run: chmod 700 {folder}", id="cobijo.W004")]


def refuse_errors() -> None:
    """For a server that starts without a command: stop with the sentences of the checks that failed."""
    errors = [
        str(message.msg) for message in run_checks(tags=[TAG], include_deployment_checks=True) if message.is_serious()
    ]
    if errors:
        raise ImproperlyConfigured(" ".join(errors))
