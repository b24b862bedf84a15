from django.urls import path

from guiju.web.api import views

app_name = "api"
urlpatterns = [
    path("", views.offered, name="offered"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:number>/end/", views.end, name="end"),
]
