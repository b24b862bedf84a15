from django.urls import path

from guiju.web.kit import views

app_name = "kit"
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
]
