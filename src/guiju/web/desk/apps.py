from django.apps import AppConfig


class Desk(AppConfig):
    name = "guiju.web.desk"
    label = "desk"

    def ready(self) -> None:
        from guiju.web.accounts.domain.resetting import SECRETS
        from guiju.web.desk import rules  # noqa: F401  # enters its permissions
        from guiju.web.desk.domain import wishes
        from guiju.web.desk.domain.feeds import end_feed
        from guiju.web.kit.navigation import enter

        enter("工作台", "My desk", "desk:home", 10)
        enter("期限", "Deadlines", "desk:deadlines", 30)
        wishes.enter()
        SECRETS.append(end_feed)
        enter("统计", "Figures", "desk:figures", 80)
