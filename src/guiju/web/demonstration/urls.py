from django.urls import path

from guiju.web.demonstration import views

app_name = "demonstration"
urlpatterns = [
    path("", views.guide, name="guide"),
    path("clock/", views.move_clock, name="clock"),
]
