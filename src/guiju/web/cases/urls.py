from django.urls import path

from guiju.web.cases.views import lists, moves, partners, roles, show

app_name = "cases"
urlpatterns = [
    path("", lists.mine, name="mine"),
    path("programmes/", lists.all_programmes, name="programmes"),
    path("programmes/<path:chart_id>/begin/<str:name>/", moves.begin, name="begin"),
    path("programmes/<path:chart_id>/roles/", roles.roles, name="roles"),
    path("programmes/<path:chart_id>/roles/<int:number>/release/", roles.let_go, name="release"),
    path("programmes/<path:chart_id>/", moves.programme, name="programme"),
    path("days/", show.sealed_days, name="sealed-days"),
    path("<str:public_id>/", show.show, name="show"),
    path("<str:public_id>/do/<str:name>/", moves.act, name="act"),
    path("<str:public_id>/audit/", show.audit, name="audit"),
    path("<str:public_id>/file.jsonl", show.case_file, name="file"),
    path("<str:public_id>/bundle.zip", show.bundle, name="bundle"),
    path("<str:public_id>/partners/", partners.invite, name="invite"),
]
