from importlib import import_module

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "cobijo.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Load the verbs, say what a print is called in the log of readings, and join the page of a site."""
        import_module("cobijo.reporting.services")
        import_module("cobijo.reporting.panels")
