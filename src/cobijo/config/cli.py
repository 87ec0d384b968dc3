"""``cobijo COMMAND``: Django's management entry under our name.

What the machine or the settings refuse ends in one sentence and code 2, or with COBIJO_TRACE=1 in a trace.
"""

import contextlib
import os
import sys
from importlib.metadata import version
from typing import Any

import django
from django.apps import AppConfig
from django.conf import settings
from django.core.management import ManagementUtility, call_command, get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.db.models.signals import post_migrate

from cobijo.config import checks, env
from cobijo.config.trouble import explain

__all__ = ["checks", "main"]  # checks are registered by being imported

OURS = "cobijo."
REFUSED = 2
INTERRUPTED = 130


class Cobijo(ManagementUtility):
    """Django's utility, listing our commands first with a line each."""

    def main_help_text(self, commands_only: bool = False) -> str:
        """The list of commands; with ``commands_only`` their bare names, one a line."""
        if commands_only:
            return super().main_help_text(commands_only=True)
        ours = {name: app for name, app in get_commands().items() if _is_ours(app)}
        others = sorted(set(get_commands()) - set(ours))
        width = max((len(name) for name in ours), default=0)
        lines = [f"  {_said(name):<{width}}  {_first_line(app, name)}" for name, app in sorted(ours.items())]
        return "\n".join(
            [
                f"{self.prog_name} COMMAND [OPTIONS]   (“{self.prog_name} COMMAND --help” says more)",
                "",
                *lines,
                "",
                "Django's own:",
                *_wrapped(others),
            ]
        )

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """The command of that name, said with hyphens or with underscores."""
        module = subcommand.replace("-", "_")
        return super().fetch_command(module if module in get_commands() else subcommand)


def _said(module: str) -> str:
    return module.replace("_", "-")


def _is_ours(app: str | BaseCommand) -> bool:
    return isinstance(app, str) and app.startswith(OURS)


def _first_line(app: str | BaseCommand, name: str) -> str:
    command = load_command_class(app, name) if isinstance(app, str) else app
    return str(command.help).strip().partition("\n")[0]


def _wrapped(words: list[str], width: int = 96) -> list[str]:
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] += f"  {word}"
    return lines


def make_cache_table(sender: AppConfig, using: str, **_: Any) -> None:
    """After the migrations of a database make the table of the shared counters; Django has no migration for it."""
    if sender.label == "core":
        call_command("createcachetable", database=using, verbosity=0)


def main() -> None:
    """The entry of the ``cobijo`` script; ends the process with the command's code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.config.settings")
    post_migrate.connect(make_cache_table, dispatch_uid=__name__)
    try:
        _run(sys.argv)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # whoever read along, like head, has enough; what is left of the output goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        trouble = explain(error)
        if trouble is None or _wants_trace():
            raise
        sys.stderr.write(f"{trouble.sentence}\n")
        sys.exit(REFUSED)


def _run(argv: list[str]) -> None:
    if argv[1:] == ["--version"]:
        sys.stdout.write(f"cobijo {version('cobijo')} (Django {django.get_version()})\n")
        return
    # A folder that cannot be made is spoken of by whatever needs it; asking for help needs nothing.
    with contextlib.suppress(OSError):
        settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    Cobijo(argv).execute()


def _wants_trace() -> bool:
    with contextlib.suppress(env.BadSetting):
        return "--traceback" in sys.argv or env.flag("COBIJO_TRACE", False)
    return False


if __name__ == "__main__":
    main()
