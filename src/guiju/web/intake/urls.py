from django.urls import path

from guiju.web.intake.views import answering, batches, examining, recommending, writing

app_name = "intake"
urlpatterns = [
    path("recommend/", recommending.mine, name="recommend"),
    path("recommend/application/<str:public_id>/", recommending.application, name="recommend-application"),
    path("recommend/application/<str:public_id>/mark/", writing.mark_material, name="mark-material"),
    path("recommend/application/<str:public_id>/opinion/", writing.opinion, name="opinion"),
    path("recommend/application/<str:public_id>/ask/", writing.ask, name="ask"),
    path("recommend/application/<str:public_id>/answered/", writing.answered, name="answered"),
    path("recommend/application/<str:public_id>/<slug:act>/", recommending.act, name="recommend-act"),
    path("recommend/<str:round_id>/<int:number>/", recommending.queue, name="recommend-queue"),
    path("recommend/<str:round_id>/<int:number>/queue.xlsx", recommending.export, name="recommend-export"),
    path("recommend/<str:round_id>/<int:number>/batch/", batches.of_body, name="recommend-batch"),
    path("examine/", examining.mine, name="examine"),
    path("examine/application/<str:public_id>/", examining.application, name="examine-application"),
    path("examine/application/<str:public_id>/mark/", examining.mark, name="mark-formal"),
    path("examine/application/<str:public_id>/conclude/", examining.conclude_one, name="conclude"),
    path("examine/<str:round_id>/", examining.queue, name="examine-queue"),
    path("examine/<str:round_id>/queue.xlsx", examining.export, name="examine-export"),
    path("examine/<str:round_id>/units/", examining.units, name="units"),
    path("examine/<str:round_id>/batch/", batches.of_office, name="examine-batch"),
    path("batches/<str:public_id>/", batches.batch, name="batch"),
    path("answer/<str:token>/", answering.answer, name="answer"),
]
