"""Expert review: committee, panels, conflicts, assignment, scores, visits, ballots, results."""
from django.apps import AppConfig


class Reviewing(AppConfig):
    name = "guiju.web.reviewing"
    label = "reviewing"

    def ready(self) -> None:
        from guiju.web.accounts.domain.obligation import HOLDS_OFFICE
        from guiju.web.kit.ticks import every
        from guiju.web.reviewing import rules  # noqa: F401  # enters its permissions
        from guiju.web.reviewing.queries import marks  # noqa: F401  # says who may have which file
        from guiju.web.reviewing.queries.sitting import judges
        from guiju.web.reviewing.tasks import remind_experts
        from guiju.web.reviewing.ways import enter

        enter()
        HOLDS_OFFICE.append(judges)
        every(3600, remind_experts)
