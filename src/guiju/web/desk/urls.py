from django.urls import path

from guiju.web.desk.views import deadlines, home

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("figures/", home.figures, name="figures"),
    path("figures.xlsx", home.figures_sheet, name="figures-sheet"),
    path("cases.xlsx", home.cases_sheet, name="cases-sheet"),
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("reminders/", deadlines.reminders, name="reminders"),
    path("reminders/log/", deadlines.log, name="reminder-log"),
    path("calendar/new/", deadlines.new_feed, name="new-feed"),
    path("calendar/end/", deadlines.drop_feed, name="drop-feed"),
    path("calendar/<str:token>.ics", deadlines.feed, name="feed"),
    path("search/", home.search, name="search"),
]
