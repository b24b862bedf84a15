from django.apps import AppConfig


class Laboratories(AppConfig):
    name = "guiju.web.laboratories"
    label = "laboratories"

    def ready(self) -> None:
        from guiju.web.laboratories import rules  # noqa: F401  # enters its permissions
