from django.apps import AppConfig
from django.conf import settings


class Demonstration(AppConfig):
    name = "guiju.web.demonstration"
    label = "demonstration"

    def ready(self) -> None:
        from guiju.web.demonstration import rules  # noqa: F401  # enters its permissions
        from guiju.web.kit.navigation import enter

        enter("试一试", "Try it", "demonstration:guide", 90, lambda _: settings.MOVABLE_CLOCK)
