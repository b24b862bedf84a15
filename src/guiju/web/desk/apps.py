from django.apps import AppConfig


class Desk(AppConfig):
    name = "guiju.web.desk"
    label = "desk"

    def ready(self) -> None:
        from guiju.web.desk import rules  # noqa: F401  # enters its permissions
