from importlib import import_module

from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "cobijo.sites"
    label = "sites"

    def ready(self) -> None:
        """Load the verbs, join what erasing and merging ask, hear of held entries, offer panels and kinds of list."""
        for module in ("services", "forgetting", "merging", "listeners", "panels", "importing.kinds", "owncopy"):
            import_module(f"cobijo.sites.{module}")
