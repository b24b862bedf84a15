from django.urls import path

from guiju.web.rounds.views import managing, public

app_name = "rounds"
urlpatterns = [
    path("", public.listing, name="list"),
    path("new/", managing.new, name="new"),
    path("<str:round_id>/", public.show, name="show"),
    path("<str:round_id>/calendar.ics", public.calendar_file, name="calendar"),
    path("<str:round_id>/form.docx", public.blank_form, name="form"),
    path("<str:round_id>/call.<str:kind>", public.paper, name="paper"),
    path("<str:round_id>/manage/", managing.manage, name="manage"),
    path("<str:round_id>/edit/<str:name>/", managing.section, name="section"),
    path("<str:round_id>/change/", managing.change, name="change"),
    path("<str:round_id>/act/<str:name>/", managing.act, name="act"),
]
