"""Addresses of lists on their way in. What a list says of people never stands in one."""

from django.urls import path

from cobijo.web.importing import views

urlpatterns = [
    path("", views.lists, name="lists"),
    path("<uuid:batch_id>/", views.batch, name="list"),
    path("<uuid:batch_id>/columns/", views.columns, name="list-columns"),
    path("<uuid:batch_id>/marked.xlsx", views.marked, name="list-marked"),
    path("<uuid:batch_id>/enter/", views.enter, name="list-enter"),
    path("<uuid:batch_id>/undo/", views.undo, name="list-undo"),
]
