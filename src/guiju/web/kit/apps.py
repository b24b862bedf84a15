from django.apps import AppConfig


class Kit(AppConfig):
    name = "guiju.web.kit"
    label = "kit"

    def ready(self) -> None:
        from guiju.web.kit import lengths
        from guiju.web.kit.tasks import forget_results
        from guiju.web.kit.ticks import every

        lengths.enter()
        every(24 * 3600, forget_results)
