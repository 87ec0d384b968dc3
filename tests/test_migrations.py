"""Migrations say what they do, fit the models, and can be taken back."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from pytest_django import Settings

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "cobijo"


@pytest.fixture
def migrations(settings: Settings) -> None:
    """The real ones, also where a quick run made its tables without them."""
    settings.MIGRATION_MODULES = {}


def ours() -> list[Path]:
    return [file for file in sorted(PACKAGE.glob("*/migrations/*.py")) if file.name != "__init__.py"]


@pytest.mark.django_db
@pytest.mark.usefixtures("migrations")
def test_no_model_changed_without_a_migration() -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail("Models and migrations differ; run: cobijo makemigrations --name WHAT_CHANGES")


def test_migrations_have_telling_names() -> None:
    assert not [file.name for file in ours() if "_auto_" in file.name]


@pytest.mark.usefixtures("migrations")
def test_migrations_can_be_taken_back() -> None:
    stuck = [
        f"{app}.{name}: {operation.describe()}"
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        for operation in migration.operations
        if (PACKAGE / app).is_dir() and not operation.reversible
    ]
    assert not stuck, "\n".join(stuck)


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.usefixtures("migrations")
def test_a_migrated_database_waits_for_nothing(django_db_use_migrations: bool) -> None:
    if not django_db_use_migrations:
        pytest.skip("the tables of this run were made without migrations (make test has stages with them)")
    executor = MigrationExecutor(connection)
    assert not executor.migration_plan(executor.loader.graph.leaf_nodes())
