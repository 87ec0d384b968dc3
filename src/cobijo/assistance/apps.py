from importlib import import_module

from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "cobijo.assistance"
    label = "assistance"

    def ready(self) -> None:
        """Load the verbs and offer the panels."""
        for module in ("services", "merging", "panels", "owncopy"):
            import_module(f"cobijo.assistance.{module}")
