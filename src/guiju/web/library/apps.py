from django.apps import AppConfig


class Library(AppConfig):
    name = "guiju.web.library"
    label = "library"

    def ready(self) -> None:
        from guiju.web.kit.navigation import enter, everyone

        enter("政策库", "Library", "library:overview", 38, everyone)
