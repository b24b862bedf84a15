from django.urls import path

from guiju.web.applications.views import (
    attachments,
    comments,
    documents,
    handing_in,
    lists,
    revisions,
    tables,
    writing,
)

app_name = "applications"
urlpatterns = [
    path("", lists.mine, name="mine"),
    path("rounds/<str:round_id>/", lists.begin, name="begin"),
    path("<str:public_id>/", writing.overview, name="form"),
    path("<str:public_id>/parts/<str:section>/", writing.section, name="section"),
    path("<str:public_id>/fields/<str:field>/", writing.field, name="field"),
    path("<str:public_id>/to/<str:field>/", writing.goto, name="goto"),
    path("<str:public_id>/alive/", writing.alive, name="alive"),
    path("<str:public_id>/eligibility/", writing.eligibility, name="eligibility"),
    path("<str:public_id>/fields/<str:field>/paste/", tables.paste, name="paste"),
    path("<str:public_id>/fields/<str:field>/import/", tables.import_rows, name="import-rows"),
    path("<str:public_id>/fields/<str:field>/blank.xlsx", tables.blank, name="blank-table"),
    path("<str:public_id>/fields/<str:field>/files/", attachments.add, name="add-file"),
    path("<str:public_id>/fields/<str:field>/files/<str:file>/remove/", attachments.remove, name="remove-file"),
    path("<str:public_id>/comments/", comments.comments, name="comments"),
    path("<str:public_id>/comments/<int:number>/settle/", comments.settled, name="settle"),
    path("<str:public_id>/revisions/", revisions.revisions, name="revisions"),
    path("<str:public_id>/revisions/compare/", revisions.compare, name="compare"),
    path("<str:public_id>/revisions/<int:number>/restore/", revisions.restored, name="restore"),
    path("<str:public_id>/documents/<str:name>", documents.document, name="document"),
    path("<str:public_id>/import/", documents.upload, name="import"),
    path("<str:public_id>/check/", handing_in.check_page, name="check"),
    path("<str:public_id>/receipts/<int:number>/", handing_in.receipt, name="receipt"),
    path("<str:public_id>/read/", handing_in.read, name="read"),
]
