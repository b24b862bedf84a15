from django.urls import URLPattern

app_name = "laboratories"
urlpatterns: list[URLPattern] = []
