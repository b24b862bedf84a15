from django.urls import path

from guiju.web.reviewing.views import assignment, desk, leading, meetings, minutes, results, reviews, rounds

app_name = "reviewing"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("rounds/<round_id>/", rounds.overview, name="round"),
    path("rounds/<round_id>/committee/", rounds.committee, name="committee"),
    path("rounds/<round_id>/panels/", rounds.panel_list, name="panels"),
    path("rounds/<round_id>/assignment/", assignment.assignment, name="assignment"),
    path("rounds/<round_id>/begin/", meetings.begin, name="begin"),
    path("rounds/<round_id>/meeting/", meetings.call, name="call"),
    path("rounds/<round_id>/results/", results.results, name="results"),
    path("rounds/<round_id>/results.xlsx", results.results_sheet, name="results-sheet"),
    path("rounds/<round_id>/approval/", results.approval, name="approval"),
    path("mine/<public_id>/", reviews.review, name="review"),
    path("mine/<public_id>/marks/<indicator>/", reviews.mark, name="mark"),
    path("mine/<public_id>/files/<file>/", reviews.attachment, name="attachment"),
    path("led/<public_id>/", leading.lead, name="lead"),
    path("meetings/<public_id>/", meetings.meeting, name="meeting"),
    path("meetings/<public_id>/minutes.<kind>", minutes.minutes, name="minutes"),
    path("hearings/<public_id>/", meetings.hearing, name="hearing"),
    path("hearings/<public_id>/vote/", meetings.vote, name="vote"),
]
