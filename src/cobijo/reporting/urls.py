"""Addresses of figures. Scopes and nights stand in them; no person ever does."""

from django.urls import path

from cobijo.reporting.views import files, pages, published

app_name = "reporting"
urlpatterns = [
    path("", pages.index, name="census"),
    path("releases/<uuid:release_id>.<str:form>", files.released, name="released"),
    path("published/<uuid:figure_id>/void/", published.void, name="void_published"),
    path("units/<uuid:response_id>/published/", published.figures, name="published"),
    path("units/<uuid:response_id>/published/new/", published.record, name="record_published"),
    path("units/<uuid:unit_id>/release/", pages.release, name="release"),
    path("sites/<uuid:site_id>/close/", pages.close, name="close"),
    path("sites/<uuid:site_id>/door/", files.door, name="door"),
    path("<str:path>/<uuid:scope_id>/", pages.scope, name="scope"),
    path("<str:path>/<uuid:scope_id>/days/", pages.days, name="days"),
    path("<str:path>/<uuid:scope_id>/<str:night>-published.csv", files.exact, {"form": "published"}, name="beside"),
    path("<str:path>/<uuid:scope_id>/<str:night>.<str:form>", files.exact, name="export"),
]
