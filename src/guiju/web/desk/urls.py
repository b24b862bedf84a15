from django.urls import path

from guiju.web.desk.views import home

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("figures/", home.figures, name="figures"),
    path("figures.xlsx", home.figures_sheet, name="figures-sheet"),
    path("cases.xlsx", home.cases_sheet, name="cases-sheet"),
    path("search/", home.search, name="search"),
]
