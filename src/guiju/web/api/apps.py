from django.apps import AppConfig


class Api(AppConfig):
    name = "guiju.web.api"
    label = "api"

    def ready(self) -> None:
        from guiju.web.accounts.domain.resetting import SECRETS
        from guiju.web.api import rules  # noqa: F401  # enters its permissions
        from guiju.web.api.domain import revoke_all

        SECRETS.append(revoke_all)
