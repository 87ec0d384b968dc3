"""Addresses of figures. Scopes and nights stand in them; no person ever does."""

from django.urls import path

from cobijo.reporting.views import evening, files, pages, published

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
    path("sites/<uuid:site_id>/evening/", evening.evening, name="evening"),
    path("sites/<uuid:site_id>/evening/message/", evening.message, name="message"),
    path("sites/<uuid:site_id>/evening/draft.pdf", evening.draft, name="evening_draft"),
    path("evening/<uuid:sheet_id>.pdf", evening.sheet, name="evening_sheet"),
    path("<str:path>/<uuid:scope_id>/", pages.scope, name="scope"),
    path("<str:path>/<uuid:scope_id>/days/", pages.days, name="days"),
    path("<str:path>/<uuid:scope_id>/<str:night>-published.csv", files.exact, {"form": "published"}, name="beside"),
    path("<str:path>/<uuid:scope_id>/<str:night>.<str:form>", files.exact, name="export"),
]
