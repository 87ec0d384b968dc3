"""The command line: what it offers, and bad days told in one sentence with code 2."""

import os
import re
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

COBIJO = Path(sys.executable).with_name("cobijo")
# A command that opens the database and writes to it, whatever the tables are.
WRITING = ("createcachetable",)


def cobijo(
    *arguments: str, limit: Callable[[], object] | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the real program; a test's database URL does not reach it unless given."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [COBIJO, *arguments],
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence it ended with."""
    lines = done.stderr.splitlines()
    assert done.returncode == 2, done.stderr
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_our_commands_come_first_each_with_a_line() -> None:
    shown = cobijo("--help").stdout
    ours, djangos = shown.split("Django's own:")
    assert re.search(r"^  serve +Run the web server", ours, re.MULTILINE)
    assert "  verify-journal " in ours
    assert "migrate" in djangos
    assert "serve" not in djangos.replace("runserver", "").replace("testserver", "")
    for line in ours.splitlines()[2:]:
        assert not line or len(line.split(maxsplit=1)) == 2, f"no line of help: {line}"


def test_a_command_is_known_by_its_name_with_hyphens() -> None:
    assert "usage: cobijo verify-journal" in cobijo("verify-journal", "--help").stdout


def test_version() -> None:
    assert cobijo("--version").stdout.startswith("cobijo ")


def test_an_unknown_command_ends_with_a_code() -> None:
    done = cobijo("serv")
    assert done.returncode != 0
    assert "Did you mean serve?" in done.stderr


@pytest.mark.slow
def test_migrating_makes_the_table_of_the_shared_counters(tmp_path: Path) -> None:
    assert cobijo("migrate", COBIJO_DATA=str(tmp_path)).returncode == 0
    with closing(sqlite3.connect(tmp_path / "cobijo.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM cobijo_cache").fetchone() == (0,)


def test_a_bad_value_stops_the_start() -> None:
    assert refusal(cobijo("check", COBIJO_PORT="eighty")).startswith("COBIJO_PORT is “eighty”; write a whole number")


def test_a_wrong_address_of_the_database() -> None:
    assert refusal(cobijo(*WRITING, DATABASE_URL="mysql://db/x")).startswith("DATABASE_URL begins with “mysql”")


def test_a_postgresql_that_is_not_there() -> None:
    said = refusal(cobijo(*WRITING, DATABASE_URL="postgresql://ana:secret@127.0.0.1:1/cobijo"))
    assert said.startswith("The database does not answer")
    assert "Start PostgreSQL, or correct DATABASE_URL." in said
    assert "secret" not in said


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Querida mamá, " * 100)
    assert "is no SQLite database" in refusal(cobijo(*WRITING, DATABASE_URL=f"sqlite:///{file}"))


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    said = refusal(cobijo(*WRITING, DATABASE_URL=f"sqlite:///{tmp_path}/none/cobijo.sqlite3"))
    assert said.startswith("The database file cannot be opened.")


def test_a_file_that_may_grow_no_more(tmp_path: Path) -> None:
    def no_more() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    said = refusal(cobijo(*WRITING, limit=no_more, COBIJO_DATA=str(tmp_path)))
    assert "full" in said


def test_the_trace_is_there_for_whoever_asks() -> None:
    done = cobijo(*WRITING, DATABASE_URL="mysql://db/x", COBIJO_TRACE="1")
    assert done.returncode == 1
    assert "Traceback" in done.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with 64 KiB; only root can have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(b"x" * 60_000)
    said = refusal(cobijo(*WRITING, COBIJO_DATA=str(small_disk)))
    assert "full" in said


def test_a_read_only_disk(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    said = refusal(cobijo(*WRITING, COBIJO_DATA=str(small_disk / "data")))
    assert said.startswith("The database file cannot be opened.")


@pytest.mark.database
def test_a_database_of_another_name() -> None:
    there = os.environ.get("DATABASE_URL", "")
    if not there.startswith("postgres"):
        pytest.skip("only PostgreSQL has databases by name (make test has a stage with it)")
    said = refusal(cobijo(*WRITING, DATABASE_URL=there.replace("/cobijo?", "/nowhere?")))
    assert "nowhere" in said


def test_who_reads_along_may_stop_and_nothing_is_said_of_it(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("Ana Tzoc\tAna Tsoc\n" * 20_000)
    with subprocess.Popen(
        [COBIJO, "names", "compare", "--file", str(pairs)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert b"Ana Tzoc" in running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
