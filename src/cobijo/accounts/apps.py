from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cobijo.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Load the verbs, what listens to sign-ins, and what pages that span apps say of volunteers."""
        for module in ("services", "listeners", "devices.panels"):
            import_module(f"cobijo.accounts.{module}")
