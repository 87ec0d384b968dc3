from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cobijo.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Load the verbs, and what listens to sign-ins."""
        for module in ("services", "listeners"):
            import_module(f"cobijo.accounts.{module}")
