from django.apps import AppConfig


class Notices(AppConfig):
    name = "guiju.web.notices"
    label = "notices"

    def ready(self) -> None:
        from guiju.web.notices import rules  # noqa: F401  # enters its permissions
