from django.apps import AppConfig


class Applications(AppConfig):
    name = "guiju.web.applications"
    label = "applications"

    def ready(self) -> None:
        from guiju.web.applications import rules  # noqa: F401  # enters its permissions
