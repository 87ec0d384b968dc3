from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "cobijo.people"
    label = "people"

    def ready(self) -> None:
        """Load the verbs, join what erasing a person asks, offer the panels."""
        for module in (
            "services",
            "forgetting",
            "identity.moving",
            "panels",
            "photos.keeping",
            "cards.panels",
            "said.panels",
            "photos.panels",
            "identity.panels",
            "rights.words",
            "rights.panels",
            "retention.daily",
            "searching.daily",
            "identity.nightly",
        ):
            import_module(f"cobijo.people.{module}")
