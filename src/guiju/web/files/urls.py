from django.urls import path

from guiju.web.files import views

app_name = "files"
urlpatterns = [path("<str:public_id>/", views.download, name="download")]
