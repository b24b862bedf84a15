from django.urls import path

from guiju.web.laboratories.views import act, desk, entry, own, register

app_name = "laboratories"
urlpatterns = [
    path("", register.listed, name="register"),
    path("laboratories.xlsx", register.sheet, name="sheet"),
    path("laboratories.json", register.data, name="data"),
    path("<str:public_id>/", register.shown, name="shown"),
    path("<str:public_id>/data.json", register.one_as_data, name="one-as-data"),
    path("<str:public_id>/desk/", desk.desk, name="desk"),
    path("<str:public_id>/desk/entry/", entry.entry, name="entry"),
    path("<str:public_id>/desk/plan/", own.plan, name="plan"),
    path("<str:public_id>/desk/plan/change/", own.change_plan, name="change-plan"),
    path("<str:public_id>/desk/reports/", desk.reports, name="reports"),
    path("<str:public_id>/desk/extension/", desk.extension, name="extension"),
    path("<str:public_id>/desk/acceptance/", desk.acceptance, name="acceptance"),
    path("<str:public_id>/desk/acceptance/conclude/", own.conclude, name="conclude"),
    path("<str:public_id>/desk/evaluation/", desk.evaluation, name="evaluation"),
    path("<str:public_id>/desk/evaluation/weights/", entry.weights, name="weights"),
    path("<str:public_id>/desk/changes/", desk.changes, name="changes"),
    path("<str:public_id>/desk/leaders/", own.leaders, name="leaders"),
    path("<str:public_id>/desk/leaders/<str:post>/", own.name_leader, name="name-leader"),
    path("<str:public_id>/desk/outputs/", own.outputs, name="outputs"),
    path("<str:public_id>/desk/outputs/new/", own.new_output, name="new-output"),
    path("<str:public_id>/desk/outputs/import/", own.import_table, name="import-outputs"),
    path("<str:public_id>/desk/outputs/outputs.xlsx", own.outputs_sheet, name="outputs-sheet"),
    path("<str:public_id>/desk/outputs/<str:number>/drop/", own.drop_output, name="drop-output"),
    path("<str:public_id>/desk/support/", desk.support, name="support"),
    path("<str:public_id>/desk/checks/", desk.checks, name="checks"),
    path("<str:public_id>/desk/do/<str:name>/", act.act, name="act"),
]
