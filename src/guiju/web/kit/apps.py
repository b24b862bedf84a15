from django.apps import AppConfig


class Kit(AppConfig):
    name = "guiju.web.kit"
    label = "kit"

    def ready(self) -> None:
        from guiju.web.kit.tasks import forget_results
        from guiju.web.kit.ticks import every

        every(24 * 3600, forget_results)
