from django.apps import AppConfig


class Demonstration(AppConfig):
    name = "guiju.web.demonstration"
    label = "demonstration"
