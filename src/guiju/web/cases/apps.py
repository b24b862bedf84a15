from django.apps import AppConfig


class Cases(AppConfig):
    name = "guiju.web.cases"
    label = "cases"

    def ready(self) -> None:
        from guiju.web.cases import projection, rules  # noqa: F401  # enter permissions
        from guiju.web.cases.domain.roles import enter

        enter()
        from guiju.web.accounts.domain.closing import HINDRANCES
        from guiju.web.accounts.domain.obligation import HOLDS_OFFICE
        from guiju.web.cases.domain.leaving import hindrance
        from guiju.web.cases.queries import holders_of

        HOLDS_OFFICE.append(lambda user: holders_of(user, acting=True).exists())
        HINDRANCES.append(hindrance)
        from guiju.web.cases.tasks import daily_round
        from guiju.web.kit.ticks import every

        every(3600, daily_round)

        from guiju.web.cases.charts import read_running
        from guiju.web.cases.programmes import programmes
        from guiju.web.kit.ahead import AHEAD

        AHEAD.extend((read_running, programmes))

        from guiju.web.kit.navigation import enter as enter_page
        from guiju.web.kit.navigation import everyone

        enter_page("我的事项", "My cases", "cases:mine", 20)
        enter_page("办事项目", "Programmes", "cases:programmes", 40, everyone)
