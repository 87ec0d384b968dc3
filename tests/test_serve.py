"""``cobijo serve`` keeps the installation running: it comes back from a killed part and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cobijo.core import keyfile

COBIJO = Path(sys.executable).with_name("cobijo")
PATIENCE_SECONDS = 90


def wait_until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not reached():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def parts(supervisor: int) -> dict[str, int]:
    """The processes below it, by what they run (Linux's own list)."""
    found = {}
    for child in Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split():
        command = Path(f"/proc/{child}/cmdline").read_text()
        found["web" if "gunicorn" in command else "worker" if "db_worker" in command else "ticker"] = int(child)
    return found


def is_gone(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    try:
        return state.read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def server(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The real program on an empty folder, once it is ready."""
    keyfile.make(tmp_path / "node.key")
    own = {"COBIJO_DATA": str(tmp_path), "COBIJO_NODE_KEY": str(tmp_path / "node.key"), "COBIJO_PORT": str(port)}
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with subprocess.Popen([COBIJO, "serve"], env=inherited | own, stdout=subprocess.PIPE, text=True) as running:
        try:
            wait_until(lambda: is_ready(port) or running.poll() is not None)
            assert running.poll() is None, "it ended before it was ready"
            yield running
        finally:
            running.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's list of processes")
def test_it_restarts_what_dies_and_ends_whole(server: subprocess.Popen[str], port: int) -> None:
    wait_until(lambda: len(parts(server.pid)) == 3)
    before = parts(server.pid)

    os.kill(before["web"], signal.SIGKILL)
    wait_until(lambda: parts(server.pid).get("web", before["web"]) != before["web"])
    wait_until(lambda: is_ready(port))
    after = parts(server.pid)
    assert after["ticker"] == before["ticker"]

    server.terminate()
    said, _ = server.communicate(timeout=PATIENCE_SECONDS)
    assert server.returncode == 0
    assert f"Cobijo answers at http://localhost:{port}" in said
    assert all(is_gone(process) for process in after.values())


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's list of processes")
def test_nothing_outlives_a_killed_supervisor(server: subprocess.Popen[str]) -> None:
    wait_until(lambda: len(parts(server.pid)) == 3)
    left = parts(server.pid)
    server.kill()
    wait_until(lambda: all(is_gone(process) for process in left.values()))


def test_a_port_that_is_taken_is_said(tmp_path: Path, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        environment = os.environ | {"COBIJO_DATA": str(tmp_path), "COBIJO_PORT": str(port)}
        done = subprocess.run([COBIJO, "serve"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"Nothing can listen at 127.0.0.1:{port}" in done.stderr
    assert "COBIJO_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_built_in_secret_serves_nobody(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "COBIJO_SECRET_KEY"}
    environment["COBIJO_DATA"] = str(tmp_path)
    done = subprocess.run([COBIJO, "serve"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "COBIJO_SECRET_KEY is not set" in done.stderr
