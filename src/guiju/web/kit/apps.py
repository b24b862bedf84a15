from django.apps import AppConfig


class Kit(AppConfig):
    name = "guiju.web.kit"
    label = "kit"
