from django.urls import path

from guiju.web.outbox import views

app_name = "outbox"
urlpatterns = [path("", views.inbox, name="inbox")]
