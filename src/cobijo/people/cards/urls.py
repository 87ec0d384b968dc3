"""Addresses of the pages of cards. No code and no number of a card is ever in an address."""

from django.urls import path

from cobijo.people.cards import views

app_name = "cards"
urlpatterns = [
    path("", views.batches, name="batches"),
    path("print/", views.print_batch, name="print"),
    path("scan/", views.scan, name="scan"),
    path("batches/<uuid:batch_id>/", views.batch, name="batch"),
    path("batches/<uuid:batch_id>/void/", views.void, name="void"),
    path("people/<uuid:person_id>/", views.give_to_person, name="person"),
    path("households/<uuid:household_id>/", views.give_to_household, name="household"),
    path("<uuid:card_id>/end/", views.end, name="end"),
]
