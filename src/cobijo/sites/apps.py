from importlib import import_module

from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "cobijo.sites"
    label = "sites"

    def ready(self) -> None:
        """Load the verbs, join what erasing asks, hear of children in held entries, offer panels and kinds of list."""
        for module in ("services", "forgetting", "listeners", "panels", "importing.kinds", "owncopy"):
            import_module(f"cobijo.sites.{module}")
