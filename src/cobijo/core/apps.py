from importlib import import_module

from django import forms
from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cobijo.core"
    label = "core"

    def ready(self) -> None:
        """Load what runs verbs, then every app's verbs."""
        import_module("cobijo.core.operations")
        autodiscover_modules("services")
        import_module("cobijo.core.background")
        erasing = import_module("cobijo.core.erasure").erasing
        erasing.join(import_module("cobijo.core.imports.services").forget)
        _say_plainly()


def _say_plainly() -> None:
    """What a form says by itself of an answer, where its field says nothing better: what is so and what to do."""
    forms.Field.default_error_messages["required"] = _("This is missing: write it or choose it.")
    forms.IntegerField.default_error_messages["invalid"] = _("Write a whole number.")
    forms.ChoiceField.default_error_messages["invalid_choice"] = _("Choose one of the answers offered.")
    forms.MultipleChoiceField.default_error_messages["invalid_choice"] = _("Choose one of the answers offered.")
