from django.urls import path

from guiju.web.library import views

app_name = "library"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("search/", views.search, name="search"),
    path("<path:address>/", views.show, name="page"),
]
