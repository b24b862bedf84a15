from django.apps import AppConfig


class Files(AppConfig):
    name = "guiju.web.files"
    label = "files"

    def ready(self) -> None:
        from guiju.web.files import rules  # noqa: F401  # enters its permissions
        from guiju.web.files.tasks import forget_unused
        from guiju.web.kit.ticks import every

        every(24 * 3600, forget_unused)
