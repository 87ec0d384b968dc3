from importlib import import_module

from django.apps import AppConfig

_MODULES = (
    "services", "forgetting", "merging", "listeners", "panels", "importing.kinds", "owncopy", "gate.daily",
)  # fmt: skip


class SitesConfig(AppConfig):
    name = "cobijo.sites"
    label = "sites"

    def ready(self) -> None:
        """Load the verbs, join what erasing and merging ask, hear of held entries, offer panels and kinds of list,
        say what is done daily."""
        for module in _MODULES:
            import_module(f"cobijo.sites.{module}")
