"""Addresses of people's own pages; the page of a person is ``web``'s. No name is ever in an address."""

from django.urls import path

from cobijo.people import caseviews, views
from cobijo.people.identity import views as identity
from cobijo.people.photos import views as photos
from cobijo.people.retention import views as retention
from cobijo.people.rights import views as rights
from cobijo.people.said import views as said

app_name = "people"
urlpatterns = [
    path("break-glass/", caseviews.break_glass, name="break_glass"),
    path("break-glass/<uuid:break_glass_id>/review/", caseviews.review, name="review"),
    path("documents/<uuid:document_id>/void/", views.void_document, name="void_document"),
    path("phones/<uuid:phone_id>/void/", views.void_phone, name="void_phone"),
    path("households/<uuid:household_id>/said/", said.describe, name="describe"),
    path("households/<uuid:household_id>/collectors/", said.name_collector, name="name_collector"),
    path("collectors/<uuid:collector_id>/end/", said.end_collector, name="end_collector"),
    path("photos/<uuid:photo_id>/", photos.picture, name="photo"),
    path("photos/<uuid:photo_id>/remove/", photos.remove, name="remove_photo"),
    path("<uuid:person_id>/photo/", photos.take, name="take_photo"),
    path("pairs/", identity.pairs, name="pairs"),
    path("pairs/one/", identity.make_one, name="make_one"),
    path("merges/<uuid:merge_id>/", identity.merge, name="merge"),
    path("merges/<uuid:merge_id>/approve/", identity.approve, name="approve_merge"),
    path("merges/<uuid:merge_id>/refuse/", identity.refuse, name="refuse_merge"),
    path("merges/<uuid:merge_id>/undo/", identity.unmerge, name="unmerge"),
    path("<uuid:kept_id>/same-as/<uuid:gone_id>/", identity.same_as, name="same_as"),
    path("retention/", retention.index, name="retention"),
    path("retention/<uuid:unit_id>/preview/", retention.preview, name="retention_preview"),
    path("retention/<uuid:unit_id>/<str:category>/", retention.rule, name="retention_rule"),
    path("requests/", rights.requests, name="requests"),
    path("requests/<uuid:request_id>/", rights.answer, name="request"),
    path("requests/<uuid:request_id>/letter.pdf", rights.letter, name="letter"),
    path("requests/<uuid:request_id>/erase/", rights.erase, name="erase"),
    path("<uuid:person_id>/copy/", rights.copy, name="copy"),
    path("<uuid:person_id>/requests/ask/", rights.ask, name="ask_right"),
    path("<uuid:person_id>/correct/", views.correct, name="correct"),
    path("<uuid:person_id>/needs/", views.needs, name="needs"),
    path("<uuid:person_id>/documents/add/", views.add_document, name="add_document"),
    path("<uuid:person_id>/phones/add/", views.add_phone, name="add_phone"),
    path("<uuid:person_id>/household/", views.membership, name="membership"),
    path("<uuid:person_id>/household/move/", views.move, name="move"),
    path("<uuid:person_id>/household/add/", views.add_member, name="add_member"),
    path("<uuid:person_id>/consent/", views.consent, name="consent"),
    path("<uuid:person_id>/notes/", caseviews.notes, name="notes"),
    path("<uuid:person_id>/protection/", caseviews.protection, name="protection"),
    path("<uuid:person_id>/protection/end/", caseviews.end_protection, name="end_protection"),
    path("<uuid:person_id>/protection/<uuid:account_id>/remove/", caseviews.unname, name="unname"),
    path("<uuid:person_id>/void/", views.void, name="void"),
]
