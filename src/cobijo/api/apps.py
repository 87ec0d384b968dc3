from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "cobijo.api"
    label = "api"
