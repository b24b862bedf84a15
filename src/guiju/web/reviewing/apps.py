from django.apps import AppConfig


class Reviewing(AppConfig):
    name = "guiju.web.reviewing"
    label = "reviewing"

    def ready(self) -> None:
        from guiju.web.reviewing import rules  # noqa: F401  # enters its permissions
