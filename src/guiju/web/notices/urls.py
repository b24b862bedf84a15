from django.urls import path

from guiju.web.notices.views import desk, public

app_name = "notices"
urlpatterns = [
    path("", public.listing, name="list"),
    path("lookup/", public.lookup, name="lookup"),
    path("lookup/leave/", public.leave, name="leave"),
    path("lookup/answer/<int:number>/", public.answer, name="answer"),
    path("desk/", desk.listing, name="desk"),
    path("desk/<str:objection_id>/", desk.handle, name="handle"),
    path("desk/<str:objection_id>/inquire/", desk.inquire, name="inquire"),
    path("desk/<str:objection_id>/inquiries/<int:number>/", desk.note_answer, name="note-answer"),
    path("<str:notice_id>/", public.show, name="show"),
    path("<str:notice_id>/paper.<str:kind>", public.paper, name="paper"),
    path("<str:notice_id>/object/<int:place>/", public.object_, name="object"),
    path("<str:notice_id>/withdraw/", desk.withdraw, name="withdraw"),
]
