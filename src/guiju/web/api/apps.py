from django.apps import AppConfig


class Api(AppConfig):
    name = "guiju.web.api"
    label = "api"
