"""``cobijo serve``: one command that keeps the whole installation running."""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cobijo.core import keyfile

WSGI = "cobijo.config.wsgi:application"
THREADS = 4
PR_SET_PDEATHSIG = 1  # linux/prctl.h
POLL_SECONDS = 0.3
GRACE_SECONDS = 20
# A part that ends this often within that time will not stay up by being started once more.
DEATHS, WITHIN_SECONDS = 5, 60
WORKER = ("db_worker", "--no-reload", "--interval", "15", "--verbosity", "0")
"""Looks for work four times a minute: what it does is the night's, and on SQLite each look stops other writers."""


@dataclass
class Part:
    """A process the installation consists of, started again when it ends by itself."""

    name: str
    command: list[str]
    handed: dict[str, str]
    descriptors: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=DEATHS))

    def start(self) -> None:
        """In a session of its own, so that Ctrl-C at the terminal reaches the supervisor alone."""
        self.process = subprocess.Popen(  # noqa: S603 -- our own interpreter and modules
            self.command,
            env={**os.environ, **self.handed},
            pass_fds=self.descriptors,
            start_new_session=True,
            preexec_fn=end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 -- one thread
        )

    def has_ended(self) -> bool:
        """Whether it runs no more."""
        return self.process is not None and self.process.poll() is not None

    def keeps_ending(self) -> bool:
        """Note one more end; whether that was one too many."""
        self.deaths.append(time.monotonic())
        return len(self.deaths) == DEATHS and self.deaths[-1] - self.deaths[0] < WITHIN_SECONDS

    def stop(self, deadline: float) -> None:
        """Wait for its orderly end until ``deadline`` (monotonic seconds), then end it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Command(BaseCommand):
    help = "Run the web server, the ticker and the worker; migrates first, restarts what dies, ends on Ctrl-C."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: this machine only)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="default: COBIJO_PORT, or 8000")

    def handle(self, *_: Any, host: str, port: int, **__: Any) -> None:
        self.check(tags=["cobijo"], include_deployment_checks=True)
        expect_free(host, port)
        self.prepare()
        passphrase = unlock()
        descriptors = () if passphrase is None else (passphrase,)
        handed = {} if passphrase is None else {"COBIJO_PASSPHRASE_FILE": f"/proc/self/fd/{passphrase}"}
        parts = [
            Part("web", web_command(host, port), handed, descriptors),
            Part("ticker", [sys.executable, "-m", "cobijo.config.cli", "ticker"], handed, descriptors),
            Part("worker", [sys.executable, "-m", "cobijo.config.cli", *WORKER], handed, descriptors),
        ]
        self.supervise(parts, host, port)

    def prepare(self) -> None:
        """Bring the database to this version and the static files to where the server finds them."""
        call_command("migrate", interactive=False, verbosity=0)
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)

    def supervise(self, parts: list[Part], host: str, port: int) -> None:
        """Keep the parts running until a signal asks for the end."""
        ended = threading.Event()
        for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda *_: ended.set())
        said = False
        try:
            for part in parts:
                part.start()
            while not ended.wait(POLL_SECONDS):
                said = said or self.announce(host, port)
                for part in parts:
                    if part.has_ended():
                        self.restart(part)
        finally:
            stop_all(parts)

    def announce(self, host: str, port: int) -> bool:
        """Print the address once the server answers there."""
        if not answers(host, port):
            return False
        shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1", "::"} else host  # noqa: S104 -- compared
        self.stdout.write(f"Cobijo answers at http://{shown}:{port} (Ctrl-C ends it)")
        self.stdout.flush()
        return True

    def restart(self, part: Part) -> None:
        """Start a part that ended by itself; raises CommandError when it keeps ending."""
        code = part.process.returncode if part.process else None
        if part.keeps_ending():
            raise CommandError(
                f"The {part.name} process ended {DEATHS} times in a minute (code {code}). See above why."
            )
        self.stderr.write(f"The {part.name} process ended (code {code}); starting it again.")
        part.start()


def end_with_parent() -> None:
    """In a new process: have it ended when the supervisor is killed, so that nothing keeps the port."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def web_command(host: str, port: int) -> list[str]:
    """gunicorn with threads; waitress where there is no gunicorn (Windows)."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    if sys.platform == "win32":
        return [sys.executable, "-m", "waitress", f"--listen={address}", f"--threads={2 * THREADS}", WSGI]
    return [
        *(sys.executable, "-m", "gunicorn", WSGI, f"--bind={address}", "--worker-class=gthread"),
        *(f"--workers={settings.WORKERS}", f"--threads={THREADS}", f"--graceful-timeout={GRACE_SECONDS - 5}"),
        *("--log-level=warning", "--no-control-socket"),
    ]


def unlock() -> int | None:
    """A descriptor the parts read the node key's passphrase from, asked for once; None if none is needed.

    It is a file in memory: each worker opens it for itself, and it is gone with the last of them.
    """
    file = settings.NODE_KEY_FILE
    if settings.PASSPHRASE_FILE is not None or not file.exists() or not keyfile.is_wrapped(file):
        return None
    passphrase = keyfile.passphrase()
    keyfile.read(file, passphrase)
    if passphrase is None or not hasattr(os, "memfd_create"):
        raise CommandError("Name a file with the node key's passphrase in COBIJO_PASSPHRASE_FILE.")
    descriptor = os.memfd_create("passphrase", 0)
    os.write(descriptor, passphrase.encode())
    return descriptor


def expect_free(host: str, port: int) -> None:
    """Raise CommandError where the address cannot be listened at."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Nothing can listen at {host}:{port} ({error.strerror}). "
                "End what runs there, or choose another port with COBIJO_PORT."
            ) from error


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there by now."""
    try:
        with socket.create_connection((host, port), timeout=POLL_SECONDS):
            return True
    except OSError:
        return False


def stop_all(parts: list[Part]) -> None:
    """Ask all to end, then wait for them together."""
    for part in parts:
        if part.process is not None and not part.has_ended():
            part.process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for part in parts:
        part.stop(deadline)
