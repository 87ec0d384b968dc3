from importlib import import_module

from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "cobijo.sites"
    label = "sites"

    def ready(self) -> None:
        """Load the verbs, join what erasing a person asks, hear of held entries about children, offer the panels."""
        for module in ("services", "forgetting", "listeners", "panels"):
            import_module(f"cobijo.sites.{module}")
