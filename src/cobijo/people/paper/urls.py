"""Addresses of the pages of forms. No number of a form is ever in an address."""

from django.urls import path

from cobijo.people.paper import views

app_name = "paper"
urlpatterns = [
    path("", views.batches, name="batches"),
    path("print/", views.print_batch, name="print"),
    path("batches/<uuid:batch_id>/", views.batch, name="batch"),
    path("batches/<uuid:batch_id>/forms.pdf", views.print_file, name="file"),
    path("batches/<uuid:batch_id>/void/", views.void, name="void"),
    path("forms/<uuid:form_id>/end/", views.end, name="end"),
    path("forms/<uuid:form_id>/form.pdf", views.print_one, name="file_of_one"),
]
