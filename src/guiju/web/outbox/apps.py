from django.apps import AppConfig


class Outbox(AppConfig):
    name = "guiju.web.outbox"
    label = "outbox"

    def ready(self) -> None:
        from guiju.web.kit.ticks import every
        from guiju.web.outbox import rules  # noqa: F401  # enters its permissions
        from guiju.web.outbox.queries import is_mail_due
        from guiju.web.outbox.tasks import send_mail

        every(10, send_mail, when=is_mail_due)
        from guiju.web.kit.navigation import enter

        enter("通知", "Messages", "outbox:inbox", 25)
