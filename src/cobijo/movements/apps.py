from importlib import import_module

from django.apps import AppConfig


class MovementsConfig(AppConfig):
    name = "cobijo.movements"
    label = "movements"

    def ready(self) -> None:
        """Load the verbs, join what erasing and merging ask, offer panels, a kind of list and a daily chore."""
        for module in ("services", "forgetting", "merging", "listeners", "panels", "importing.kinds", "owncopy"):
            import_module(f"cobijo.movements.{module}")
