"""Every variable of the environment is documented; a bad value stops the start with a sentence."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from cobijo.config import checks, env
from cobijo.config.env import BadSetting

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "docs" / "admin" / "settings.md"


def test_every_variable_is_documented() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)`", SETTINGS.read_text(encoding="utf-8"), re.MULTILINE))
    assert documented == env.READ


def test_the_environment_is_read_in_one_place() -> None:
    reading = re.compile(r"os\.getenv|environ(\.get\(|\[)")
    elsewhere = [
        str(file.relative_to(ROOT))
        for file in (ROOT / "src").rglob("*.py")
        if file.name != "env.py" and "tests" not in file.parts and reading.search(file.read_text(encoding="utf-8"))
    ]
    assert not elsewhere, f"read it in config/settings.py through config/env.py: {elsewhere}"


@pytest.mark.parametrize(
    ("value", "read", "sentence"),
    [
        ("maybe", lambda: env.flag("COBIJO_X", False), "COBIJO_X is “maybe”; write 1 or 0."),
        ("70000", lambda: env.number("COBIJO_X", 1, 1, 65535), "write a whole number from 1 to 65535."),
        ("-1", lambda: env.number("COBIJO_X", 1, 1, 65535), "write a whole number from 1 to 65535."),
        ("loud", lambda: env.choice("COBIJO_X", "INFO", ("INFO", "ERROR")), "write one of INFO, ERROR."),
        ("mysql://x/y", lambda: env.database("COBIJO_X", Path("x")), "begins with “mysql”; write sqlite:///FILE or"),
        ("postgresql://me@here", lambda: env.database("COBIJO_X", Path("x")), "names no database; write"),
        ("postgresql://me@here:db/x", lambda: env.database("COBIJO_X", Path("x")), "has a port that is no number"),
        ("sqlite://", lambda: env.database("COBIJO_X", Path("x")), "names no file; write"),
    ],
)
def test_a_bad_value_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, value: str, read: Callable[[], object], sentence: str
) -> None:
    monkeypatch.setenv("COBIJO_X", value)
    monkeypatch.setattr(env, "READ", set())
    with pytest.raises(BadSetting) as refused:
        read()
    assert str(refused.value).startswith("COBIJO_X")
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:////var/lib/c.sqlite3", {"NAME": "/var/lib/c.sqlite3"}),
        ("postgresql://ana:p%40ss@db:5433/cobijo", {"NAME": "cobijo", "USER": "ana", "PASSWORD": "p@ss", "PORT": 5433}),
        ("postgres://ana@/cobijo?host=/run/pg", {"NAME": "cobijo", "HOST": "/run/pg", "PORT": ""}),
    ],
)
def test_a_database_is_named_by_its_address(
    monkeypatch: pytest.MonkeyPatch, url: str, expected: dict[str, object]
) -> None:
    monkeypatch.setenv("COBIJO_X", url)
    monkeypatch.setattr(env, "READ", set())
    found = env.database("COBIJO_X", Path("x"))
    assert {name: found[name] for name in expected} == expected


def codes() -> set[str]:
    return {str(message.id) for message in run_checks(tags=[checks.TAG], include_deployment_checks=True)}


def test_a_sound_installation_starts_without_a_word(settings: Settings, tmp_path: Path) -> None:
    settings.BEHIND_TLS, settings.DATA_DIR = True, tmp_path
    tmp_path.chmod(0o700)
    assert codes() == set()
    checks.refuse_errors()


def test_the_demonstration_is_refused_outside_debug(settings: Settings) -> None:
    settings.DEMO = True
    assert "cobijo.E001" in codes()
    with pytest.raises(ImproperlyConfigured, match="everybody knows the demonstration's sign-ins"):
        checks.refuse_errors()
    settings.DEBUG = True
    assert "cobijo.E001" not in codes()


def test_the_built_in_secret_is_refused_outside_debug(settings: Settings) -> None:
    settings.SECRET_KEY = settings.BUILT_IN_SECRET
    assert "cobijo.E002" in codes()
    settings.SECRET_KEY = "short"
    assert "cobijo.E003" in codes()
    settings.DEBUG = True
    assert not {"cobijo.E002", "cobijo.E003"} & codes()


def test_what_would_be_readable_by_others_is_said(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o755)
    settings.BEHIND_TLS = False
    settings.ALLOWED_HOSTS = ["*"]
    assert {"cobijo.W002", "cobijo.W003", "cobijo.W004"} <= codes()
    settings.DEBUG = True
    assert "cobijo.W001" in codes()
