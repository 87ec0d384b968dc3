"""Addresses of lists of people. Nobody on a list is ever in an address."""

from django.urls import path

from cobijo.reporting.people import views

app_name = "exports"
urlpatterns = [
    path("", views.index, name="index"),
    path("ask/", views.ask, name="ask"),
    path("limits/<uuid:response_id>/", views.limit, name="limit"),
    path("<uuid:export_id>/", views.export, name="export"),
    path("<uuid:export_id>/approve/", views.approve, name="approve"),
    path("<uuid:export_id>/refuse/", views.refuse, name="refuse"),
    path("<uuid:export_id>/copy.<str:form>", views.take, name="take"),
]
