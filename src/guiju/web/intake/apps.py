from django.apps import AppConfig


class Intake(AppConfig):
    name = "guiju.web.intake"
    label = "intake"

    def ready(self) -> None:
        from guiju.web.intake import rules  # noqa: F401  # enters its permissions
