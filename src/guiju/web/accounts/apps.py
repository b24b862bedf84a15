from django.apps import AppConfig


class Accounts(AppConfig):
    name = "guiju.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        from guiju.web.accounts import rules  # noqa: F401  # enters its permissions
        from guiju.web.accounts.tasks import forget_old
        from guiju.web.kit.ticks import every

        every(24 * 3600, forget_old)
