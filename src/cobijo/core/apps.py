from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "cobijo.core"
    label = "core"

    def ready(self) -> None:
        """Load what runs verbs, then every app's verbs."""
        import_module("cobijo.core.operations")
        autodiscover_modules("services")
