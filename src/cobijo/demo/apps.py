from django.apps import AppConfig

from cobijo.core import clock
from cobijo.demo import clockfile


class DemoConfig(AppConfig):
    name = "cobijo.demo"
    label = "demo"

    def ready(self) -> None:
        """Where a demonstration was built, its clock is the domain's."""
        clock.follow(clockfile.offset)
