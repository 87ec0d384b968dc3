from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "cobijo.web"
    label = "web"
